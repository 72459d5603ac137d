"""Measure the targets of agreements, month by month."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import accumulate

from cobuilding.expectations import expected_in
from cobuilding.models import Target, TargetProgress, work_of_unit
from cobuilding.querysets import expecting
from core.db.digests import digested
from core.db.querysets import Node, current_on
from core.months import (
    last_day,
    month_of,
    months_between,
)
from figures.definitions import Kind, indicators
from organizations.actions import request_recount
from organizations.models import Organization, OrganizationVersion
from organizations.queries import filing_organizations

ZERO = Decimal(0)
MEASURED = ["month_value", "value", "expected", "on_course"]
Measure = tuple[str, int | None]
"""An indicator, and the unit whose people alone it counts, if it counts so."""
MonthValues = Mapping[tuple[Measure, dt.date], Mapping[int, Decimal]]


@digested
def measure_targets(month: dt.date, organization_ids: Iterable[int]) -> None:
    """Update the month's progress of the organizations' targets.

    A branch's figure changes the targets of its community. If the verdict of a target
    of another community changes, that community's figures are requested to be
    recounted. Measuring twice has the effect of measuring once.
    """
    asked = set(organization_ids)
    organizations = filing_organizations(Organization.objects.filter(pk__in=asked))
    communities = {organization.pk for organization in organizations.values()}
    targets = list(
        Target.objects.measured_in(month)
        .filter(agreement__organization__in=communities)
        .select_related("agreement", "project")
        .order_by("pk")
    )
    by_community = defaultdict(list)
    for target in targets:
        by_community[target.agreement.organization_id].append(target)
    before = _verdicts(targets, month)
    for community_id, promised in by_community.items():
        _measure(community_id, promised, month)
    after = _verdicts(targets, month)
    request_recount(
        (target.agreement.organization_id, month)
        for target in targets
        if target.agreement.organization_id not in asked
        and before.get(target.pk) != after.get(target.pk)
    )


def _verdicts(targets: Iterable[Target], month: dt.date) -> dict[int, bool]:
    """Return by target whether it is on course, for those that are due."""
    rows = TargetProgress.objects.filter(
        expecting(), target__in=[*targets], month=month
    )
    return dict(rows.values_list("target", "on_course"))


def _measure(community_id: int, targets: list[Target], month: dt.date) -> None:
    """Measure one community's targets from their beginning up to the month.

    The month's own row is updated if it changed; earlier ones are only added where they
    are missing, because their months may be closed.
    """
    first = min(month_of(target.agreement.starts_on) for target in targets)
    months = months_between(first, month)
    values = _month_values(community_id, targets, months)
    rows = [row for target in targets for row in _progress(target, months, values)]
    stored = {
        (row.target_id, row.month): row
        for row in TargetProgress.objects.filter(target__in=targets, month__in=months)
    }
    missing = [row for row in rows if (row.target_id, row.month) not in stored]
    changed = [
        row
        for row in rows
        if row.month == month and _unlike(row, stored.get((row.target_id, month)))
    ]
    _write([row for row in missing if row.month < month], update=["month"])
    _write(changed, update=MEASURED)


def _unlike(row: TargetProgress, stored: TargetProgress | None) -> bool:
    return any(getattr(row, name) != getattr(stored, name, None) for name in MEASURED)


def _write(rows: list[TargetProgress], *, update: list[str]) -> None:
    """Write rows; of one that somebody else wrote meanwhile update these columns."""
    TargetProgress.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["target", "month"],
        update_fields=update,
    )


def _month_values(
    community_id: int, targets: Iterable[Target], months: Iterable[dt.date]
) -> MonthValues:
    """Compute each indicator per project and month, within the month's own tree."""
    versions = OrganizationVersion.objects.filter(organization=community_id)
    measures = {measure_of(target) for target in targets}
    projects = {target.project_id for target in targets}
    values = {}
    for month in months:
        version = versions.filter(current_on(last_day(month))).first()
        if version is None:  # the community was founded later
            continue
        for measure in measures:
            values[measure, month] = _per_project(measure, version, month, projects)
    return values


def measure_of(target: Target) -> Measure:
    """Return what a target measures over its project."""
    return target.indicator, target.counted_unit_id


def _per_project(
    measure: Measure, node: Node, month: dt.date, projects: Iterable[int]
) -> dict[int, Decimal]:
    key, unit_id = measure
    indicator = indicators.get(key)
    name = str(indicator.source.project)
    measured = (
        indicator.rows_within(node, month)
        .filter(work_of_unit(indicator.source, unit_id), **{f"{name}__in": projects})
        .order_by()
        .values_list(name)
        .annotate(value=indicator.aggregate(month))
    )
    return {project: indicator.exact(value) for project, value in measured}


def _progress(
    target: Target, months: Iterable[dt.date], values: MonthValues
) -> list[TargetProgress]:
    """Return a target's progress of the months at whose end its agreement was in force.

    What was done since the agreement's beginning counts, also before it was signed.
    """
    in_force_on = target.agreement.in_force_on
    first = month_of(target.agreement.starts_on)
    span = [month for month in months if month >= first]
    measure = measure_of(target)
    own = [values.get((measure, m), {}).get(target.project_id, ZERO) for m in span]
    flows = target.measure.kind == Kind.FLOW
    return [
        _row(target, month, month_value, value)
        for month, month_value, value in zip(
            span, own, accumulate(own) if flows else own, strict=True
        )
        if in_force_on is not None and in_force_on <= last_day(month)
    ]


def _row(
    target: Target, month: dt.date, month_value: Decimal, value: Decimal
) -> TargetProgress:
    expected = expected_in(target, month)
    return TargetProgress(
        target=target,
        month=month,
        month_value=month_value,
        value=value,
        expected=expected,
        on_course=value >= expected,
    )
