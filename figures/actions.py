"""Counting figures from the rows, wherever a deed has left a mark."""

import datetime as dt
import logging
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import chain

from django.db import transaction
from django.db.models import Max, Min

from core.db.locks import hold_locks, one_snapshot
from core.db.tree import ancestor_paths
from core.months import month_of, months_between, shift_month, today
from figures.definitions import by_source, grouped_values, indicators, preparations
from figures.enums import Tier
from figures.models import Figure
from figures.rows import measured
from organizations.actions import request_recount
from organizations.calendars import calendar_of
from organizations.models import Organization, OrganizationVersion, RecountRequest
from organizations.month_tree import OrganizationAt, places_at, places_of

AT_ONCE, MARKS_AT_ONCE = 500, 10_000
LOCK = "reports.figures"
CENT = Decimal("0.01")
logger = logging.getLogger(__name__)
Found = Mapping[int, Mapping[str, Decimal]]


def mark_everything() -> int:
    """Mark all organizations: ages, six-month tests and expiries move by themselves.

    From last month on, or from the last month counted, should the work have rested.
    """
    first = shift_month(month_of(today()), -1)
    last = Figure.objects.aggregate(month=Max("month"))["month"]
    month = min(first, last or first)
    everyone = list(Organization.objects.values_list("pk", flat=True))
    request_recount((pk, month) for pk in everyone)
    return len(everyone)


def recount_marked() -> int:
    """Count anew what the oldest marks point at; return how many organizations.

    Where the rows of one cannot be counted, the others are: it goes to the end of the
    queue, and the log says why.
    """
    oldest = RecountRequest.objects.order_by("pk").values_list(
        "organization_id", flat=True
    )
    waiting = set(oldest[:AT_ONCE])
    try:
        return _recount(waiting)
    except Exception:
        logger.exception("Figures of %s could not be counted together.", waiting)
    return sum(_recount_alone(organization_id) for organization_id in waiting)


def _recount_alone(organization_id: int) -> int:
    try:
        return _recount({organization_id})
    except Exception:
        logger.exception("Figures of organization %s stay stale.", organization_id)
    with transaction.atomic():
        marks = RecountRequest.objects.filter(organization=organization_id)
        kept = list(marks.values_list("pk", "month"))
        request_recount((organization_id, month) for _pk, month in kept)
        marks.filter(pk__in=[pk for pk, _month in kept]).delete()
    return 0


def _recount(waiting: set[int]) -> int:
    """Count some organizations anew in one snapshot; all of them or none.

    Marks that arrive meanwhile are not in the snapshot: they stay, and are next.
    """
    if not waiting:
        return 0
    with hold_locks(LOCK, _involved(waiting)), one_snapshot():
        marks = RecountRequest.objects.filter(organization__in=waiting).order_by("pk")
        taken = list(
            marks.values_list("pk", "organization_id", "month")[:MARKS_AT_ONCE]
        )
        earliest: dict[int, dt.date] = {}
        for _pk, organization_id, month in taken:
            earliest[organization_id] = min(month, earliest.get(organization_id, month))
        RecountRequest.objects.filter(pk__in=[pk for pk, *_rest in taken]).delete()
        for month, ids in _open_months(earliest).items():
            _count(month, ids)
    return len(earliest)


def recount(organization_ids: Iterable[int], month: dt.date) -> None:
    """Count one month of some organizations anew, marked or not."""
    ids = list(organization_ids)
    with hold_locks(LOCK, _involved(ids)), one_snapshot():
        _count(month, ids)


def _involved(organization_ids: Iterable[int]) -> set[int]:
    """Whose figures change: the organizations' own, and what is recounted above."""
    ids = set(organization_ids)
    if not any(indicator.distinct for indicator in indicators):
        return ids
    rows = Organization.objects.filter(pk__in=ids).values_list("path", flat=True)
    above = set(chain.from_iterable(ancestor_paths(path) for path in rows))
    found = Organization.objects.filter(path__in=above).values_list("pk", flat=True)
    return ids | set(found)


def _open_months(earliest: Mapping[int, dt.date]) -> dict[dt.date, list[int]]:
    """Spread organizations over the months to be counted; closed ones stay closed.

    None is counted in months before it was founded, however old a fact may be.
    """
    calendar = calendar_of(earliest)
    founded = dict(
        OrganizationVersion.objects.filter(organization__in=earliest)
        .order_by()
        .values_list("organization")
        .annotate(Min("starts_on"))
    )
    spread: dict[dt.date, list[int]] = {}
    for organization_id, marked in earliest.items():
        first = max(marked, month_of(founded[organization_id]))
        for month in months_between(first, month_of(today())):
            if not calendar.is_closed(organization_id, month):
                spread.setdefault(month, []).append(organization_id)
    return spread


def _count(month: dt.date, ids: Sequence[int]) -> None:
    """Count one month: each table once for all the organizations together."""
    for preparation in preparations:
        preparation.run(month, ids)
    places = places_of(ids, month)
    found: dict[int, dict[str, Decimal]] = {pk: {} for pk in ids}
    for group in by_source(i for i in indicators if not i.distinct).values():
        for pk, values in grouped_values(group, month, found).items():
            found[pk] |= values
    _write(month, Tier.OWN, places, found)
    _count_above(month, places)


def _count_above(month: dt.date, places: Iterable[OrganizationAt]) -> None:
    """Recount what may not be summed, for the places and all above them."""
    apart = [indicator for indicator in indicators if indicator.distinct]
    if not apart:
        return
    paths = {p for place in places for p in (*ancestor_paths(place.path), place.path)}
    above = places_at(paths, month)
    found = {
        place.pk: {i.key: measured(i, place, month) for i in apart} for place in above
    }
    _write(month, Tier.SUBTREE, above, found)


def _write(
    month: dt.date, tier: Tier, places: Iterable[OrganizationAt], found: Found
) -> None:
    """Bring the figures of some places in line with what was found, and no others."""
    wanted = {
        (place.pk, key): Figure(
            organization_id=place.pk,
            path=place.path,
            month=month,
            indicator=key,
            tier=tier,
            value=value.quantize(CENT),
        )
        for place in places
        for key, value in found[place.pk].items()
        if value
    }
    standing = Figure.objects.filter(
        month=month, tier=tier, organization__in=list(found)
    )
    changed, gone = list[Figure](), list[int]()
    for row in standing:
        right = wanted.pop((row.organization_id, row.indicator), None)
        if right is None:
            gone.append(row.pk)
        elif (row.value, row.path) != (right.value, right.path):
            row.value, row.path = right.value, right.path
            changed.append(row)
    Figure.objects.filter(pk__in=gone).delete()
    Figure.objects.bulk_update(changed, ["value", "path"], batch_size=200)
    Figure.objects.bulk_create(wanted.values(), batch_size=500)
