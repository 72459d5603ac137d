"""Count the figures of a place from the rows, without stored figures."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from itertools import product

from core.db.querysets import Node
from figures.definitions import (
    Indicator,
    group_by_source,
    indicators,
    values_by_organization,
)
from figures.sums import Values, add_values
from organizations.month_tree import paths_within


def count_figures(
    organization: Node, month: dt.date, keys: Iterable[str]
) -> dict[str, Decimal]:
    """Count figures of a place, with one query for each source."""
    return count_figures_by_place([organization], month, keys)[organization.path]


def count_figures_by_place(
    places: Iterable[Node], month: dt.date, keys: Iterable[str]
) -> dict[str, Values]:
    """Count figures of places, by path: one query a source, however many places."""
    nodes, chosen = list(places), [indicators.get(key) for key in keys]
    path_of = paths_within(nodes, month)
    values: dict[str, Values] = {node.path: {} for node in nodes}
    for group in group_by_source(i for i in chosen if not i.distinct).values():
        parts = values_by_organization(group, month, path_of)
        for path in values:
            here = (v for pk, v in parts.items() if path_of[pk].startswith(path))
            values[path] |= add_values(here, [i.key for i in group])
    for indicator, node in product((i for i in chosen if i.distinct), nodes):
        values[node.path][indicator.key] = count_figure(indicator, node, month)
    return values


def count_figure(indicator: Indicator, organization: Node, month: dt.date) -> Decimal:
    """Count one figure of a place over exactly the rows that its drill-down lists."""
    return indicator.measure(indicator.rows_within(organization, month))
