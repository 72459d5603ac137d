"""Invariants of agreements and their targets."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from django.db.models import F, Max, Q
from django.utils.translation import gettext_lazy as _

from cobuilding.expectations import expected_in
from cobuilding.models import Target, TargetProgress
from core.db.querysets import current_on
from core.db.tree import path_range
from core.months import last_day, month_of, months_between, today
from core.registries.invariants import Invariant, invariants
from figures.definitions import Kind
from figures.models import Figure
from organizations.calendars import Calendar, calendar_of
from organizations.models import RecountRequest


def find_foreign_projects() -> Iterator[str]:
    """Find targets over a project of another community, or of another unit."""
    other_organization = ~Q(project__organization=F("agreement__organization"))
    other_unit = ~Q(project__unit=F("agreement__unit"))
    strange = other_organization | Q(project__unit__isnull=False) & other_unit
    for pk in Target.objects.filter(strange).values_list("pk", flat=True):
        yield f"target {pk}"


class Counted(NamedTuple):
    """What the rows of a target come to in a month, and by its end."""

    month_value: Decimal
    value: Decimal


def find_wrong_progress() -> Iterator[str]:
    """Find progress that differs from its rows, is missing, or is of no due month.

    Targets whose figures wait to be recounted are left for the next run.
    """
    targets = Target.objects.select_related("agreement__organization", "project")
    communities = set(targets.values_list("agreement__organization", flat=True))
    calendar = calendar_of(communities)
    for target in targets.order_by("pk").prefetch_related("progress"):
        if not _waits(target):
            for month, fault in _faults(target, calendar):
                yield f"target {target.pk} {month:%Y-%m}: {fault}"


def _waits(target: Target) -> bool:
    below = path_range("organization", target.agreement.organization.path)
    return RecountRequest.objects.filter(below).exists()


def _faults(target: Target, calendar: Calendar) -> Iterator[tuple[dt.date, str]]:
    stored = {row.month: row for row in target.progress.all()}
    due = due_months(target)
    is_closed = partial(calendar.is_closed, target.agreement.organization_id)
    open_months = {month for month in due if not is_closed(month)}
    for month in sorted(stored.keys() - {*due}):
        yield month, "no month to be measured"
    rows = {month: stored[month] for month in due if month in stored}
    for month in _measured(target, open_months, rows, due):
        if month not in rows:
            yield month, "missing"
    for month, row in rows.items():
        if row.on_course != (row.value >= row.expected):
            yield month, f"on course {row.on_course}"
    yield from _miscounted(target, rows, open_months)


def _miscounted(
    target: Target, rows: Mapping[dt.date, TargetProgress], open_months: set[dt.date]
) -> Iterator[tuple[dt.date, str]]:
    """Yield figures that differ from the rows.

    A closed month keeps what was counted while it was open, also where its rows are
    corrected afterwards; there only the latest month is compared.
    """
    months = sorted(rows.keys() & {*open_months, max(rows, default=None)})
    counted = dict(recount_values(target, months))
    for month in months:
        row = rows[month]
        for fault in _differences(row, counted[month]):
            yield month, fault
        if month in open_months and row.expected not in expected_lately(target, month):
            yield month, f"expected {row.expected}"


def _differences(row: TargetProgress, counted: Counted) -> Iterator[str]:
    for name, value in zip(Counted._fields, counted, strict=True):
        if getattr(row, name) != value:
            yield f"{name} {getattr(row, name)} / {value}"


def due_months(target: Target) -> list[dt.date]:
    """Return the months, up to this one, at whose end the target is measured."""
    agreement = target.agreement
    if agreement.in_force_on is None:
        return []
    first = month_of(max(agreement.starts_on, agreement.in_force_on))
    return months_between(first, month_of(min(agreement.ends_on, today())))


def _measured(
    target: Target,
    open_months: Iterable[dt.date],
    rows: Collection[dt.date],
    due: Iterable[dt.date],
) -> list[dt.date]:
    """Return the due months that must have a row.

    Whoever counts an open month's figures measures its targets up to that month.
    """
    agreement = target.agreement
    figures = Figure.objects.filter(
        path_range("organization", agreement.organization.path),
        month__in=open_months,
        month__lt=agreement.ends_on,
    )
    last = figures.aggregate(month=Max("month"))["month"]
    return [month for month in due if month <= max([*rows, last or dt.date.min])]


def expected_lately(target: Target, month: dt.date) -> set[Decimal]:
    """Return what may stand as expected: today's value, or that of the last recount."""
    days = (today(), today() - dt.timedelta(days=1))
    return {expected_in(target, month, day) for day in days}


def recount_values(
    target: Target, months: Collection[dt.date]
) -> Iterator[tuple[dt.date, Counted]]:
    """Recompute a target's figures of each month since its agreement's beginning."""
    flows = target.measure.kind == Kind.FLOW
    value = Decimal(0)
    first = month_of(target.agreement.starts_on)
    for month in months_between(first, max(months, default=dt.date.min)):
        own = count_month(target, month)
        value = value + own if flows else own
        yield month, Counted(own, value)


def count_month(target: Target, month: dt.date) -> Decimal:
    """Count a target's figure of one month, within the month's own tree."""
    versions = target.agreement.organization.versions.filter(
        current_on(last_day(month))
    )
    indicator, counted = target.measure, target.counted_rows
    return sum(
        (
            indicator.measure(indicator.rows_within(version, month).filter(counted))
            for version in versions
        ),
        Decimal(0),
    )


invariants.add(
    Invariant(
        "cobuilding.projects",
        _("Every target is measured over a project of its own two sides"),
        find_foreign_projects,
    ),
    Invariant(
        "cobuilding.progress",
        _("The progress of every target is what its rows come to"),
        find_wrong_progress,
    ),
)
