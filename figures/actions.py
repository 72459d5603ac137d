"""Recount stored figures from the rows, where an action has requested it."""

import datetime as dt
import logging
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from itertools import chain
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, Min

from core.db.digests import digested
from core.db.locks import hold_locks, lock_exclusive, one_snapshot
from core.db.tree import ancestor_paths
from core.months import month_of, months_between, shift_month, today
from figures.closed_months import digest_figures, digests_of, ids_ever_below
from figures.counting import count_figure
from figures.definitions import (
    group_by_source,
    indicators,
    preparations,
    values_by_organization,
)
from figures.enums import Tier
from figures.models import ClosedFigures, Figure
from organizations.actions import request_recount
from organizations.calendars import calendar_of
from organizations.models import (
    MonthState,
    Organization,
    OrganizationVersion,
    RecountRequest,
)
from organizations.month_tree import (
    OrganizationAt,
    get_organizations_at,
    get_organizations_on_paths,
)

BATCH_SIZE, REQUESTS_PER_BATCH = 500, 10_000
LOCK = "figures.recount"
CENT = Decimal("0.01")
logger = logging.getLogger(__name__)
ValuesById = Mapping[int, Mapping[str, Decimal]]


def request_full_recount() -> int:
    """Request a recount of every organization; return how many there are.

    Ages, six-month tests and expiries change without any action. The recount starts
    with last month, or with the last month counted if the chores have been off.
    """
    first = shift_month(month_of(today()), -1)
    last = Figure.objects.aggregate(month=Max("month"))["month"]
    month = min(first, last or first)
    ids = list(Organization.objects.values_list("pk", flat=True))
    request_recount((pk, month) for pk in ids)
    return len(ids)


def request_recount_after_migrate(**_kwargs: Any) -> None:
    """Request a recount of every month that is still open, where one was counted.

    An upgrade may bring figures, or count them otherwise. Until the chores have counted
    them `verify` says so, instead of naming each.
    """
    tables = {model._meta.db_table for model in (Figure, RecountRequest, Organization)}
    if not tables <= {*connection.introspection.table_names()}:
        return
    first = Figure.objects.aggregate(month=Min("month"))["month"]
    if first is not None:
        ids = Organization.objects.order_by("pk").values_list("pk", flat=True)
        request_recount((pk, first) for pk in list(ids))


def recount_requested() -> int:
    """Recount the organizations of the oldest requests; return how many were counted.

    If the figures of one organization cannot be counted, the others are counted
    nevertheless: its request moves to the end of the queue, and the error is logged.
    """
    oldest = RecountRequest.objects.order_by("pk").values_list(
        "organization_id", flat=True
    )
    ids = set(oldest[:BATCH_SIZE])
    try:
        return _recount_batch(ids)
    except Exception:
        logger.exception("Figures of %s could not be counted together.", ids)
    return sum(_recount_one(organization_id) for organization_id in ids)


def _recount_one(organization_id: int) -> int:
    try:
        return _recount_batch({organization_id})
    except Exception:
        logger.exception(
            "Figures of organization %s could not be recounted.", organization_id
        )
    with transaction.atomic():
        requests = RecountRequest.objects.filter(organization=organization_id)
        failed = list(requests.values_list("pk", "month"))
        request_recount((organization_id, month) for _pk, month in failed)
        requests.filter(pk__in=[pk for pk, _month in failed]).delete()
    return 0


def _recount_batch(ids: set[int]) -> int:
    """Recount some organizations in one snapshot; all of them or none.

    Requests that arrive meanwhile are not in the snapshot: they are served next.
    """
    if not ids:
        return 0
    with hold_locks(LOCK, _affected_ids(ids)), one_snapshot():
        requests = RecountRequest.objects.filter(organization__in=ids).order_by("pk")
        batch = list(
            requests.values_list("pk", "organization_id", "month")[:REQUESTS_PER_BATCH]
        )
        earliest: dict[int, dt.date] = {}
        for _pk, organization_id, month in batch:
            earliest[organization_id] = min(month, earliest.get(organization_id, month))
        RecountRequest.objects.filter(pk__in=[pk for pk, *_rest in batch]).delete()
        for month, month_ids in _open_months(earliest).items():
            _recount_month(month, month_ids)
    return len(earliest)


def recount(organization_ids: Iterable[int], month: dt.date) -> None:
    """Recount one month of some organizations, requested or not."""
    ids = list(organization_ids)
    with hold_locks(LOCK, _affected_ids(ids)), one_snapshot():
        _recount_month(month, ids)


def _affected_ids(organization_ids: Iterable[int]) -> set[int]:
    """Return the organizations whose figures change: these, and recounted ancestors."""
    ids = set(organization_ids)
    if not any(indicator.distinct for indicator in indicators):
        return ids
    rows = Organization.objects.filter(pk__in=ids).values_list("path", flat=True)
    paths = set(chain.from_iterable(ancestor_paths(path) for path in rows))
    ancestors = Organization.objects.filter(path__in=paths)
    return ids | set(ancestors.values_list("pk", flat=True))


