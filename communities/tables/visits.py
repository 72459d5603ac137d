"""The list of visits."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_tables2 import Column, DateColumn

from communities.tables.bodies import CodedTable
from core.months import today
from core.text import StrOrPromise
from core.web.columns import FurtherColumn


class VisitTable(CodedTable):
    """Visits: where, by whom, what was found and what came of it."""

    visited_on = DateColumn(verbose_name=_("Visited on"), linkify=True)
    visited = Column(_("Place or unit visited"), orderable=False)
    organization = Column(_("Party organization"), accessor="organization__name")
    kind = Column(_("Kind of visit"))
    made_by = Column(_("Who visited"), orderable=False)
    seen = Column(_("What the visit found"), orderable=False)
    problem = Column(_("Problem to be solved"), orderable=False)
    due_on = DateColumn(verbose_name=_("To be solved by"))
    outcome = Column(pgettext_lazy("visit", "What was done"), orderable=False)
    settled_on = DateColumn(verbose_name=_("Settled on"))
    state = Column(_("State"), accessor="pk", orderable=False)

    further_columns = {"organization": FurtherColumn(), "settled_on": FurtherColumn()}

    def render_kind(self, value: str) -> str:
        return self.label_code("visit_kinds", value)

    def render_problem(self, value: str) -> str:
        return value or "—"

    def render_outcome(self, value: str) -> str:
        return value or "—"

    def render_state(self, record: Any) -> StrOrPromise:
        return state_of(record)


def state_of(visit: Any) -> StrOrPromise:
    """Return what became of the problem that a visit found."""
    if visit.settled_on is not None:
        return pgettext_lazy("visit", "solved")
    if not visit.problem:
        return pgettext_lazy("visit", "none found")
    if visit.is_overdue(today()):
        return pgettext_lazy("visit", "overdue")
    return pgettext_lazy("visit", "to be solved")
