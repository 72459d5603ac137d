"""One month of many communities, one row each: the month's sheet."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from core.db.tree import ancestor_paths
from core.months import shift_month
from figures.models import Figure
from figures.sums import ZERO, Values, recounted, summed_keys
from organizations.enums import STREET_TIER
from organizations.month_tree import OrganizationAt, filing_within, places_at
from reports.balance import CLOSING
from reports.filling import counted_keys, filled
from reports.models import MonthlyReturn, PublishedMonth, ReturnForm, ReturnFormLine


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One community: published numbers where there are any, else those of today."""

    street: str
    name: str
    values: Values
    state: str
    filed_by: str
    published: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """The month's sheet of one place."""

    place: OrganizationAt
    month: dt.date
    title: str
    lines: Sequence[ReturnFormLine]
    rows: Sequence[SummaryRow]

    @property
    def totals(self) -> Values:
        """Each column added up."""
        return {
            line.indicator: sum((r.values[line.indicator] for r in self.rows), ZERO)
            for line in self.lines
        }

    @property
    def accepted(self) -> int:
        """How many of the rows are published."""
        return sum(row.published for row in self.rows)


def summary(place: OrganizationAt, month: dt.date) -> Summary | None:
    """Return the month's sheet of a place; none where no form was in force."""
    form = ReturnForm.objects.in_force(month)
    if form is None:
        return None
    lines = list(form.lines.all())
    communities = filing_within(place, month)
    published = _published(communities, month)
    before = _published(communities, shift_month(month, -1))
    returns = _returns(communities, month)
    live = _live(place, communities, month, counted_keys(lines))
    streets = _streets(communities, month)
    rows = []
    for one in communities:
        known = published.get(one.pk)
        closing = before.get(one.pk, {}).get(CLOSING)
        filing = returns.get(one.pk)
        rows.append(
            SummaryRow(
                streets.get(one.pk, ""),
                one.name,
                _said(lines, known) if known else filled(lines, live[one.pk], closing),
                str(filing.get_state_display()) if filing else "",
                str(filing.submitted_by or "") if filing else "",
                known is not None,
            )
        )
    return Summary(place, month, form.title, lines, rows)


def _streets(communities: Iterable[OrganizationAt], month: dt.date) -> dict[int, str]:
    """Return which street, town or zone each community lay in, whoever asks."""
    above = {one.pk: ancestor_paths(one.path) for one in communities}
    places = places_at({path for paths in above.values() for path in paths}, month)
    names = {one.path: one.name for one in places if one.kind in STREET_TIER}
    return {
        pk: next((names[path] for path in reversed(paths) if path in names), "")
        for pk, paths in above.items()
    }


def _said(lines: Iterable[ReturnFormLine], known: Mapping[str, Decimal]) -> Values:
    return {line.indicator: known.get(line.indicator, ZERO) for line in lines}


def _published(
    communities: Iterable[OrganizationAt], month: dt.date
) -> dict[int, Values]:
    rows = PublishedMonth.objects.filter(
        organization__in=[one.pk for one in communities], month=month
    )
    return {
        pk: {key: Decimal(text) for key, text in figures.items()}
        for pk, figures in rows.values_list("organization_id", "figures")
    }


def _returns(
    communities: Iterable[OrganizationAt], month: dt.date
) -> dict[int, MonthlyReturn]:
    rows = MonthlyReturn.objects.filter(
        organization__in=[one.pk for one in communities], month=month
    )
    ordered = rows.select_related("submitted_by").order_by("version")
    return {row.organization_id: row for row in ordered}


def _live(
    place: OrganizationAt,
    communities: Sequence[OrganizationAt],
    month: dt.date,
    keys: Sequence[str],
) -> dict[int, Values]:
    """Add counted figures up for each community, whatever lies below it."""
    at = {one.path: one.pk for one in communities}
    values: dict[int, Values] = defaultdict(lambda: dict.fromkeys(keys, ZERO))
    rows = Figure.objects.own().of(month, summed_keys(keys)).below(place).order_by()
    for path, key, total in rows.values_list("path", "indicator").annotate(
        total=Sum("value")
    ):
        for above in (*ancestor_paths(path), path):
            if above in at:
                values[at[above]][key] += total
    for pk, apart in recounted(communities, month, keys).items():
        values[pk] |= apart
    return values
