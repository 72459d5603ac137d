"""Count the figures of a place from the rows, without stored figures."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from core.db.querysets import Node
from figures.definitions import (
    Indicator,
    group_by_source,
    indicators,
    values_by_organization,
)
from figures.sums import add_values
from organizations.month_tree import ids_within


def count_figures(
    organization: Node, month: dt.date, keys: Iterable[str]
) -> dict[str, Decimal]:
    """Count figures of a place, with one query for each source."""
    chosen = [indicators.get(key) for key in keys]
    ids = ids_within(organization, month)
    values = dict[str, Decimal]()
    for group in group_by_source(i for i in chosen if not i.distinct).values():
        parts = values_by_organization(group, month, ids)
        values |= add_values(parts.values(), [i.key for i in group])
    for indicator in chosen:
        if indicator.distinct:
            values[indicator.key] = count_figure(indicator, organization, month)
    return values


def count_figure(indicator: Indicator, organization: Node, month: dt.date) -> Decimal:
    """Count one figure of a place over exactly the rows that its drill-down lists."""
    return indicator.measure(indicator.rows_within(organization, month))
