"""The yearly appraisal of members: rounds, what is owed, grades, and the sheet."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from django_tables2 import SingleTableMixin

from accounts.http import reader
from core.months import today
from core.registries.page_sections import sections_for
from core.web.components import DetailRow, Link, Section
from core.web.exports import ExportedPage
from core.web.list_pages import ListPage
from core.web.views import (
    ActionFormView,
    ChangeView,
    ConfirmView,
    PermittedObjectMixin,
    ReasonView,
)
from members import actions, permissions
from members.appraisals.due import OwedAppraisal, list_owed_appraisals, year_due
from members.enums import AppraisalPart, Grade, RoundState
from members.errors import AppraisalNotOpen, GradesMissing
from members.filters import AppraisalFilter
from members.forms import AppraisalForm, GradesForm
from members.models import AppraisalRound
from members.tables import AppraisalRoundTable, OwedAppraisalTable
from organizations.models import Organization
from organizations.roles import MEETING_KEEPERS

OWED = pgettext_lazy("appraisals", "Still owed")


def appraisals_breadcrumb() -> Link:
    """Return the breadcrumb that leads to the list of appraisals."""
    return Link(AppraisalList.title, reverse("members:appraisals"))


class AppraisalList(UserPassesTestMixin, ListPage):
    """The appraisals of the reader's branches, the latest year first."""

    model = AppraisalRound
    table_class = AppraisalRoundTable
    filterset_class = AppraisalFilter
    title = _("Appraisals of members")
    empty_text = _("No appraisal of members is on record here.")

    def test_func(self) -> bool:
        return permissions.can_open_appraisal(self.request.user)

    def get_queryset(self) -> Any:
        return super().get_queryset().with_counts().select_related("organization")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        links = [
            Link(
                _("Record an appraisal"),
                reverse("members:open_appraisal"),
                "plus-lg",
                primary=True,
            ),
            Link(OWED, reverse("members:owed_appraisals"), "calendar-check"),
        ]
        return super().get_context_data(page_actions=links, **kwargs)


class OwedAppraisals(ExportedPage, UserPassesTestMixin, SingleTableMixin, TemplateView):
    """Branches that owe the appraisal of the year that is due, or was due last."""

    template_name = "core/list_page.html"
    table_class = OwedAppraisalTable
    paginate_by = 50

    def test_func(self) -> bool:
        return permissions.can_open_appraisal(self.request.user)

    @property
    def year(self) -> int:
        """The year that is due now; between April and October the one before."""
        return year_due(today()) or today().year - 1

    def get_table_data(self) -> list[OwedAppraisal]:
        return list_owed_appraisals(self.request.user, self.year)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"year": self.year}
        return super().get_context_data(
            title=_("Appraisal of %(year)s still owed") % words,
            empty_text=_("Every branch has closed the appraisal of %(year)s.") % words,
            breadcrumbs=[appraisals_breadcrumb(), Link(OWED)],
            **kwargs,
        )


class OpenAppraisal(UserPassesTestMixin, ActionFormView):
    """Record that a branch holds its appraisal; the list of members follows."""

    form_class = AppraisalForm
    title = _("Record an appraisal")
    submit_label = _("Go on to the grades")
    success_message = _("The list of members is ready. Now enter the grades.")

    def test_func(self) -> bool:
        return permissions.can_open_appraisal(self.request.user)

    def organizations(self) -> QuerySet[Organization]:
        """Return the branches whose appraisals the reader runs."""
        rows = Organization.objects.in_scope_of(self.request.user, MEETING_KEEPERS)
        return rows.open().holding_members().order_by("path")

    def get_initial(self) -> dict[str, Any]:
        known = ("organization", "year")
        return {n: self.request.GET[n] for n in known if n in self.request.GET}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "organizations": self.organizations()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            cancel_url=reverse("members:appraisals"), **kwargs
        )

    def run_action(self, form: Any) -> str:
        row = actions.open_appraisal(by=reader(self.request), **form.action_values())
        return reverse("members:grades", args=[row.pk])


class AppraisalMixin(PermittedObjectMixin[AppraisalRound]):
    """A page about one branch's appraisal of a year."""

    model = AppraisalRound

    def get_rows(self) -> Any:
        return super().get_rows().select_related("organization")

    def has_permission(self, obj: AppraisalRound) -> bool:
        return permissions.can_run_appraisal(self.request.user, obj)


