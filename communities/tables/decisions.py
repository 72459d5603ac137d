"""The ledger of decisions."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_tables2 import Column, DateColumn

from communities.decisions import describe_state
from core.text import StrOrPromise
from core.web.tables import OrderedTable


class ResolutionTable(OrderedTable):
    """Decisions with who decided, the votes, who carries them out and how far."""

    title = Column(pgettext_lazy("ledger", "What was decided"), linkify=True)
    decided_by = Column(_("Decided by"), orderable=False)
    day = DateColumn(verbose_name=_("Decided on"))
    votes = Column(_("Votes for, of those who could vote"), accessor="in_favour")
    carried_by = Column(_("Carried out by"), default="—")
    due_on = DateColumn(verbose_name=_("To be done by"), default="—")
    watched_by = Column(
        _("Watched by"), accessor="watched_by__name", default="—", orderable=False
    )
    state = Column(_("State"), accessor="pk", orderable=False)
    done_on = DateColumn(
        verbose_name=pgettext_lazy("resolution", "Done on"), default="—"
    )

    def render_votes(self, record: Any) -> StrOrPromise:
        return f"{record.in_favour}/{record.entitled}"

    def render_carried_by(self, value: str) -> str:
        return value or "—"

    def render_state(self, record: Any) -> StrOrPromise:
        return describe_state(record)
