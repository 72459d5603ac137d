"""Take changes of the tree back that were mistakes: their days are of open months."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.db.tree import STEP, path_range
from organizations.actions.recounts import request_recount
from organizations.actions.refusals import refuse_ended
from organizations.actions.tree import SHARED, change_organization
from organizations.ended_places import recorded_columns, records_at
from organizations.errors import ChangedSince, RecordedSince
from organizations.models import (
    Organization,
    OrganizationChange,
    OrganizationVersion,
)

REMEMBERED = ("name", "full_name", "kind", "parent_id", "guidance_parent_id", "path")
MOST_NAMED = 5


def remember_organization(node: Organization) -> dict[str, Any]:
    """Return what an organization is, so that it can be given back."""
    return {name: getattr(node, name) for name in REMEMBERED}


@action(label=_("Organization given its former state"))
def restore_organization(
    node: Organization, before: Mapping[str, Any], *, on: dt.date, by: Actor | None
) -> Organization:
    """Give an organization back what it was before a change, as if that had not been.

    Refuses one that was changed again on a later day, with what lies above it too.
    """
    last = node.versions.order_by("starts_on").last()
    if last is None or last.starts_on != on or last.ends_on is not None:
        raise ChangedSince(name=node.name)
    names = ("parent", "guidance_parent")
    values = {n: v for n, v in before.items() if n in {"name", "full_name", "kind"}}
    values |= {n: _organization(before[f"{n}_id"]) for n in names}
    changed = {n: v for n, v in values.items() if v != getattr(node, n)}
    node = change_organization(node, by=by, on=on, **changed)
    above = node.parent.path if node.parent is not None else ""
    if before["path"] != node.path and before["path"][:-STEP] == above:
        _return_to_path(node, before["path"], on)
    _join_versions(node, on)
    return node


def _organization(key: int | None) -> Organization | None:
    return Organization.objects.get(pk=key) if key is not None else None


def _return_to_path(node: Organization, path: str, day: dt.date) -> None:
    """Let a subtree lie where it lay: no path is given to another organization."""
    rows = [*Organization.objects.filter(path_range("", node.path))]
    left = node.path
    for row in rows:
        row.path = path + row.path[len(left) :]
    Organization.objects.bulk_update(rows, ["path"])
    paths = {row.pk: row.path for row in rows}
    versions = OrganizationVersion.objects.filter(
        organization__in=paths, ends_on=None, starts_on=day
    )
    moved = [*versions]
    for version in moved:
        version.path = paths[version.organization_id]
    OrganizationVersion.objects.bulk_update(moved, ["path"])
    node.path = path


def _join_versions(node: Organization, day: dt.date) -> None:
    """Let versions that ended on a day go on where nothing has changed on it."""
    below = Organization.objects.filter(path_range("", node.path)).values("pk")
    rows = OrganizationVersion.objects.filter(organization__in=below)
    ended = {row.organization_id: row for row in rows.filter(ends_on=day)}
    same = [
        row
        for row in rows.filter(starts_on=day, ends_on=None)
        if (former := ended.get(row.organization_id)) is not None
        and all(getattr(row, name) == getattr(former, name) for name in SHARED)
    ]
    rows.filter(pk__in=[row.pk for row in same]).delete()
    going_on = [ended[row.organization_id].pk for row in same]
    rows.filter(pk__in=going_on).update(ends_on=None)


@action(label=_("End of an organization voided"))
def reopen_organization(
    node: Organization, *, on: dt.date, by: Actor | None, reason: str
) -> Organization:
    """Let an organization go on that was ended by mistake."""
    node = Organization.objects.select_for_update(of=("self",)).get(pk=node.pk)
    version = node.versions.order_by("starts_on").last()
    if version is None or node.ended_on is None or version.ends_on != node.ended_on:
        raise ChangedSince(name=node.name)
    if node.parent is not None:
        refuse_ended(node.parent)
        if node.path[:-STEP] != node.parent.path:
            raise ChangedSince(name=node.parent.name)
    with audit.recording(
        node, "ended_on", by=by, organization_id=node.pk, reason=reason
    ):
        node.ended_on = version.ends_on = None
        validate(node)
        node.save(update_fields=["ended_on"])
        version.save(update_fields=["ends_on"])
    request_recount([(node.pk, on)])
    return node


@action(label=_("Organization withdrawn"))
def withdraw_organization(
    node: Organization,
    change: OrganizationChange,
    *,
    by: Actor | None,
    reason: str,
) -> Organization:
    """Withdraw an organization that was founded by mistake; refuse one with records.

    It is never deleted: it ends on the day after it began, so that no month counts it.
    """
    node = Organization.objects.select_for_update(of=("self",)).get(pk=node.pk)
    refuse_ended(node)
    if left := [*_records_of(node)]:
        raise RecordedSince(name=node.name, left="；".join(left))
    first = node.versions.order_by("starts_on").first()
    assert first is not None  # noqa: S101 -- an organization has a version at least
    node.versions.exclude(pk=first.pk).delete()
    with audit.recording(
        node, "ended_on", by=by, organization_id=node.pk, reason=reason
    ):
        node.ended_on = first.ends_on = first.starts_on + dt.timedelta(days=1)
        node.save(update_fields=["ended_on"])
        first.save(update_fields=["ends_on"])
    request_recount([(node.pk, change.happened_on)])
    return node


def _records_of(node: Organization) -> Iterator[str]:
    """Yield in words what was recorded at an organization, kind by kind."""
    for model, columns in recorded_columns().items():
        for column in columns:
            rows = records_at(model, column, [node.pk])
            names = [str(row) for row in rows[: MOST_NAMED + 1]]
            if names:
                more = "…" if len(names) > MOST_NAMED else ""
                label = model._meta.verbose_name
                yield f"{label}：{'、'.join(names[:MOST_NAMED])}{more}"
