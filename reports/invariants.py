"""Invariants of figures, returns and published months.

Each check yields one line for every row that breaks it.
"""

import datetime as dt
import json
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from itertools import chain
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.queries import last_recorded_values
from core.months import shift_month
from core.registries.invariants import Invariant, invariants
from figures.definitions import Indicator, Source, indicators
from figures.enums import Tier
from figures.models import Figure
from figures.sums import sum_figures
from figures.tallies import tally_distinct_figures, tally_own_figures
from organizations.calendars import calendar_of
from organizations.models import MonthState, Organization, RecountRequest
from organizations.month_tree import OrganizationAt, get_organizations_at
from reports.enums import ReturnState
from reports.models import DeadlineExtension, MonthlyReturn, PublishedMonth
from reports.returns.balance import ADJUSTMENT, CLOSING, OPENING
from reports.returns.publishing import build_content, hash_content

LINE_KEYS = ("indicator", "computed", "reported", "reason")


def find_wrong_figures() -> Iterator[str]:
    """Yield figures of open months that differ from a tally of their rows.

    Organizations with a recount request are left out: they are still to be counted.
    `figures.closed` proves the closed months. An indicator of which nothing was ever
    counted came with an upgrade: that is one line, not one for each place and month.
    """
    known = {*Figure.objects.values_list("indicator", flat=True).distinct()}
    uncounted = set[str]()
    ids = list(Organization.objects.values_list("pk", flat=True))
    calendar = calendar_of(ids)
    requested = set(RecountRequest.objects.values_list("organization_id", flat=True))
    months = Figure.objects.order_by("month").values_list("month", flat=True)
    used = {source.key for source in _sources() if source.has_any_row()}
    for month in months.distinct():
        organizations = get_organizations_at(ids, month)
        settled = {
            organization.pk
            for organization in organizations
            if organization.pk not in requested
            and not calendar.is_closed(organization.pk, month)
        }
        yield from _misplaced(month, settled, organizations)
        differing = [_own_differences(month, settled, used)]
        if not requested:
            differing.append(_distinct_differences(month, organizations, used))
        for key, line in chain.from_iterable(differing):
            if key in known:
                yield line
            else:
                uncounted.add(key)
    for key in sorted(uncounted):
        yield gettext("%(key)s has never been counted: a recount is due") % {"key": key}


def _misplaced(
    month: dt.date, settled: Collection[int], organizations: Collection[OrganizationAt]
) -> Iterator[str]:
    """Yield figures that no recount writes: of no indicator, place or path of then."""
    tiers = {one.key: Tier.SUBTREE if one.distinct else Tier.OWN for one in indicators}
    paths = {organization.pk: organization.path for organization in organizations}
    rows = Figure.objects.filter(month=month).order_by("pk")
    for pk, path, key, tier in rows.values_list(
        "organization_id", "path", "indicator", "tier"
    ).iterator():
        if pk not in paths:
            yield f"{month:%Y-%m} {key!r} of organization {pk}: not founded yet"
        elif pk in settled and tiers.get(key) != tier:
            yield f"{month:%Y-%m} {key!r} of organization {pk}: no figure"
        elif pk in settled and path != paths[pk]:
            yield f"{month:%Y-%m} {key!r} of organization {pk}: counted at {path}"


def _sources() -> Collection[Source]:
    return {one.source.key: one.source for one in indicators}.values()


def _to_compare(
    month: dt.date, tier: Tier, used: Collection[str]
) -> Iterator[Indicator]:
    """Yield the indicators of a tier of which there are rows or figures."""
    chosen = [one for one in indicators if bool(one.distinct) == (tier == Tier.SUBTREE)]
    unused = [one.key for one in chosen if one.source.key not in used]
    figures = Figure.objects.filter(month=month, indicator__in=unused, tier=tier)
    stored = {*figures.values_list("indicator", flat=True).distinct()}
    for one in chosen:
        if one.source.key in used or one.key in stored:
            yield one


def _own_differences(
    month: dt.date, ids: Collection[int], used: Collection[str]
) -> Iterator[tuple[str, str]]:
    for indicator in _to_compare(month, Tier.OWN, used):
        tally = tally_own_figures(indicator, month)
        expected = {pk: value for pk, value in tally.items() if pk in ids}
        stored = _stored_values(month, indicator.key, Tier.OWN, ids)
        yield from _differences(month, indicator.key, stored, expected)


def _distinct_differences(
    month: dt.date, organizations: Collection[OrganizationAt], used: Collection[str]
) -> Iterator[tuple[str, str]]:
    ids = {organization.pk for organization in organizations}
    for indicator in _to_compare(month, Tier.SUBTREE, used):
        expected = tally_distinct_figures(indicator, month, organizations)
        stored = _stored_values(month, indicator.key, Tier.SUBTREE, ids)
        yield from _differences(month, indicator.key, stored, expected)


def _stored_values(
    month: dt.date, key: str, tier: Tier, ids: Collection[int]
) -> dict[int, Decimal]:
    rows = Figure.objects.filter(month=month, indicator=key, tier=tier)
    values = rows.values_list("organization_id", "value")
    return {pk: value for pk, value in values if pk in ids}


