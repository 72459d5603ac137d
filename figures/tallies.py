"""Figures added up row by row: slow, and independent of the queries that count."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from core.db.querysets import join_lookup
from core.db.tree import ancestor_paths
from figures.definitions import Indicator
from organizations.month_tree import OrganizationAt

CENT = Decimal("0.01")


def own_figures(indicator: Indicator, month: dt.date) -> dict[int, Decimal]:
    """Add up the rows of each organization alone; nought is left out."""
    organization = join_lookup(indicator.source.organization, "pk")
    columns = [organization, *([indicator.total] if indicator.total else [])]
    found: dict[int, Decimal] = defaultdict(Decimal)
    for organization_id, *amount in indicator.rows(month).values_list(*columns):
        found[organization_id] += (amount[0] or Decimal(0)) if amount else 1
    return {pk: value.quantize(CENT) for pk, value in found.items() if value}


def subtree_figures(
    indicator: Indicator, month: dt.date, places: Iterable[OrganizationAt]
) -> dict[int, Decimal]:
    """Collect what is counted once, for each place and all that lies below it."""
    everywhere = list(places)
    path_of = {place.pk: place.path for place in everywhere}
    pk_at = {place.path: place.pk for place in everywhere}
    organization = join_lookup(indicator.source.organization, "pk")
    seen: dict[int, set[object]] = defaultdict(set)
    pairs = indicator.rows(month).values_list(organization, indicator.distinct)
    for organization_id, counted_once in pairs:
        path = path_of.get(organization_id, "")
        for above in (*ancestor_paths(path), path):
            if above in pk_at:
                seen[pk_at[above]].add(counted_once)
    return {pk: Decimal(len(found)).quantize(CENT) for pk, found in seen.items()}
