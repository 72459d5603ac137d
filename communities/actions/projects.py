"""Starting, correcting and ending projects."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from communities.enums import ProjectTag
from communities.errors import ProjectEnded
from communities.models import Project
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import today
from organizations.actions import refuse_non_community
from organizations.models import Organization, Unit


@action(label=_("Project started"))
def start_project(
    name: str,
    *,
    organization: Organization,
    tag: ProjectTag,
    by: Actor | None,
    unit: Unit | None = None,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
) -> Project:
    """Start a project of a community, alone or with a unit; refuse other kinds."""
    refuse_non_community(organization)
    project = Project(
        name=name,
        organization=organization,
        unit=unit,
        tag=tag,
        starts_on=starts_on or today(),
        ends_on=ends_on,
    )
    validate(project)
    project.save()
    audit.record(
        project,
        by=by,
        organization_id=organization.pk,
        after=audit.snapshot(project),
    )
    return project


@action(label=_("Project corrected"))
def change_project(project: Project, *, by: Actor | None, **values: Any) -> Project:
    """Correct a project; its community cannot change."""
    project = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    before = audit.snapshot(project, *values)
    for name, value in values.items():
        setattr(project, name, value)
    validate(project)
    project.save(update_fields=[*values])
    audit.record(
        project,
        by=by,
        organization_id=project.organization_id,
        before=before,
        after=audit.snapshot(project, *values),
    )
    return project


@action(label=_("Project ended"))
def end_project(project: Project, *, by: Actor | None, reason: str) -> Project:
    """End a project today, or after its first day; refuse one that has ended."""
    project = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if project.ends_on is not None and project.ends_on <= today():
        raise ProjectEnded(name=project.name, day=project.last_day)
    before = audit.snapshot(project, "ends_on")
    project.ends_on = max(today(), project.starts_on + dt.timedelta(days=1))
    project.save(update_fields=["ends_on"])
    audit.record(
        project,
        by=by,
        organization_id=project.organization_id,
        before=before,
        after=audit.snapshot(project, "ends_on"),
        reason=reason,
    )
    return project
