"""Enter, correct, move and end members: one action a page."""

import copy
from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.http import reader
from core.actors import Actor
from core.dates import format_month
from core.identity import identity_columns
from core.text import StrOrPromise
from core.web.views import ActionFormView, ChangeView, QuestionView
from members import actions, permissions
from members.actions.membership_bounds import refuse_ended_membership
from members.actions.overtaken import Situation
from members.ends.closers import closers
from members.enums import PRECISION_OF, EndReason, LeaveReason, MobileKind, StartReason
from members.errors import NotAway, NotCheckedIn
from members.forms import (
    AdmissionForm,
    ChangeForm,
    DayForm,
    EndForm,
    LeaveForm,
    MobileForm,
)
from members.lost_contacts.marks import marked_name
from members.models import CheckIn, Member, MobileRecord
from members.views.closed_rows import describe_closed_rows, describe_open_rows
from members.views.compared import ComparedView
from organizations.models import Organization, Unit
from organizations.querysets import OrganizationQuerySet

BELONGING = ("organization", "community")


def organizations_open_to(user: Actor) -> OrganizationQuerySet:
    """Return the organizations to which the person may move members."""
    return Organization.objects.managed_by(user).open().holding_members()


def communities_of(user: Actor) -> QuerySet[Organization]:
    """Return the communities with which the person may check members in."""
    return Organization.objects.managed_by(user).open().communities()


def employers_of(user: Actor, member: Member | None = None) -> QuerySet[Unit]:
    """Return the units the person manages, and the one on record for the member."""
    units = Unit.objects.managed_by(user).open()
    if member is None or member.employer_id is None:
        return units
    return units | Unit.objects.filter(pk=member.employer_id)


class AdmitMember(UserPassesTestMixin, ActionFormView):
    """Enter one member."""

    form_class = AdmissionForm
    template_name = "members/enter_member.html"
    title = _("Enter a member")

    def test_func(self) -> bool:
        return permissions.can_admit(self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        user = self.request.user
        return {
            **super().get_form_kwargs(),
            "organizations": organizations_open_to(user),
            "communities": communities_of(user),
            "employers": employers_of(user),
        }

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.known_members = Member.objects.visible_to(self.request.user)
        return form

    def run_action(self, form: Any) -> str:
        values = form.cleaned_data
        names = (*form.Meta.fields, *PRECISION_OF.values(), *BELONGING, "starts_on")
        member = actions.admit_member(
            by=self.request.user,
            reason=StartReason(values["reason"]),
            approved_on=values["approved_on"],
            phone=values["phone"] or None,
            **identity_columns(values["id_number"]),
            **{name: values[name] for name in names},
        )
        return member.get_absolute_url()


class MemberFormView(ComparedView):
    """Base of forms over one member, for those who keep their record."""

    model = Member

    def has_permission(self, obj: Member) -> bool:
        return permissions.can_change(self.request.user, obj)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=marked_name(self.row), **kwargs)


class CurrentMemberView(MemberFormView):
    """Base of forms that are of no use once the membership has ended."""

    def refuse_beforehand(self) -> None:
        refuse_ended_membership(self.row)


