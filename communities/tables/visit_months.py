"""The table of visits by place and month of a year."""

from typing import Any

from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _
from django_tables2 import Column

from core.web.tables import OrderedTable


class VisitMonthsTable(OrderedTable):
    """Each place that was visited in a year, with how many visits in which month."""

    name = Column(_("Party organization"), linkify=True, order_by="path")
    visits_made = Column(_("Visits of the year"))
    problems = Column(_("Problems found"))
    unsettled = Column(_("of these to be solved"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        months = [(f"in_{n}", Column(MONTHS[n])) for n in sorted(MONTHS)]
        super().__init__(*args, extra_columns=months, **kwargs)