def _open_months(earliest: Mapping[int, dt.date]) -> dict[dt.date, list[int]]:
    """Return the organizations to be counted in each month that they have not closed.

    No organization is counted in months before it was founded, however old a fact is.
    """
    calendar = calendar_of(earliest)
    founded = dict(
        OrganizationVersion.objects.filter(organization__in=earliest)
        .order_by()
        .values_list("organization")
        .annotate(Min("starts_on"))
    )
    ids_by_month: dict[dt.date, list[int]] = {}
    for organization_id, requested in earliest.items():
        first = max(requested, month_of(founded[organization_id]))
        for month in months_between(first, month_of(today())):
            if not calendar.is_closed(organization_id, month):
                ids_by_month.setdefault(month, []).append(organization_id)
    return ids_by_month


def _recount_month(month: dt.date, ids: Sequence[int]) -> None:
    """Recount one month of organizations, with one query for each source."""
    for preparation in preparations:
        preparation.run(month, ids)
    organizations = get_organizations_at(ids, month)
    values: dict[int, dict[str, Decimal]] = {pk: {} for pk in ids}
    for group in group_by_source(i for i in indicators if not i.distinct).values():
        for pk, counted in values_by_organization(group, month, values).items():
            values[pk] |= counted
    _store_figures(month, Tier.OWN, organizations, values)
    _recount_distinct(month, organizations)


def _recount_distinct(month: dt.date, organizations: Iterable[OrganizationAt]) -> None:
    """Recount figures that may not be summed, for the places and their ancestors."""
    distinct = [indicator for indicator in indicators if indicator.distinct]
    if not distinct:
        return
    paths = {
        p
        for organization in organizations
        for p in (*ancestor_paths(organization.path), organization.path)
    }
    all_organizations = get_organizations_on_paths(paths, month)
    values = {
        organization.pk: {i.key: count_figure(i, organization, month) for i in distinct}
        for organization in all_organizations
    }
    _store_figures(month, Tier.SUBTREE, all_organizations, values)


def _store_figures(
    month: dt.date,
    tier: Tier,
    organizations: Iterable[OrganizationAt],
    values: ValuesById,
) -> None:
    """Write the figures of some places; leave unchanged rows untouched."""
    missing = {
        (organization.pk, key): Figure(
            organization_id=organization.pk,
            path=organization.path,
            month=month,
            indicator=key,
            tier=tier,
            value=value.quantize(CENT),
        )
        for organization in organizations
        for key, value in values[organization.pk].items()
        if value
    }
    stored = Figure.objects.filter(
        month=month, tier=tier, organization__in=list(values)
    )
    changed, gone = list[Figure](), list[Figure]()
    for row in stored:
        counted = missing.pop((row.organization_id, row.indicator), None)
        if counted is None:
            gone.append(row)
        elif (row.value, row.path) != (counted.value, counted.path):
            row.value, row.path = counted.value, counted.path
            changed.append(row)
    with _renewed_digests(
        month, {row.organization_id for row in chain(gone, changed, missing.values())}
    ):
        Figure.objects.filter(pk__in=[row.pk for row in gone]).delete()
        Figure.objects.bulk_update(changed, ["value", "path"], batch_size=200)
        Figure.objects.bulk_create(missing.values(), batch_size=500)


@contextmanager
def _renewed_digests(month: dt.date, ids: Collection[int]) -> Iterator[None]:
    """Renew the digests of closed months whose figures the block changes.

    Figures that did not match their digest before are left to be found.
    """
    rows = (
        ClosedFigures.objects.filter(organization__in=ids, month=month) if ids else ()
    )
    sound = [
        row
        for row in rows
        if row.digest == digest_figures((row.organization_id, month))
    ]
    yield
    if sound:
        _renew(sound, month)


@digested
def _renew(rows: Iterable[ClosedFigures], month: dt.date) -> None:
    for row in rows:
        row.digest = digest_figures((row.organization_id, month))
        row.save(update_fields=["digest"])


def digest_closed_figures(
    organization: Organization, before: dt.date | None, month: dt.date
) -> None:
    """Digest the figures that an organization files, of the months that close now.

    No recount that saw a month open may write to it afterwards: the lock waits for it.
    """
    ids = ids_ever_below(organization)
    lock_exclusive(LOCK, ids)
    calendar = calendar_of(ids)
    closing = Figure.objects.filter(organization__in=ids, month__lte=month)
    if before is not None:
        closing = closing.filter(month__gt=before)
    ClosedFigures.objects.bulk_create(
        (
            ClosedFigures(organization_id=key, month=closed_month, digest=digest)
            for (key, closed_month), digest in digests_of(closing)
            if calendar.filed_by(key, closed_month) == organization.pk
        ),
        batch_size=500,
    )


@digested
def begin_closed_figures(**_kwargs: Any) -> None:
    """Digest the figures of all months that were closed before there were digests."""
    tables = {ClosedFigures._meta.db_table, MonthState._meta.db_table}
    if not tables <= set(connection.introspection.table_names()):
        return
    if ClosedFigures.objects.exists():
        return
    closed = MonthState.objects.last_closed()
    for organization in Organization.objects.filter(pk__in=closed):
        digest_closed_figures(organization, None, closed[organization.pk])