class ChangeMember(MemberFormView, ChangeView[Member]):
    """Correct a member's record."""

    form_class = ChangeForm
    title = _("Correct the record")
    compared = ()  # its version tells

    def get_form_kwargs(self) -> dict[str, Any]:
        employers = employers_of(self.request.user, self.row)
        instance = copy.copy(self.row)  # the form writes into it what was typed
        kwargs = super().get_form_kwargs()
        return {**kwargs, "instance": instance, "employers": employers}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form; it holds the particulars, so who opened it is recorded."""
        actions.record_look(self.row, by=reader(request))
        return super().get(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"id_number": "", "phone": ""}

    def run_action(self, form: Any) -> str:
        values = form.changed_values()
        if number := values.get("id_number"):
            values |= identity_columns(number)
        if values:
            actions.change_member(self.row, by=self.request.user, **values)
        return self.row.get_absolute_url()


class EndMembership(CurrentMemberView):
    """End a membership here; the member stays on record (R-27)."""

    form_class = EndForm
    title = _("End the membership here")
    submit_label = _("End it")
    template_name = "members/end.html"
    compared = (Situation.BELONGING, Situation.ABSENCE, Situation.CHECK_IN)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "member": self.row}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        open_rows = describe_open_rows(closers.count_rows(self.row))
        return super().get_context_data(open_rows=open_rows, **kwargs)

    def run_action(self, form: Any) -> None:
        values = form.cleaned_data
        closed = actions.end_membership(
            self.row,
            reason=EndReason(values["reason"]),
            by=self.request.user,
            on=values["on"],
            note=values["note"],
        )
        self.success_message = describe_closed_rows(self.describe_saved(), closed)

    def describe_saved(self) -> StrOrPromise:
        """Say that it is saved, and in which month it counts if that is a later one."""
        ended = self.row.affiliations.order_by("starts_on", "pk").last()
        month = ended.later_end_month if ended is not None else None
        if month is None:
            return _("Saved.")
        return _(
            "Saved. The month of that day is closed already, so it counts in %(month)s."
        ) % {"month": format_month(month)}


class RecordMobile(CurrentMemberView):
    """Record that a member is away without having transferred."""

    form_class = MobileForm
    title = _("Record an absence")
    compared = (Situation.BELONGING, Situation.ABSENCE)

    def run_action(self, form: Any) -> None:
        values = form.cleaned_data
        actions.record_mobile(
            self.row,
            kind=MobileKind(values["kind"]),
            by=self.request.user,
            on=values["on"],
            destination=values["destination"],
        )


class EndMobile(MemberFormView):
    """Record that a member is back."""

    form_class = DayForm
    title = _("Record the return")
    compared = (Situation.ABSENCE,)

    def refuse_beforehand(self) -> None:
        self._open_absence()

    def run_action(self, form: Any) -> None:
        row, day = self._open_absence(), form.cleaned_data["on"]
        actions.end_mobile(row, by=self.request.user, on=day)

    def _open_absence(self) -> MobileRecord:
        row = self.row.mobile_records.filter(ends_on=None).first()
        if row is None:
            raise NotAway(name=self.row.name)
        return row


class EndCheckIn(MemberFormView, QuestionView[Member]):
    """End the check-in of a member who has moved away or died."""

    read_with = ("check_ins",)
    form_class = LeaveForm
    title = _("End the check-in")
    submit_label = _("End the check-in")
    compared = (Situation.CHECK_IN,)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "member": self.row}

    def has_permission(self, obj: Member) -> bool:
        return permissions.kept_check_in(self.request.user, obj)

    def refuse_beforehand(self) -> None:
        if self._open_check_in() is None:
            raise NotCheckedIn(name=self.row.name)

    def _open_check_in(self) -> CheckIn | None:
        """Return the check-in with a community of the reader's, if it goes on."""
        rows = CheckIn.objects.managed_by(self.request.user)
        rows = rows.filter(member=self.row, ends_on=None)
        found: CheckIn | None = rows.select_related("community").first()
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self._open_check_in()
        if row is None:  # it ended meanwhile; the refusal above the form says so
            return super().get_context_data(**kwargs)
        consequence = _(
            "%(community)s no longer counts this member among those checked in. The"
            " record stays, and the member may check in again."
        ) % {"community": row.community.name}
        open_rows = describe_open_rows(closers.count_rows_at(row))
        return super().get_context_data(
            consequence=f"{consequence}{open_rows}", **kwargs
        )

    def run_action(self, form: Any) -> None:
        values = form.cleaned_data
        row, by = self._open_check_in(), self.request.user
        if row is None:
            raise NotCheckedIn(name=self.row.name)
        reason, day = LeaveReason(values["reason"]), values["on"]
        if reason == LeaveReason.DIED:
            closed = actions.record_death(row, by=by, on=day)
        else:
            closed = actions.check_out(row, by=by, on=day, reason=reason)
        self.success_message = describe_closed_rows(_("Saved."), closed)
