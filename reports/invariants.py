"""What must always be true of figures and published months."""

import datetime as dt
import json
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.queries import last_recorded_values
from core.months import shifted
from core.registries.invariants import Invariant, invariants
from figures.definitions import indicators
from figures.enums import Tier
from figures.models import Figure
from figures.sums import values_at
from figures.tallies import own_figures, subtree_figures
from organizations.calendars import calendar_of
from organizations.models import MonthState, Organization, RecountRequest
from organizations.month_tree import OrganizationAt, places_of
from reports.balance import ADJUSTMENT, CLOSING, OPENING
from reports.enums import ReturnState
from reports.models import MonthlyReturn, PublishedMonth
from reports.publishing import as_published, digest


def miscounted() -> Iterator[str]:
    """Figures of open months that adding the rows up one by one belies.

    Marked organizations are left out: their turn to be counted is still to come.
    """
    everyone = list(Organization.objects.values_list("pk", flat=True))
    calendar = calendar_of(everyone)
    stale = set(RecountRequest.objects.values_list("organization_id", flat=True))
    months = Figure.objects.order_by("month").values_list("month", flat=True)
    for month in months.distinct():
        places = places_of(everyone, month)
        due = {
            place.pk
            for place in places
            if place.pk not in stale and not calendar.is_closed(place.pk, month)
        }
        yield from _own_differences(month, due)
        if not stale:
            yield from _subtree_differences(month, places)


def _own_differences(month: dt.date, due: Collection[int]) -> Iterator[str]:
    for indicator in indicators:
        if not indicator.distinct:
            tallied = own_figures(indicator, month)
            wanted = {pk: value for pk, value in tallied.items() if pk in due}
            standing = _standing(month, indicator.key, Tier.OWN, due)
            yield from _told(month, indicator.key, standing, wanted)


def _subtree_differences(
    month: dt.date, places: Collection[OrganizationAt]
) -> Iterator[str]:
    everywhere = {place.pk for place in places}
    for indicator in indicators:
        if indicator.distinct:
            wanted = subtree_figures(indicator, month, places)
            standing = _standing(month, indicator.key, Tier.SUBTREE, everywhere)
            yield from _told(month, indicator.key, standing, wanted)


def _standing(
    month: dt.date, key: str, tier: Tier, due: Collection[int]
) -> dict[int, Decimal]:
    rows = Figure.objects.filter(month=month, indicator=key, tier=tier)
    found = rows.values_list("organization_id", "value")
    return {pk: value for pk, value in found if pk in due}


def _told(
    month: dt.date, key: str, standing: dict[int, Decimal], wanted: dict[int, Decimal]
) -> Iterator[str]:
    for pk in sorted(standing.keys() | wanted.keys()):
        if standing.get(pk) != wanted.get(pk):
            yield (
                f"{month:%Y-%m} {key} of organization {pk}: figure"
                f" {standing.get(pk, 0)}, rows {wanted.get(pk, 0)}"
            )


def tampered() -> Iterator[str]:
    """Published months whose bytes are not those of their hash, or of their return.

    The hash must be the one that the trail was told, too: bytes and hash can be
    rewritten together, the sealed trail cannot.
    """
    told = last_recorded_values(MonthlyReturn)
    rows = PublishedMonth.objects.select_related(
        "organization", "monthly_return__organization", "monthly_return__round__form"
    )
    for row in rows.prefetch_related("monthly_return__lines__form_line"):
        content = bytes(row.content)
        if digest(content) != row.sha256:
            yield f"{row}: the bytes do not have the hash"
            continue
        if told[f"{row.monthly_return_id}"].get("sha256") != row.sha256:
            yield f"{row}: the audit log has another hash"
        said = json.loads(content)
        figures = {line["indicator"]: line["reported"] for line in said["lines"]}
        if row.figures != figures or _core_of(said) != _core_of(_stands(row)):
            yield f"{row}: bytes, lines and figures differ"


LINE = ("indicator", "computed", "reported", "reason")


def _stands(row: PublishedMonth) -> dict[str, Any]:
    """Return what the rows of a return would publish now."""
    lines = row.monthly_return.lines.all()
    place = OrganizationAt(row.organization_id, "", "", "", row.path)
    return as_published(row.monthly_return, place, lines)


def _core_of(content: Mapping[str, Any]) -> tuple[Any, ...]:
    """Leave out the names of people, places and cells, which may change afterwards."""
    lines = sorted([line[name] for name in LINE] for line in content["lines"])
    return content["month"], content["version"], content["narrative"], lines


def undone() -> Iterator[str]:
    """Accepted returns, published months and closed months that lack one another."""
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


def unfaithful() -> Iterator[str]:
    """Published months that the counted figures of the closed month belie."""
    rows = PublishedMonth.objects.select_related("monthly_return", "organization")
    for row in rows.prefetch_related("monthly_return__lines__form_line"):
        said = {
            line.form_line.indicator: line.computed
            for line in row.monthly_return.lines.all()
            if line.form_line.indicator not in {ADJUSTMENT, OPENING}
        }
        place = OrganizationAt(row.organization_id, "", "", "", row.path)
        found = values_at(place, row.month, said)
        for key, value in said.items():
            if value != found[key]:
                yield f"{row} {key}: published {value}, counted {found[key]}"


def torn() -> Iterator[str]:
    """Published months that do not open with the closing published before."""
    figures = {
        (row.organization_id, row.month): row.figures
        for row in PublishedMonth.objects.select_related("organization")
    }
    for (organization_id, month), said in figures.items():
        before = figures.get((organization_id, shifted(month, -1)), {})
        if CLOSING in before and before[CLOSING] != said.get(OPENING, before[CLOSING]):
            yield (
                f"organization {organization_id} {month:%Y-%m} opens with"
                f" {said[OPENING]} after {before[CLOSING]}"
            )


invariants.add(
    Invariant(
        "reports.figures",
        _("Every figure is what its rows add up to"),
        miscounted,
    ),
    Invariant(
        "reports.published",
        _("Every published month has its hash, and says what its lines say"),
        tampered,
    ),
    Invariant(
        "reports.undone",
        _("Accepted returns are published, and their months closed"),
        undone,
    ),
    Invariant(
        "reports.closed",
        _("Every published month says what was counted for it"),
        unfaithful,
    ),
    Invariant(
        "reports.openings",
        _("Every published month opens with the closing published before"),
        torn,
    ),
)
