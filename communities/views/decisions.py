"""The ledger of what bodies and meetings decided, and the forms over decisions."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import TemplateView

from communities import actions, permissions
from communities.actions.decisions import (
    refuse_settled_resolution,
    refuse_unwatched,
    refuse_void_resolution,
    refuse_void_sitting,
)
from communities.actions.election_progress import is_possible
from communities.decisions import describe_finding, describe_state
from communities.filters import ResolutionFilter
from communities.forms import CarriedOutForm, FindingForm, ResolutionForm
from communities.models import Body, Meeting, Resolution
from communities.tables import ResolutionTable
from communities.views.bodies import body_list_breadcrumb
from communities.views.sittings import SittingRows
from core.web.components import DetailRow, Link, Section
from core.web.list_pages import ListPage
from core.web.views import PermittedObjectMixin, ReadFirstView, ReasonView, RowFormView

DECISIONS = _("Ledger of decisions")


def ledger_breadcrumb() -> Link:
    """Return the way back to the ledger."""
    return Link(DECISIONS, reverse("communities:resolutions"))


class ResolutionList(UserPassesTestMixin, ListPage):
    """What bodies and meetings of the reader's area decided, and what came of it."""

    model = Resolution
    table_class = ResolutionTable
    filterset_class = ResolutionFilter
    title = DECISIONS
    empty_text = _(
        "No decision yet. Enter one on the page of the meeting at which it was taken."
    )

    def test_func(self) -> bool:
        return permissions.can_see_meetings(self.request.user)

    def get_queryset(self) -> Any:
        rows = super().get_queryset().that_hold().with_sources()
        return rows.order_by("-day", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = [body_list_breadcrumb(), Link(DECISIONS)]
        return super().get_context_data(breadcrumbs=crumbs, **kwargs)


class DecideForm(RowFormView[Any]):
    """Base of the forms by which a decision of a meeting is entered."""

    form_class = ResolutionForm
    action = staticmethod(actions.decide)
    title = _("Enter a decision")
    success_message = _("The decision is on record.")

    def get_form_kwargs(self) -> dict[str, Any]:
        watchers = Body.objects.visible_to(self.request.user).running()
        rows = watchers.order_by("organization__path", "name", "pk")
        return {**super().get_form_kwargs(), "watchers": rows}

    def run_action(self, form: ResolutionForm) -> str:
        values = form.action_values()
        row = actions.decide(self.row, by=self.request.user, **values)
        return row.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = _("%(meeting)s: %(there)s of %(voters)s who could vote were there")
        numbers = {
            "meeting": self.row,
            "there": self.row.voters_there,
            "voters": self.row.voters,
        }
        return super().get_context_data(lead=words % numbers, **kwargs)


class DecideAtSitting(SittingRows, DecideForm):
    """A keeper enters what a body decided at a sitting."""

    def refuse_beforehand(self) -> None:
        refuse_void_sitting(self.row)


class DecideAtMeeting(DecideForm):
    """A keeper enters what a meeting of members decided."""

    model = Meeting

    def get_rows(self) -> Any:
        rows = Meeting.objects.visible_to(self.request.user).with_attendance()
        return rows.select_related("organization")

    def has_permission(self, obj: Meeting) -> bool:
        return permissions.can_change(self.request.user, obj)


class ResolutionRows:
    """Decisions that the reader may see."""

    model = Resolution
    request: Any

    def get_rows(self) -> Any:
        return Resolution.all_objects.visible_to(self.request.user).with_sources()

    def has_permission(self, obj: Resolution) -> bool:
        """Whether the reader keeps the meetings of who decided."""
        rows = Resolution.all_objects.managed_by(self.request.user)
        return rows.filter(pk=obj.pk).exists()


class ResolutionDetail(ResolutionRows, PermittedObjectMixin[Resolution], TemplateView):
    """One decision: who decided by which votes, who carries it out, what came."""

    template_name = "communities/resolution.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.get_object()
        keeps = self.has_permission(row)
        links = []
        if keeps and is_possible(refuse_settled_resolution, row):
            url = reverse("communities:carry_out", args=[row.pk])
            links.append(Link(_("Enter what was done"), url, primary=True))
        watches = permissions.can_enter_finding(self.request.user, row)
        if watches and is_possible(refuse_unwatched, row):
            url = reverse("communities:record_finding", args=[row.pk])
            links.append(Link(_("Enter what was found"), url))
        if keeps and is_possible(refuse_void_resolution, row):
            void = reverse("communities:void_resolution", args=[row.pk])
            links.append(Link(_("Void …"), void))
        return super().get_context_data(
            title=row.title,
            resolution=row,
            voided=row if row.voided_at else None,
            breadcrumbs=[ledger_breadcrumb(), Link(row.title)],
            page_actions=links,
            sections=[
                Section(_("Who decided"), rows_of_votes(row)),
                Section(_("Who carries it out"), rows_of_execution(row)),
            ],
            **kwargs,
        )


def rows_of_votes(row: Resolution) -> list[DetailRow]:
    """Return who decided where, who could vote, and how they did."""
    return [
        DetailRow(_("Decided by"), row.decided_by),
        DetailRow(_("Meeting"), row.source, row.source.get_absolute_url()),
        DetailRow(_("Decided on"), row.decided_on),
        DetailRow(_("Could vote"), row.entitled),
        DetailRow(_("Were there"), row.present),
        DetailRow(_("Votes for"), row.in_favour),
        DetailRow(_("Votes against"), row.against),
        DetailRow(_("Abstentions"), row.abstained),
    ]


def rows_of_execution(row: Resolution) -> list[DetailRow]:
    """Return who carries a decision out until when, who watches, and the state."""
    watcher = row.watched_by
    return [
        DetailRow(_("State"), describe_state(row)),
        DetailRow(_("Carried out by"), row.carried_by or None),
        DetailRow(_("To be done by"), row.due_on),
        DetailRow(
            _("Watched by"), watcher, watcher.get_absolute_url() if watcher else ""
        ),
        DetailRow(_("What was found"), describe_finding(row) or None),
        DetailRow(pgettext_lazy("resolution", "Done on"), row.done_on),
    ]


class CarryOut(ResolutionRows, ReadFirstView[Resolution]):
    """A keeper enters what was done to carry a decision out."""

    read_with = ("sitting", "meeting")
    form_class = CarriedOutForm
    action = staticmethod(actions.carry_out)
    title = _("Enter what was done")
    success_message = _("What was done is on record.")

    def refuse_beforehand(self) -> None:
        refuse_settled_resolution(self.row)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row.title, **kwargs)


class RecordFinding(ReadFirstView[Resolution]):
    """A keeper of the body that watches enters what it found about a decision."""

    model = Resolution
    read_with = ("sitting", "meeting", "watched_by")
    form_class = FindingForm
    action = staticmethod(actions.record_finding)
    title = _("Enter what was found")
    success_message = _("What was found is on record.")

    def get_rows(self) -> Any:
        return Resolution.all_objects.visible_to(self.request.user).with_sources()

    def has_permission(self, obj: Resolution) -> bool:
        return permissions.can_enter_finding(self.request.user, obj)

    def refuse_beforehand(self) -> None:
        refuse_unwatched(self.row)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row.title, **kwargs)


class VoidResolution(ResolutionRows, ReasonView[Resolution]):
    """A keeper voids a decision entered by mistake."""

    read_with = ("sitting", "meeting")
    action = staticmethod(actions.void_resolution)
    title = _("Void the decision")
    submit_label = _("Void the decision")
    success_message = _("The decision was voided.")
    consequence = _("It stays on record with the reason, and is on no list any more.")

    def refuse_beforehand(self) -> None:
        refuse_void_resolution(self.row)
