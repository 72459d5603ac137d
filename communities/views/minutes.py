"""Record a meeting in two steps, correct and void it."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from communities import actions, permissions
from communities.actions.meetings import refuse_decided_meeting
from communities.actions.roll import committee_on
from communities.enums import CALLING_SOME, MeetingKind
from communities.forms import ChangeForm, ChoiceForm, MeetingForm, RollBook
from communities.models import Meeting, Project
from communities.queries import members_called_last_time, members_on, possible_guests
from communities.views.guests import GuestSearch
from communities.views.meetings import meeting_list_breadcrumb
from core.actors import scope_of
from core.dates import format_day, format_month
from core.text import StrOrPromise
from core.web.components import Link
from core.web.views import (
    ChangeView,
    PermittedObjectMixin,
    ReasonView,
    RowFormView,
)
from members.lost_contacts.marks import states_on
from members.models import Member
from organizations.models import Organization
from organizations.queries import filing_organization
from organizations.roles import MEETING_KEEPERS

SIGN_IN_SHEET = "sign_in_sheet"
"""The name of the button that asks for the list instead of the minutes."""


class ChooseMeeting(UserPassesTestMixin, FormView):
    """First step: organization, kind and day of the meeting."""

    form_class = ChoiceForm
    template_name = "communities/choose.html"

    def test_func(self) -> bool:
        return permissions.can_record(self.request.user)

    http_method_names = ["get"]

    @property
    def is_to_come(self) -> bool:
        """Whether the list to sign in on is asked for, before the meeting."""
        return SIGN_IN_SHEET in self.request.GET

    def get_initial(self) -> dict[str, Any]:
        known = ("organization", "kind")
        preset = {n: self.request.GET[n] for n in known if n in self.request.GET}
        return {**super().get_initial(), **preset}

    def get_form_kwargs(self) -> dict[str, Any]:
        organizations = Organization.objects.in_scope_of(
            self.request.user, MEETING_KEEPERS
        )
        organizations = organizations.open().holding_members()
        data = {"data": self.request.GET} if "held_on" in self.request.GET else {}
        return {
            **super().get_form_kwargs(),
            **data,
            "organizations": organizations,
            "is_to_come": self.is_to_come,
        }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if form.is_bound and form.is_valid():
            return self.form_valid(form)
        return self.render_to_response(self.get_context_data(form=form))

    def form_valid(self, form: Any) -> HttpResponse:
        chosen = form.cleaned_data
        day = chosen["held_on"]
        url_args = [
            chosen["organization"].pk,
            chosen["kind"],
            day.year,
            day.month,
            day.day,
        ]
        page = "sign_in_sheet" if self.is_to_come else "record_for"
        return HttpResponseRedirect(reverse(f"communities:{page}", args=url_args))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=_("Record a meeting"),
            breadcrumbs=[meeting_list_breadcrumb(), Link(_("Record a meeting"))],
            cancel_url=reverse("communities:list"),
            **kwargs,
        )


class ChosenMeetingMixin(PermittedObjectMixin[Organization]):
    """A page about the meeting that the address names: whose, of which kind, when."""

    model = Organization

    def get_rows(self) -> Any:
        organizations = Organization.objects.visible_to(self.request.user)
        return organizations.open().holding_members()

    def has_permission(self, obj: Organization) -> bool:
        return permissions.can_record_for(self.request.user, obj)

    @property
    def kind(self) -> MeetingKind:
        """Return the kind that the address names."""
        if self.kwargs["kind"] not in MeetingKind.values:
            raise Http404
        return MeetingKind(self.kwargs["kind"])

    @property
    def day(self) -> dt.date:
        """Return the day that the address names."""
        try:
            return dt.date(*(self.kwargs[name] for name in ("year", "month", "day")))
        except ValueError as error:
            raise Http404 from error

    def members_of(self, organization: Organization) -> tuple[Member, ...]:
        """Return the members of the organization on the day."""
        return tuple(members_on(organization, self.day))

    def called_among(
        self, organization: Organization, members: Iterable[Member]
    ) -> set[int]:
        """Return the keys of the members who are called, as far as that is known."""
        known = {member.pk for member in members}
        if self.kind not in CALLING_SOME:
            return known
        if self.kind == MeetingKind.COMMITTEE and (
            seated := committee_on(organization.pk, self.day) & known
        ):
            return seated
        return members_called_last_time(organization, self.kind) & known


class RecordMeeting(GuestSearch, ChosenMeetingMixin, RowFormView[Organization]):
    """Second step: minutes and attendance list."""

    form_class = MeetingForm
    template_name = "communities/minutes.html"
    title = _("Record a meeting")
    submit_label = _("Record")
    success_message: StrOrPromise = _("The meeting was recorded.")

    def get_form_kwargs(self) -> dict[str, Any]:
        members = self.members_of(self.row)
        called = self.called_among(self.row, members)
        also = self.guests_by_name(self.row)
        guests = possible_guests(self.row, self.request.user, also=also)
        guests = guests.exclude(pk__in=[member.pk for member in members])
        some = self.kind in CALLING_SOME
        states = states_on((member.pk for member in members), self.day)
        initial = actions.default_roll(called, states, calls_some=some)
        book = RollBook(members, tuple(guests), initial, some, self.day, states)
        return {
            **super().get_form_kwargs(),
            "book": book,
            "projects": projects_for(self.row, self.day),
            "recorded": self.row.meetings.filter(kind=self.kind, held_on=self.day),
        }

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "chair": scope_of(self.request.user).member_id}

    def run_action(self, form: MeetingForm) -> str:
        meeting = actions.record_meeting(
            self.row,
            kind=self.kind,
            held_on=self.day,
            roll=form.roll,
            by=self.request.user,
            **form.action_values(),
        )
        if meeting.is_late:
            self.success_message = _(
                "The meeting was recorded. The month of that day is closed already, so"
                " it counts in %(month)s."
            ) % {"month": format_month(meeting.month)}
        return meeting.get_absolute_url()

    def get_cancel_url(self) -> str:
        return reverse("communities:list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lead = f"{self.row} · {self.kind.label} · {format_day(self.day)}"
        crumbs = [
            meeting_list_breadcrumb(),
            Link(_("Record a meeting"), reverse("communities:record")),
        ]
        return super().get_context_data(
            lead=lead,
            breadcrumbs=[*crumbs, Link(self.kind.label)],
            **self.describe_search(self.row),
            **kwargs,
        )


def projects_for(organization: Organization, day: dt.date) -> Any:
    """Return the projects that a meeting of that day may serve."""
    return Project.objects.running(day).filter(
        organization=filing_organization(organization)
    )


class ChangeMeeting(GuestSearch, ChangeView[Meeting]):
    """A meeting keeper corrects the minutes."""

    model = Meeting
    form_class = ChangeForm
    template_name = "communities/minutes.html"
    conflict_template = "communities/minutes_conflict.html"
    title = _("Change the minutes")

    def get_rows(self) -> Any:
        rows = super().get_rows()
        return rows.select_related("organization", "chair", "recorder", "project")

    def has_permission(self, obj: Meeting) -> bool:
        return permissions.can_change(self.request.user, obj)

    def get_form_kwargs(self) -> dict[str, Any]:
        meeting, user = self.row, self.request.user
        organization, roll = meeting.organization, actions.roll_of(meeting)
        members = members_on(organization, meeting.held_on, also=roll.called)
        known = {member.pk for member in members} - roll.guests
        also = {*roll.guests, *self.guests_by_name(organization)}
        guests = possible_guests(organization, user, also=also)
        book = RollBook(
            tuple(member for member in members if member.pk in known),
            tuple(guests.exclude(pk__in=known)),
            roll,
            calls_some=True,  # members recorded since were not called
            day=meeting.held_on,
            states=states_on(known, meeting.held_on),
        )
        return {
            **super().get_form_kwargs(),
            "book": book,
            "projects": projects_for(organization, meeting.held_on),
            "recorded": organization.meetings.exclude(pk=meeting.pk),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.describe_search(self.row.organization)
        return super().get_context_data(**found, **kwargs)

    def run_action(self, form: ChangeForm) -> str:
        actions.change_meeting(
            self.row, roll=form.roll, by=self.request.user, **form.action_values()
        )
        return self.row.get_absolute_url()


class VoidMeeting(ReasonView[Meeting]):
    """A meeting keeper voids a meeting that was recorded by mistake."""

    model = Meeting
    action = staticmethod(actions.void_meeting)
    title = _("Void the meeting")
    submit_label = _("Void the meeting")
    success_message = _("The meeting was voided.")
    consequence = _(
        "It stays on record with the reason, and counts no more. A month that is closed"
        " goes on counting it as published."
    )

    def has_permission(self, obj: Meeting) -> bool:
        return permissions.can_change(self.request.user, obj)

    def refuse_beforehand(self) -> None:
        refuse_decided_meeting(self.row)
