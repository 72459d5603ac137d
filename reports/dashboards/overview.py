"""Figures of a place and of its children, in one month."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.db.tree import STEP
from figures.sums import Values, add_values, read_distinct_figures, sum_by_child
from organizations.month_tree import OrganizationAt, children_and_filing
from reports.models import PublishedMonth
from reports.returns.balance import CLOSING

MAIN = (
    CLOSING,
    "members_developed",
    "members_checked_in",
    "meetings_members",
    "posts_open",
    "claims_made",
    "service_hours",
    "targets_on_course",
    "spending",
)
"""The figures that a dashboard shows."""


@dataclass(frozen=True, slots=True)
class Row:
    """One place: its figures, and how many of its returns are accepted."""

    organization: OrganizationAt
    values: Values
    accepted: int
    filing: int


@dataclass(frozen=True, slots=True)
class Overview:
    """A place, its children, and what counts at the place itself.

    `rest` is what no child contributes: the place's own figures, and those of children
    that have ended.
    """

    whole: Row
    children: list[Row]
    rest: Values


def build_overview(
    organization: OrganizationAt, month: dt.date, keys: Sequence[str]
) -> Overview:
    """Return a place's figures with those of its children; the queries are constant."""
    children, filing_organizations = children_and_filing(organization, month)
    parts = sum_by_child(organization, month, keys)
    distinct = read_distinct_figures([organization, *children], month, keys)
    filing = _count_by_child(organization, [one.path for one in filing_organizations])
    published = PublishedMonth.objects.below(organization).filter(month=month)
    accepted = _count_by_child(
        organization, list(published.values_list("path", flat=True))
    )
    rows = [
        Row(
            child,
            add_values([parts.get(child.path, {})], keys) | distinct[child.pk],
            accepted[child.path],
            filing[child.path],
        )
        for child in children
    ]
    total = add_values(parts.values(), keys)
    whole = Row(
        organization,
        total | distinct[organization.pk],
        sum(accepted.values()),
        sum(filing.values()),
    )
    children_total = add_values((row.values for row in rows), keys)
    rest = {
        key: total[key] - children_total[key]
        for key in keys
        if key not in distinct[organization.pk]
    }
    return Overview(whole, rows, _empty_if_zero(rest))


def _count_by_child(organization: OrganizationAt, paths: list[str]) -> Counter[str]:
    """Count paths by the child of the place that they lie at or below."""
    depth = len(organization.path) + STEP
    return Counter(path[:depth] for path in paths)


def _empty_if_zero(values: dict[str, Decimal]) -> Values:
    return values if any(values.values()) else {}
