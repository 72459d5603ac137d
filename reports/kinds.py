"""Kinds of sheet about returns."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.months import month_of, today
from core.text import StrOrPromise
from exchange.import_kinds import (
    ImportKind,
    Question,
    RowPlan,
    import_kinds,
    payloads_of,
)
from exchange.sheet_context import SheetContext
from figures.definitions import indicators
from organizations.roles import RECORD_KEEPERS
from reports.actions import open_round, report_lines
from reports.models import MonthlyReturn
from reports.returns.column_words import FIGURES
from reports.sheet_import.columns import RETURN, RETURN_FLAGS
from reports.sheet_import.planning import KEEP, FilledReturn, ReturnPlanner
from reports.sheet_import.sheet_types import RETURN_TYPES


class MonthlyReturnSheet(ImportKind):
    """A street's or community's sheet of monthly returns, one row a community.

    It fills in open returns where a number may be typed, with the reason that the
    person who uploads gives; members and money follow the records, so their differences
    are only said. A submitted return is never overwritten.
    """

    key = "monthly_return"
    label = _("Monthly return")
    columns = RETURN
    flags = RETURN_FLAGS
    reasons: ClassVar[Sequence[tuple[str, StrOrPromise]]] = (
        ("records_incomplete", _("the records are not complete yet")),
        ("counted_otherwise", _("the sheet counts by another rule")),
    )
    questions = (
        Question(
            "difference",
            _("Why numbers differ from the computed ones"),
            (*reasons, (KEEP, _("keep the computed numbers"))),
        ),
    )
    sheet_types = RETURN_TYPES
    identifying = ("community",)
    managed_with = RECORD_KEEPERS
    asks_start = False

    @property
    def labels(self) -> dict[str, StrOrPromise]:
        """The columns in words, for refusals."""
        figures = {
            key: indicators.get(key).fill_label(
                str(indicators.get(key).label), month_of(today())
            )
            for key in FIGURES
        }
        return {"community": _("Community"), "month": _("Month"), **figures}

    def planner(
        self, *, by: Actor, context: SheetContext
    ) -> Callable[[Iterable[Any]], Iterable[RowPlan]]:
        return ReturnPlanner(by=by, context=context, kind=self)

    def commit(
        self, plans: Sequence[RowPlan], *, by: Actor, starts_on: dt.date | None = None
    ) -> None:
        filled = payloads_of(plans, FilledReturn)
        streets = {
            (one.opens_in, one.month) for one in filled if one.opens_in is not None
        }
        for street, month in sorted(streets, key=lambda pair: (pair[1], pair[0].pk)):
            open_round(street, month, by=by)
        for one in filled:
            rows = MonthlyReturn.objects.filter(
                organization=one.community, month=one.month
            )
            if one.entries:
                report_lines(rows.order_by("-version")[0], one.entries, by=by)


import_kinds.add(MonthlyReturnSheet())
