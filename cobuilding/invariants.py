"""Invariants of agreements and their targets."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cobuilding.models import Target
from core.db.querysets import current_on
from core.db.tree import path_range
from core.months import last_day, month_of, months_between
from core.registries.invariants import Invariant, invariants
from figures.definitions import Kind
from organizations.models import RecountRequest


def find_foreign_projects() -> Iterator[str]:
    """Find targets over a project of another community, or of another unit."""
    other_organization = ~Q(project__organization=F("agreement__organization"))
    other_unit = ~Q(project__unit=F("agreement__unit"))
    strange = other_organization | Q(project__unit__isnull=False) & other_unit
    for pk in Target.objects.filter(strange).values_list("pk", flat=True):
        yield f"target {pk}"


def find_wrong_progress() -> Iterator[str]:
    """Find targets whose latest progress differs from their rows.

    Targets whose figures wait to be recounted are left for the next run.
    """
    targets = Target.objects.select_related("agreement__organization")
    for target in targets.filter(progress__isnull=False).distinct():
        latest = target.progress.latest("month")
        organization = target.agreement.organization
        if RecountRequest.objects.filter(
            path_range("organization", organization.path)
        ).exists():
            continue
        if (counted := recount_value(target, latest.month)) != latest.value:
            yield f"target {target.pk}: {latest.value} / {counted}"


def recount_value(target: Target, month: dt.date) -> Decimal:
    """Recompute a target's value at the end of a month."""
    first = month_of(target.agreement.starts_on)
    flows = target.measure.kind == Kind.FLOW
    months = months_between(first, month) if flows else [month]
    return sum((count_month(target, each) for each in months), Decimal(0))


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
