"""Summarize one month of many communities, one row each."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from core.db.tree import ancestor_paths
from core.months import shift_month
from figures.models import Figure
from figures.sums import ZERO, Values, additive_keys, read_distinct_figures
from organizations.enums import STREET_TIER
from organizations.month_tree import (
    OrganizationAt,
    filing_within,
    get_organizations_on_paths,
)
from reports.enums import ReturnState
from reports.models import MonthlyReturn, PublishedMonth, ReturnForm, ReturnFormLine
from reports.returns.balance import CLOSING
from reports.returns.line_values import (
    fill_lines,
    reported_value,
    required_indicators,
)


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One community, with the numbers of its return as it stands.

    Once submitted those reported; before, those recorded today and those explained.
    """

    pk: int
    street: str
    name: str
    values: Values
    published: bool
    state: str = ""
    filed_by: str = ""
    submitted_at: dt.datetime | None = None
    accepted_at: dt.datetime | None = None
    narrative: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """The summary of one place in one month."""

    organization: OrganizationAt
    month: dt.date
    title: str
    lines: Sequence[ReturnFormLine]
    rows: Sequence[SummaryRow]

    @property
    def totals(self) -> Values:
        """The sum of each column."""
        return {
            line.indicator: sum((r.values[line.indicator] for r in self.rows), ZERO)
            for line in self.lines
        }

    @property
    def accepted(self) -> int:
        """How many of the rows are published."""
        return sum(row.published for row in self.rows)


def build_summary(organization: OrganizationAt, month: dt.date) -> Summary | None:
    """Return the summary of a place's month; None where no form was in force."""
    form = ReturnForm.objects.in_force(month)
    if form is None:
        return None
    lines = list(form.lines.all())
    communities = filing_within(organization, month)
    published = _published_values(communities, month)
    before = _published_values(communities, shift_month(month, -1))
    returns = _returns(communities, month)
    live = _live_values(organization, communities, month, required_indicators(lines))
    streets = _street_names(communities, month)
    rows = []
    for one in communities:
        final = published.get(one.pk)
        row = returns.get(one.pk)
        opening = before.get(one.pk, {}).get(CLOSING)
        rows.append(
            SummaryRow(
                one.pk,
                streets.get(one.pk, ""),
                one.name,
                _pick_lines(lines, final)
                if final
                else _as_reported(lines, fill_lines(lines, live[one.pk], opening), row),
                final is not None,
                **_describe_return(row),
            )
        )
    return Summary(organization, month, form.title, lines, rows)


def read_reported_differences(organization: OrganizationAt, month: dt.date) -> Values:
    """Return by how much the returns at or below a place exceed the stored figures.

    Whoever adds it to the sum of the figures gets what the returns report, and what
    lies beside the communities with it.
    """
    summary = build_summary(organization, month)
    if summary is None:
        return {}
    communities = filing_within(organization, month)
    keys = required_indicators(summary.lines)
    live = _live_values(organization, communities, month, keys)
    differences: dict[str, Decimal] = defaultdict(Decimal)
    for community, row in zip(communities, summary.rows, strict=True):
        for key, value in row.values.items():
            differences[key] += value - live[community.pk].get(key, ZERO)
    return {key: difference for key, difference in differences.items() if difference}


def _street_names(
    communities: Iterable[OrganizationAt], month: dt.date
) -> dict[int, str]:
    """Return the street, town or zone that each community lay in that month."""
    ancestors = {one.pk: ancestor_paths(one.path) for one in communities}
    organizations = get_organizations_on_paths(
        {path for paths in ancestors.values() for path in paths}, month
    )
    names = {one.path: one.name for one in organizations if one.kind in STREET_TIER}
    return {
        pk: next((names[path] for path in reversed(paths) if path in names), "")
        for pk, paths in ancestors.items()
    }


def _describe_return(row: MonthlyReturn | None) -> dict[str, Any]:
    """Return how far a return has come; what is still being written stays there."""
    if row is None:
        return {}
    accepted = row.state == ReturnState.ACCEPTED
    return {
        "state": str(row.get_state_display()),
        "filed_by": str(row.submitted_by or ""),
        "submitted_at": row.submitted_at,
        "accepted_at": row.decided_at if accepted else None,
        "narrative": "" if row.is_open else row.narrative,
    }


def _pick_lines(
    lines: Iterable[ReturnFormLine], values: Mapping[str, Decimal]
) -> Values:
    return {line.indicator: values.get(line.indicator, ZERO) for line in lines}


def _as_reported(
    lines: Iterable[ReturnFormLine], values: Values, row: MonthlyReturn | None
) -> Values:
    """Put what a return reports in the place of what the records say today."""
    if row is None:
        return values
    saved = {line.form_line_id: line for line in row.lines.all()}
    if not row.is_open:
        kept = {pk: line.reported for pk, line in saved.items()}
        return {ln.indicator: kept.get(ln.pk, values[ln.indicator]) for ln in lines}
    return {
        ln.indicator: reported_value(ln, saved.get(ln.pk), values[ln.indicator])
        for ln in lines
    }


def _published_values(
    communities: Iterable[OrganizationAt], month: dt.date
) -> dict[int, Values]:
    rows = PublishedMonth.objects.filter(
        organization__in=[one.pk for one in communities], month=month
    )
    return {pk: figures for pk, _month, figures in rows.read_figures()}


def _returns(
    communities: Iterable[OrganizationAt], month: dt.date
) -> dict[int, MonthlyReturn]:
    rows = MonthlyReturn.objects.filter(
        organization__in=[one.pk for one in communities], month=month
    )
    ordered = rows.select_related("submitted_by").prefetch_related("lines")
    return {row.organization_id: row for row in ordered.order_by("version")}


def _live_values(
    organization: OrganizationAt,
    communities: Sequence[OrganizationAt],
    month: dt.date,
    keys: Sequence[str],
) -> dict[int, Values]:
    """Sum stored figures for each community with everything below it."""
    pk_at = {one.path: one.pk for one in communities}
    values: dict[int, Values] = defaultdict(lambda: dict.fromkeys(keys, ZERO))
    rows = (
        Figure.objects.own()
        .of(month, additive_keys(keys))
        .below(organization)
        .order_by()
    )
    for path, key, total in rows.values_list("path", "indicator").annotate(
        total=Sum("value")
    ):
        for ancestor in (*ancestor_paths(path), path):
            if ancestor in pk_at:
                values[pk_at[ancestor]][key] += total
    for pk, distinct in read_distinct_figures(communities, month, keys).items():
        values[pk] |= distinct
    return values