def _differences(
    month: dt.date, key: str, stored: dict[int, Decimal], expected: dict[int, Decimal]
) -> Iterator[tuple[str, str]]:
    for pk in sorted(stored.keys() | expected.keys()):
        if stored.get(pk) != expected.get(pk):
            values = f"figure {stored.get(pk, 0)}, rows {expected.get(pk, 0)}"
            yield key, f"{month:%Y-%m} {key} of organization {pk}: {values}"


def find_altered_publications() -> Iterator[str]:
    """Yield published months whose bytes differ from their hash, log or return.

    The hash must also be the one in the audit log: bytes and hash can be rewritten
    together, the sealed audit log cannot.
    """
    logged = last_recorded_values(MonthlyReturn)
    rows = PublishedMonth.objects.select_related(
        "organization", "monthly_return__organization", "monthly_return__round__form"
    )
    for row in rows.prefetch_related("monthly_return__lines__form_line"):
        content = bytes(row.content)
        if hash_content(content) != row.sha256:
            yield f"{row}: the bytes do not have the hash"
            continue
        if logged[f"{row.monthly_return_id}"].get("sha256") != row.sha256:
            yield f"{row}: the audit log has another hash"
        published = json.loads(content)
        figures = {line["indicator"]: line["reported"] for line in published["lines"]}
        if row.figures != figures or _without_names(published) != _without_names(
            _rebuild(row)
        ):
            yield f"{row}: bytes, lines and figures differ"


def _rebuild(row: PublishedMonth) -> dict[str, Any]:
    """Return what the rows of a return would publish now."""
    lines = row.monthly_return.lines.all()
    organization = OrganizationAt(row.organization_id, "", "", "", row.path)
    return build_content(row.monthly_return, organization, lines)


def _without_names(content: Mapping[str, Any]) -> tuple[Any, ...]:
    """Leave out the names of people, places and cells, which may change afterwards."""
    lines = sorted([line[key] for key in LINE_KEYS] for line in content["lines"])
    return content["month"], content["version"], content["narrative"], lines


def find_incomplete_publications() -> Iterator[str]:
    """Yield accepted returns, published and closed months that lack one another."""
    accepted = MonthlyReturn.objects.filter(state=ReturnState.ACCEPTED)
    for row in accepted.filter(published=None).select_related("organization"):
        yield f"{row}: accepted, and nothing is published"
    closed = set(MonthState.objects.closed().values_list("organization", "month"))
    published = PublishedMonth.objects.select_related("organization", "monthly_return")
    for one in published:
        if one.monthly_return.state != ReturnState.ACCEPTED:
            yield f"{one}: published, and its return is not accepted"
        if (one.organization_id, one.month) not in closed:
            yield f"{one}: published, and the month is open"


def find_misreported_months() -> Iterator[str]:
    """Yield published months that differ from the stored figures of the month."""
    known = {indicator.key for indicator in indicators}
    rows = PublishedMonth.objects.select_related("monthly_return", "organization")
    for row in rows.prefetch_related("monthly_return__lines__form_line"):
        published = {
            line.form_line.indicator: line.computed
            for line in row.monthly_return.lines.all()
            if line.form_line.indicator not in {ADJUSTMENT, OPENING}
        }
        for key in sorted(published.keys() - known):
            yield f"{row}: a line of the form names {key!r}, which is no indicator"
            del published[key]
        organization = OrganizationAt(row.organization_id, "", "", "", row.path)
        stored = sum_figures(organization, row.month, published)
        for key, value in published.items():
            if value != stored[key]:
                yield f"{row} {key}: published {value}, counted {stored[key]}"


def find_broken_openings() -> Iterator[str]:
    """Yield published months that do not open with the closing published before."""
    figures_of = {
        (row.organization_id, row.month): row.figures
        for row in PublishedMonth.objects.select_related("organization")
    }
    for (organization_id, month), figures in figures_of.items():
        before = figures_of.get((organization_id, shift_month(month, -1)), {})
        if CLOSING not in before:
            continue
        if before[CLOSING] != figures.get(OPENING, before[CLOSING]):
            yield (
                f"organization {organization_id} {month:%Y-%m} opens with"
                f" {figures[OPENING]} after {before[CLOSING]}"
            )


def find_wrong_extensions() -> Iterator[str]:
    """Yield returns that are due on another day than their extension says."""
    extended = dict(
        DeadlineExtension.objects.values_list("monthly_return_id", "due_on")
    )
    rows = MonthlyReturn.objects.select_related("organization")
    rows = rows.filter(Q(pk__in=extended) | Q(extended_to__isnull=False))
    for row in rows.order_by("pk"):
        if row.extended_to != extended.get(row.pk):
            yield f"{row}: extended to {row.extended_to}, not {extended.get(row.pk)}"


invariants.add(
    Invariant(
        "reports.figures",
        _("Every figure is what its rows add up to"),
        find_wrong_figures,
    ),
    Invariant(
        "reports.published",
        _("Every published month has its hash, and says what its lines say"),
        find_altered_publications,
    ),
    Invariant(
        "reports.undone",
        _("Accepted returns are published, and their months closed"),
        find_incomplete_publications,
    ),
    Invariant(
        "reports.closed",
        _("Every published month says what was counted for it"),
        find_misreported_months,
    ),
    Invariant(
        "reports.openings",
        _("Every published month opens with the closing published before"),
        find_broken_openings,
    ),
    Invariant(
        "reports.extensions",
        _("Every return is due on the day to which its deadline was extended"),
        find_wrong_extensions,
    ),
)
