"""Tally figures row by row, as proof: slow, and without the queries that count them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from core.db.querysets import join_lookup
from core.db.tree import ancestor_paths
from figures.definitions import Indicator
from organizations.month_tree import OrganizationAt

CENT = Decimal("0.01")


def tally_own_figures(indicator: Indicator, month: dt.date) -> dict[int, Decimal]:
    """Add up the rows of each organization alone; organizations at 0 are left out."""
    organization = join_lookup(indicator.source.organization, "pk")
    columns = [organization, *([indicator.total] if indicator.total else [])]
    totals: dict[int, Decimal] = defaultdict(Decimal)
    for organization_id, *amount in indicator.rows(month).values_list(*columns):
        totals[organization_id] += (amount[0] or Decimal(0)) if amount else 1
    return {pk: value.quantize(CENT) for pk, value in totals.items() if value}


def tally_distinct_figures(
    indicator: Indicator, month: dt.date, organizations: Iterable[OrganizationAt]
) -> dict[int, Decimal]:
    """Count distinct figures for each place together with everything below it."""
    all_organizations = list(organizations)
    path_of = {organization.pk: organization.path for organization in all_organizations}
    pk_at = {organization.path: organization.pk for organization in all_organizations}
    organization = join_lookup(indicator.source.organization, "pk")
    seen: dict[int, set[object]] = defaultdict(set)
    pairs = indicator.rows(month).values_list(organization, indicator.distinct)
    for organization_id, counted_once in pairs:
        path = path_of.get(organization_id, "")
        for ancestor in (*ancestor_paths(path), path):
            if ancestor in pk_at:
                seen[pk_at[ancestor]].add(counted_once)
    return {pk: Decimal(len(items)).quantize(CENT) for pk, items in seen.items()}
