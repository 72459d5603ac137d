"""Reads of co-building that need more than one table."""

import datetime as dt
from typing import Any

from django.db.models import Prefetch, QuerySet

from cobuilding.models import Agreement, Target, TargetProgress
from cobuilding.querysets import AgreementQuerySet
from core.db.querysets import current_on
from core.months import last_day, month_of
from organizations.models import OrganizationVersion


def with_latest_progress(agreements: AgreementQuerySet) -> AgreementQuerySet:
    """Prefetch targets, each with `latest`: its latest progress, if any."""
    latest = TargetProgress.objects.select_related("target").order_by("-month")[:1]
    return agreements.select_related(
        "unit", "organization", "ended_by"
    ).prefetch_related(
        Prefetch("targets", Target.objects.select_related("project")),
        Prefetch("targets__progress", latest, to_attr="latest"),
    )


def rows_of_target(target: Target, month: dt.date) -> QuerySet[Any]:
    """Return the rows that make up a target's own figure of a month."""
    indicator, organization = target.measure, target.agreement.organization_id
    versions = OrganizationVersion.objects.filter(organization=organization)
    version = versions.filter(current_on(last_day(month))).first()
    rows = indicator.rows(month).none()
    if version is not None:
        rows = indicator.rows_within(version, month)
    return rows.filter(target.counted_rows)


def covers_month(agreement: Agreement, month: dt.date) -> bool:
    """Whether the agreement covers part of the month."""
    return month_of(agreement.starts_on) <= month < agreement.ends_on