class AppraisalPage(AppraisalMixin, TemplateView):
    """One appraisal: its day and basis, and what each member was graded."""

    template_name = "members/appraisal.html"

    def has_permission(self, obj: AppraisalRound) -> bool:
        return permissions.can_open_appraisal(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.get_permitted_object()
        runs = permissions.can_run_appraisal(self.request.user, row)
        entries = list(row.appraisals.select_related("member"))
        return super().get_context_data(
            title=str(row),
            breadcrumbs=[appraisals_breadcrumb(), Link(str(row))],
            sections=[Section("", list(self._details(row, entries)))],
            entries=entries,
            page_actions=list(self._links(row, runs=runs)),
            page_sections=sections_for(row, self.request.user),
            **kwargs,
        )

    def _details(self, row: AppraisalRound, entries: list[Any]) -> Iterator[DetailRow]:
        full = [entry for entry in entries if entry.part == AppraisalPart.GRADED]
        graded = sum(bool(entry.grade) for entry in full)
        best = sum(entry.grade == Grade.EXCELLENT for entry in full)
        yield DetailRow(_("State"), row.get_state_display())
        yield DetailRow(_("Day of the meeting"), row.held_on)
        yield DetailRow(_("Basis (document and number)"), row.basis)
        yield DetailRow(_("Full members"), len(full))
        excused = sum(bool(entry.no_grade) for entry in full)
        yield DetailRow(_("Graded"), graded)
        yield DetailRow(_("Still without a grade"), len(full) - graded - excused)
        yield DetailRow(_("Without a grade, for a reason"), excused)
        yield DetailRow(
            _("Excellent"),
            _("%(count)s (at most %(most)s)")
            % {"count": best, "most": row.most_excellent(len(full))},
        )
        if row.reason:
            yield DetailRow(_("Why it was voided"), row.reason)

    def _links(self, row: AppraisalRound, *, runs: bool) -> Iterator[Link]:
        steps: list[tuple[Any, str, bool]] = []
        if runs and row.state == RoundState.OPEN:
            steps = [
                (_("Enter grades"), "grades", True),
                (_("Close the appraisal"), "close_appraisal", False),
            ]
        if runs and row.state == RoundState.CLOSED:
            steps.append((_("Open again …"), "reopen_appraisal", False))
        if runs and row.state != RoundState.VOIDED:
            steps.append((_("Void …"), "void_appraisal", False))
        steps.append((_("Print the sheet"), "appraisal_sheet", False))
        for label, name, primary in steps:
            url = reverse(f"members:{name}", args=[row.pk])
            yield Link(label, url, primary=primary)


class EnterGrades(AppraisalMixin, ChangeView[AppraisalRound]):
    """Enter what each full member was graded, all on one page.

    Of two windows the later one overwrites no grade of the other unseen.
    """

    form_class = GradesForm
    title = _("Enter grades")
    submit_label = _("Save the grades")
    success_message = _("The grades are saved. Close the appraisal when all are in.")

    def refuse_beforehand(self) -> None:
        if not self.row.is_open:
            raise AppraisalNotOpen(state=self.row.get_state_display())

    def get_form_kwargs(self) -> dict[str, Any]:
        rows = self.row.appraisals.to_grade().select_related("member")
        entries = sorted(rows, key=lambda one: bool(one.grade or one.no_grade))
        return {**super().get_form_kwargs(), "entries": entries}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the branch and the year, and whom the form lists first."""
        lead = gettext("%(appraisal)s: still without a grade %(count)s") % {
            "appraisal": self.row,
            "count": self.row.appraisals.owed().count(),
        }
        return super().get_context_data(**{"lead": lead, **kwargs})

    def check_version(self, form: Any) -> None:
        if not self.row.is_open:
            raise AppraisalNotOpen(state=self.row.get_state_display())
        super().check_version(form)

    def run_action(self, form: Any) -> None:
        actions.enter_grades(self.row, form.grades(), by=reader(self.request))


class CloseAppraisal(AppraisalMixin, ConfirmView[AppraisalRound]):
    """Close an appraisal: its grades count and stand on the members' timelines."""

    action = staticmethod(actions.close_appraisal)
    title = _("Close the appraisal")
    submit_label = _("Close the appraisal")
    success_message = _("The appraisal is closed and counts.")
    consequence = _(
        "The grades count in the month of the meeting, and each member sees their own."
        " Until that month is closed, the appraisal can be opened again."
    )
    danger = False

    def shown_rows(self, row: AppraisalRound) -> list[Model]:
        return [row, *row.appraisals.all()]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say who has no grade yet, and offer nothing until everybody has."""
        owed = self.row.appraisals.owed().select_related("member")
        names = "、".join(entry.member.name for entry in owed)
        if names:
            refusal = str(GradesMissing(names=names))
            kwargs |= {"consequence": refusal, "impossible": True}
        return super().get_context_data(**kwargs)


class ReopenAppraisal(AppraisalMixin, ReasonView[AppraisalRound]):
    """Open a closed appraisal again to correct a grade."""

    action = staticmethod(actions.reopen_appraisal)
    title = _("Open the appraisal again")
    submit_label = _("Open again")
    success_message = _("The appraisal is open again.")
    consequence = _("Until it is closed again, its grades do not count.")


class VoidAppraisal(AppraisalMixin, ReasonView[AppraisalRound]):
    """Void an appraisal that was opened by mistake."""

    action = staticmethod(actions.void_appraisal)
    title = _("Void the appraisal")
    submit_label = _("Void the appraisal")
    success_message = _("The appraisal was voided.")
    consequence = _(
        "It stays on record with your reason, and the right one can follow."
    )
