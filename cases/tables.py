"""The list of cases."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django_tables2 import Column, DateColumn

from core.months import today
from core.text import StrOrPromise
from core.web.tables import OrderedTable


class CaseTable(OrderedTable):
    """Cases with their place, owner and deadline."""

    title = Column(_("Matter"), linkify=True)
    kind = Column(_("Kind"), accessor="kind__name")
    organization = Column(_("Party organization"), accessor="organization__name")
    owner = Column(_("Dealt with by"), default="—", orderable=False)
    due_on = DateColumn(verbose_name=_("Due on"))
    state = Column(_("State"))

    def render_state(self, record: Any) -> StrOrPromise:
        if record.is_overdue(today()):
            return _("Overdue")
        label: str = record.get_state_display()
        return label
