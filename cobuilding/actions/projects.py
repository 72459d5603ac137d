"""Beginning and ending projects."""

import datetime as dt
from typing import Any

from django.db import transaction

from cobuilding.enums import ProjectTag
from cobuilding.errors import AlreadyEnded
from cobuilding.models import Project
from core import trail
from core.constraints import checked
from core.months import today
from organizations.actions import refuse_other_places
from organizations.models import Organization, Unit


@transaction.atomic
def start_project(
    name: str,
    *,
    organization: Organization,
    tag: ProjectTag,
    by: object | None,
    unit: Unit | None = None,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
) -> Project:
    """Begin a project of the community, alone or together with a unit."""
    refuse_other_places(organization)
    project = Project(
        name=name,
        organization=organization,
        unit=unit,
        tag=tag,
        starts_on=starts_on or today(),
        ends_on=ends_on,
    )
    checked(project)
    project.save()
    trail.record(
        "cobuilding.start_project",
        project,
        by=by,
        organization_id=organization.pk,
        after=trail.snapshot(project),
    )
    return project


@transaction.atomic
def change_project(project: Project, *, by: object | None, **values: Any) -> Project:
    """Correct what is recorded of a project; its community stays the same."""
    project = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    before = trail.snapshot(project, *values)
    for name, value in values.items():
        setattr(project, name, value)
    checked(project)
    project.save(update_fields=[*values])
    trail.record(
        "cobuilding.change_project",
        project,
        by=by,
        organization_id=project.organization_id,
        before=before,
        after=trail.snapshot(project, *values),
    )
    return project


@transaction.atomic
def end_project(project: Project, *, by: object | None, reason: str) -> Project:
    """End a project today, or after its first day; what was done for it stays."""
    project = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if project.ends_on is not None and project.ends_on <= today():
        raise AlreadyEnded(name=project.name, day=project.last_day)
    before = trail.snapshot(project, "ends_on")
    project.ends_on = max(today(), project.starts_on + dt.timedelta(days=1))
    project.save(update_fields=["ends_on"])
    trail.record(
        "cobuilding.end_project",
        project,
        by=by,
        organization_id=project.organization_id,
        before=before,
        after=trail.snapshot(project, "ends_on"),
        reason=reason,
    )
    return project
