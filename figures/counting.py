"""Figures straight from the rows: for a form being filled in, and for proof."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from core.db.querysets import Node
from figures.definitions import Indicator, by_source, grouped_values, indicators
from figures.sums import added
from organizations.month_tree import ids_within


def counted(place: Node, month: dt.date, keys: Iterable[str]) -> dict[str, Decimal]:
    """Count figures of a place anew, with one query for each table they are about."""
    wanted = [indicators.get(key) for key in keys]
    ids = ids_within(place, month)
    values = dict[str, Decimal]()
    for group in by_source(i for i in wanted if not i.distinct).values():
        found = grouped_values(group, month, ids)
        values |= added(found.values(), [i.key for i in group])
    for indicator in wanted:
        if indicator.distinct:
            values[indicator.key] = measured(indicator, place, month)
    return values


def measured(indicator: Indicator, place: Node, month: dt.date) -> Decimal:
    """Count one figure of a place over exactly the rows that are listed behind it."""
    return indicator.measure(indicator.rows_within(place, month))
