"""Start, correct, end and void projects."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.enums import ProjectTag
from communities.errors import ProjectEnded, ProjectInUse, ProjectVoided
from communities.models import Project
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import today
from organizations.actions import refuse_non_community, request_recount
from organizations.closing_blockers import blockers_for
from organizations.errors import StillInUse
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
    """Correct a project; its community cannot change.

    Of one that was ended the agreed end is corrected, not the actual one.
    """
    project = _lock_project(project)
    if project.ended_on is not None and "ends_on" in values:
        values["planned_ends_on"] = values.pop("ends_on")
    first = project.starts_on
    with audit.recording(
        project, *values, by=by, organization_id=project.organization_id
    ):
        for name, value in values.items():
            setattr(project, name, value)
        validate(project)
        project.save(update_fields=[*values])
        if project.starts_on != first:  # what targets are expected to reach follows it
            request_recount([(project.organization_id, min(first, project.starts_on))])
    return project


@action(label=_("Project ended"))
def end_project(project: Project, *, by: Actor | None, reason: str) -> Project:
    """End a project today, or after its first day.

    Refuses one that has ended, and one on which open posts, vouchers or targets hang.
    """
    project = _lock_project(project)
    if project.ends_on is not None and project.ends_on <= today():
        day = project.ended_on or project.last_day
        raise ProjectEnded(name=project.name, day=day)
    before = audit.snapshot(project, "ends_on")
    changed = project.end_today()
    if left := blockers_for(project, project.ends_on or today()):
        raise StillInUse(name=project.name, day=project.ends_on, left="；".join(left))
    project.save(update_fields=changed)
    audit.record(
        project,
        by=by,
        organization_id=project.organization_id,
        before=before,
        after=audit.snapshot(project, *changed),
        reason=reason,
    )
    return project


@action(label=_("Project voided"))
def void_project(project: Project, *, by: Actor | None, reason: str) -> Project:
    """Void a project that was started by mistake; refuse one that something names."""
    project = _lock_project(project)
    if kinds := kinds_naming(project):
        raise ProjectInUse(name=project.name, kinds="、".join(kinds))
    project.save(update_fields=project.void(reason))
    audit.record_void(
        project, by=by, organization_id=project.organization_id, reason=reason
    )
    return project


def _lock_project(project: Project) -> Project:
    """Lock a project; refuse one that was voided."""
    rows = Project.all_objects.select_for_update(of=("self",))
    project = rows.get(pk=project.pk)
    if project.voided_at is not None:
        raise ProjectVoided(
            name=project.name, day=timezone.localdate(project.voided_at)
        )
    return project


def kinds_naming(project: Project) -> list[str]:
    """Return the kinds of valid rows that name the project, of every app."""
    return [
        str(relation.related_model._meta.verbose_name)
        for relation in project._meta.related_objects
        if relation.related_model._default_manager.filter(
            **{relation.field.name: project}
        ).exists()
    ]
