"""The list of cases, and one case on the screen and on paper."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.http import reader
from cases import permissions
from cases.filters import CaseFilter
from cases.models import Case
from cases.tables import CaseTable
from core.months import today
from core.registries.page_sections import sections_for
from core.web.components import ActionButton, DetailRow, Link, Section
from core.web.list_pages import ListPage
from core.web.views import PermittedObjectMixin


class CaseList(UserPassesTestMixin, ListPage):
    """Cases of the reader's area, the most urgent first."""

    model = Case
    table_class = CaseTable
    filterset_class = CaseFilter
    title = _("Cases")
    empty_text = _("There is no such case.")

    def test_func(self) -> bool:
        return permissions.can_see_cases(self.request.user)

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("kind", "organization", "owner")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page_actions = []
        if permissions.can_open_case(self.request.user):
            url = reverse("cases:open")
            page_actions.append(Link(_("Open a case"), url, "plus-lg", primary=True))
        return super().get_context_data(page_actions=page_actions, **kwargs)


class CasePage(PermittedObjectMixin[Case], TemplateView):
    """Base of a page about one case."""

    model = Case

    def get_rows(self) -> Any:
        related = ("kind", "organization", "owner", "escalated_to")
        return super().get_rows().select_related(*related)

    def has_permission(self, obj: Case) -> bool:
        return permissions.can_see_cases(self.request.user)


class CaseDetail(CasePage):
    """One case: where it stands, what was done, and what can be done next."""

    template_name = "cases/case.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case = self.get_permitted_object()
        works = case.is_open and permissions.can_work_on(self.request.user, case)
        return super().get_context_data(
            title=case.title,
            breadcrumbs=[Link(_("Cases"), reverse("cases:list")), Link(case.title)],
            sections=[Section("", list(detail_rows_of(case)))],
            case=case,
            steps=case.steps.select_related("taken_by"),
            page_actions=list(self._links(case, works=works)),
            buttons=list(self._buttons(case)) if works else [],
            page_sections=sections_for(case, self.request.user),
            **kwargs,
        )

    def _buttons(self, case: Case) -> Iterator[ActionButton]:
        if case.owner_id != reader(self.request).pk:
            url = reverse("cases:take", args=[case.pk])
            yield ActionButton(_("Deal with it myself"), url, primary=True)

    def _links(self, case: Case, *, works: bool) -> Iterator[Link]:
        links = [(_("Print"), "print")]
        if works:
            links += [(_("Record a step"), "step"), (_("Hand over"), "hand_over")]
        if works and not case.kind.has_details:
            links += [(_("Settle"), "answer"), (_("Void …"), "void")]
        for label, name in links:
            yield Link(label, reverse(f"cases:{name}", args=[case.pk]))


def detail_rows_of(case: Case) -> Iterator[DetailRow]:
    """Yield where a case stands."""
    overdue = case.is_overdue(today())
    yield DetailRow(_("State"), _("Overdue") if overdue else case.get_state_display())
    yield DetailRow(_("Kind"), case.kind)
    yield DetailRow(_("Party organization"), case.organization)
    yield DetailRow(_("Dealt with by"), case.owner or _("Nobody yet"))
    yield DetailRow(_("Case opened on"), case.opened_on)
    yield DetailRow(_("Due on"), case.due_on)
    if case.escalated_on is not None:
        yield DetailRow(_("Reported upwards on"), case.escalated_on)
        yield DetailRow(_("Reported to"), case.escalated_to)
    if case.closed_on is not None:
        yield DetailRow(_("Closed on"), case.closed_on)
        yield DetailRow(_("What came of the case"), case.answer)


class CasePaper(CasePage):
    """A case with all its steps on A4."""

    template_name = "cases/case_paper.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case = self.get_permitted_object()
        return super().get_context_data(
            title=_("Record of a case"),
            case=case,
            rows=list(detail_rows_of(case)),
            steps=case.steps.select_related("taken_by"),
            page_sections=sections_for(case, self.request.user),
            back_url=case.get_absolute_url(),
            printed_on=today(),
            **kwargs,
        )
