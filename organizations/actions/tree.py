"""Actions on the tree: create, change and end organizations."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.dates import format_month
from core.db.constraints import validate, validate_all
from core.db.tree import child_path, path_range
from core.months import month_of, today
from core.names import fold_name
from core.pinyin import search_key
from organizations.actions.recounts import request_recount
from organizations.actions.refusals import refuse_ended, refuse_misfit
from organizations.calendars import calendar_of
from organizations.closing_blockers import blockers_for
from organizations.errors import (
    ChangedLater,
    IsOtherName,
    MonthIsClosed,
    StillHasChildren,
    StillInUse,
    WouldFormCycle,
)
from organizations.models import Organization, OrganizationAlias, OrganizationVersion
from organizations.move_checks import lock_tree, move_checks
from organizations.naming import name_key

DECIDE_FILING = ("parent", "kind")
SHARED = ("name", "full_name", "kind", "parent_id", "path")
BEGINNING = dt.date(1949, 10, 1)


def _clean_names(node: Organization) -> None:
    """Normalize the names, and set the key that must differ between siblings."""
    node.name, node.full_name = fold_name(node.name), fold_name(node.full_name)
    node.name_key = name_key(node.name)
    node.sound = search_key(node.name)


def _set_names(node: Organization) -> None:
    """Normalize the names; refuse the other name of a sibling.

    In a sheet it could mean either of the two. Other names have no key of their own;
    those of siblings are few.
    """
    _clean_names(node)
    names = OrganizationAlias.objects.filter(
        organization__parent=node.parent_id, organization__ended_on=None
    )
    rows = names.exclude(organization=node.pk).values_list("name", "organization__name")
    for name, other in rows:
        if name_key(name) == node.name_key:
            raise IsOtherName(name=node.name, other=other)


def _new_version(node: Organization, starts_on: dt.date) -> OrganizationVersion:
    values = {name: getattr(node, name) for name in SHARED}
    return OrganizationVersion(organization=node, starts_on=starts_on, **values)


def _next_path(parent: Organization | None) -> str:
    """Allocate the next path below a parent; a path is never reused."""
    if parent is None:
        return child_path("", Organization.objects.filter(parent=None).count() + 1)
    locked = Organization.objects.select_for_update(of=("self",)).get(pk=parent.pk)
    refuse_ended(locked)
    locked.last_child_number += 1
    locked.save(update_fields=["last_child_number"])
    return child_path(locked.path, locked.last_child_number)


@action(label=_("Organization founded"), former_name="found_organization")
def create_organization(
    *, by: Actor | None, starts_on: dt.date | None = None, **values: Any
) -> Organization:
    """Create an organization below its parent, from a day on (today by default)."""
    node = Organization(**values)
    _set_names(node)
    node.path = _next_path(node.parent)
    validate(node)
    refuse_misfit(node)
    node.save()
    _new_version(node, starts_on or today()).save()
    audit.record(
        node,
        by=by,
        organization_id=node.pk,
        after=audit.snapshot(node),
    )
    return node


@action(label=_("Organization changed"))
def change_organization(
    node: Organization, *, by: Actor | None, on: dt.date | None = None, **values: Any
) -> Organization:
    """Rename, redefine or move an organization from a day on; its past stays.

    Moving includes the subtree: each node gets a new path and a new version. Refuses
    changes out of order, a move below itself, kinds that do not fit, and another parent
    or kind from a day in a month that is closed at the old or the new place.
    """
    day = on or today()
    node = _lock_for_change(node, moves="parent" in values)
    _refuse_out_of_order(node, day)
    regroups = _refuse_regrouping(node, day, values)
    old_path, old_parent_id, former = node.path, node.parent_id, node.kind
    with audit.recording(node, *values, by=by, organization_id=node.pk):
        for name, value in values.items():
            setattr(node, name, value)
        if {"name", "parent"} & values.keys():
            _set_names(node)
        node.path = _path_below(node, old_parent_id)
        validate(node)
        if regroups:
            refuse_misfit(node, former)
        columns = {"name", "full_name", "name_key", "sound", "path"}
        node.save(update_fields={*values, *columns})
        _change_versions([node], day)
        if node.path != old_path:
            _move_subtree(old_path, node, day)
        if regroups:
            _refuse_closed_month(node, day)
    return node


def _path_below(node: Organization, old_parent_id: int | None) -> str:
    if node.parent_id == old_parent_id:
        return node.path
    if node.parent is not None and node.parent.path.startswith(node.path):
        raise WouldFormCycle(name=node.name)
    return _next_path(node.parent)


def _lock_for_change(node: Organization, *, moves: bool) -> Organization:
    if moves:
        lock_tree()
    return Organization.objects.select_for_update(of=("self",)).get(pk=node.pk)


def _refuse_out_of_order(node: Organization, day: dt.date) -> None:
    """Refuse a change before the last one, or in the future."""
    refuse_ended(node)
    last = node.versions.order_by("starts_on").last()
    if last is not None and not last.starts_on <= day <= today():
        raise ChangedLater(name=node.name, day=last.starts_on)


def _refuse_regrouping(
    node: Organization, day: dt.date, values: Mapping[str, Any]
) -> bool:
    """Refuse another parent or kind in a closed month; return whether there is one."""
    regroups = any(
        name in values and values[name] != getattr(node, name) for name in DECIDE_FILING
    )
    if regroups:
        _refuse_closed_month(node, day)
    return regroups


def _refuse_closed_month(node: Organization, day: dt.date) -> None:
    """Refuse to change who files a closed month: its figures are published.

    Asked twice: below the organization's old place, and below its new one.
    """
    below = Organization.objects.filter(path_range("", node.path))
    ids = set(below.values_list("pk", flat=True))
    calendar, month = calendar_of(ids, lock=True), month_of(day)
    if any(calendar.is_closed(pk, month) for pk in ids):
        raise MonthIsClosed(month=format_month(month), name=node.name)


def _move_subtree(old_path: str, node: Organization, day: dt.date) -> None:
    """Give the subtree of a moved node its new paths, and request recounts."""
    below = list(Organization.objects.filter(path_range("", old_path)))
    for child in below:
        child.path = node.path + child.path[len(old_path) :]
    Organization.objects.bulk_update(below, ["path"])
    _change_versions([child for child in below if child.ended_on is None], day)
    for check in move_checks:
        check.refuse(node)
    request_recount((moved.pk, day) for moved in (node, *below))


def _change_versions(nodes: list[Organization], day: dt.date) -> None:
    """End the open versions and begin new ones; replace those of the same day."""
    open_versions = OrganizationVersion.objects.filter(
        organization__in=nodes, ends_on=None
    )
    open_versions.filter(starts_on__gte=day).delete()
    open_versions.update(ends_on=day)
    OrganizationVersion.objects.bulk_create(_new_version(node, day) for node in nodes)


@action(label=_("Organization ended"))
def end_organization(
    node: Organization, *, by: Actor | None, reason: str, on: dt.date | None = None
) -> Organization:
    """End an organization from a day on; it is never deleted.

    Refuses while open children or closing blockers remain, which the apps declare
    (`organizations.closing_blockers`). One created that day ends the next day.
    """
    chosen_day = on or today()
    node = Organization.objects.select_for_update(of=("self",)).get(pk=node.pk)
    refuse_ended(node)
    if node.children.open().exists():
        raise StillHasChildren(name=node.name)
    version = node.versions.get(ends_on=None)
    day = max(chosen_day, version.starts_on + dt.timedelta(days=1))
    if left := blockers_for(node, day):
        raise StillInUse(name=node.name, day=chosen_day, left="；".join(left))
    node.ended_on = version.ends_on = day
    node.save(update_fields=["ended_on"])
    version.save(update_fields=["ends_on"])
    request_recount([(node.pk, day)])
    audit.record(
        node,
        by=by,
        organization_id=node.pk,
        after={"ended_on": day.isoformat()},
        reason=reason,
    )
    return node


@action(label=_("Organizations founded together"), former_name="found_organizations")
def create_organizations(
    rows: Iterable[Mapping[str, Any]],
    *,
    by: Actor | None,
    starts_on: dt.date = BEGINNING,
) -> dict[str, Organization]:
    """Create many organizations, parents before children; return them by code.

    Each row has `code`, `name`, `full_name`, `kind`, `parent` (a code or None), and may
    have `aliases` and `aliases_within` (names valid only inside another code's sheets).
    """
    specifications = list(rows)
    created = _create_nodes(specifications)
    nodes = list(created.values())
    OrganizationVersion.objects.bulk_create(
        _new_version(node, starts_on) for node in nodes
    )
    aliases = list(_aliases(specifications, created))
    validate_all(aliases)
    OrganizationAlias.objects.bulk_create(aliases)
    audit.record_many(
        [audit.AuditEvent(node, node.pk, {}, audit.snapshot(node)) for node in nodes],
        by=by,
    )
    return created


def _create_nodes(rows: Iterable[Mapping[str, Any]]) -> dict[str, Organization]:
    """Save the nodes of the rows, each below its parent; return them by code."""
    created: dict[str, Organization] = {}
    for row in rows:
        parent = created[row["parent"]] if row["parent"] else None
        node = Organization(
            code=row["code"],
            name=row["name"],
            full_name=row["full_name"],
            kind=row["kind"],
            parent=parent,
        )
        _clean_names(node)
        if parent is None:
            node.path = _next_path(None)
        else:
            refuse_misfit(node)
            parent.last_child_number += 1
            node.path = child_path(parent.path, parent.last_child_number)
        node.save()
        created[node.code] = node
    Organization.objects.bulk_update(created.values(), ["last_child_number"])
    return created


def _aliases(
    rows: Iterable[Mapping[str, Any]], created: Mapping[str, Organization]
) -> Iterable[OrganizationAlias]:
    for row in rows:
        node = created[row["code"]]
        for name in row.get("aliases", ()):
            yield OrganizationAlias(organization=node, name=name)
        for code, names in row.get("aliases_within", {}).items():
            for name in names:
                yield OrganizationAlias(
                    organization=node, name=name, within=created[code]
                )
