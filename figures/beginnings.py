"""Months of which there is no number: a zero of before the records is none."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Min
from django.utils.translation import gettext as _

from core.dates import format_month
from figures.definitions import Indicator, indicators
from figures.models import Figure
from figures.sums import explain_uncounted


@dataclass(frozen=True, slots=True)
class MissingNumbers:
    """Which figures have no number in a month, and why in words."""

    text: str = ""
    keys: frozenset[str] = frozenset()

    def __contains__(self, key: str) -> bool:
        return key in self.keys


def find_missing_numbers(
    month: dt.date, figures: Iterable[Indicator]
) -> MissingNumbers:
    """Return which of the figures have no number in a month.

    That is all of them where the month was not counted, and otherwise those of a source
    whose records begin in a later month (`Source.begins_with`).
    """
    asked = list(figures)
    if text := explain_uncounted(month):
        return MissingNumbers(text, frozenset(one.key for one in asked))
    begun: dict[str, dt.date | None] = {}
    missing = set()
    for one in asked:
        first = one.source.begins_with
        if not first:
            continue
        if first not in begun:
            begun[first] = _later_beginning(first, month)
        if begun[first] is not None:
            missing.add(one.key)
    return MissingNumbers(_explain(begun), frozenset(missing))


def _later_beginning(key: str, month: dt.date) -> dt.date | None:
    """Return the first month of an indicator if it is later than this one."""
    figures = Figure.objects.filter(indicator=key)
    if figures.filter(month=month).exists():
        return None
    first: dt.date | None = figures.aggregate(first=Min("month"))["first"]
    return first if first is not None and month < first else None


def _explain(begun: dict[str, dt.date | None]) -> str:
    """Say which records begin later, and when."""
    return " ".join(
        _(
            "The records of “%(records)s” begin in %(first)s: of this month there are"
            " no such numbers, which is no zero."
        )
        % {
            "records": indicators.get(key).source.label,
            "first": format_month(first),
        }
        for key, first in begun.items()
        if first is not None
    )
