"""Dissolve organizations into others and split them: all or nothing."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from core.actions import action
from core.actors import Actor
from core.errors import ChangedSinceRead
from core.months import month_of, refuse_future_day, today
from organizations.actions.changes import (
    Basis,
    add_names,
    propose_code,
    record_change,
    refuse_closed_month,
)
from organizations.actions.refusals import refuse_ended
from organizations.actions.restoring import remember_organization
from organizations.actions.tree import (
    change_organization,
    create_organization,
    end_organization,
)
from organizations.calendars import calendar_of
from organizations.enums import FILING, HOLDING_MEMBERS, ChangeKind
from organizations.errors import (
    DecidedThatDay,
    MergesNothing,
    MergesUnlike,
    NobodyStays,
    NothingSplitOff,
)
from organizations.merge_errors import CameSince
from organizations.mergers import (
    SPLITTING,
    Merge,
    Moving,
    list_moving,
    mergers,
    move_rows,
    remember_rows,
)
from organizations.models import Organization, OrganizationChange
from organizations.move_checks import lock_tree

NAMED = 20
"""Of how many members a refusal gives the names."""


@action(label=_("Organization dissolved into another"))
def merge_organization(
    source: Organization,
    *,
    target: Organization,
    basis: Basis,
    on: dt.date,
    by: Actor | None,
) -> Organization:
    """Dissolve an organization into another one: what it has goes along.

    What lies below it is put below the other; members, cases and what else the apps
    take along (`organizations.mergers`) belong to the other from the day on, its bodies
    and roles end. Its names are other names of the target afterwards. Refuses days in
    a closed month, and whatever could not go along is named by the end's blockers.
    """
    refuse_future_day(on)
    lock_tree()
    locked = Organization.objects.select_for_update(of=("self",)).order_by("pk")
    rows = locked.in_bulk([source.pk, target.pk])
    source, target = rows[source.pk], rows[target.pk]
    _refuse_wrong_pair(source, target)
    refuse_closed_month([source, target], on)
    merge = Merge(source, target, on, by, basis.reason)
    _refuse_taken_over(source, mergers.get(SPLITTING).rows_of(source), on)
    moving = [*moving_of(source, target)]
    undo = remember_rows(moving, target)
    undo["children"] = []
    for child in source.children.open().order_by("path"):
        known = {"pk": child.pk, "before": remember_organization(child)}
        undo["children"].append(known)
        change_organization(child, by=by, on=on, parent=target)
    target.refresh_from_db()
    moved = move_rows(moving, Merge(source, target, on, by, merge.reason))
    names = [source.name, *source.other_names]
    ended = end_organization(source, by=by, reason=merge.reason, on=on)
    former = {*target.other_names}
    add_names(target, names, by=by)
    undo["names"] = [*{*target.other_names} - former]
    record_change(
        ended,
        ChangeKind.MERGED,
        basis,
        on=on,
        by=by,
        other=target,
        moved=moved,
        undo=undo,
    )
    return target


def moving_of(source: Organization, target: Organization) -> list[Moving]:
    """Return what goes along from one organization to another."""
    calendar, month = calendar_of({source.pk, target.pk}), month_of(today())
    filed = {calendar.filed_by(node.pk, month) for node in (source, target)}
    return [*list_moving(source, in_return=len(filed) == 1)]


@action(label=_("Organization split"))
def split_organization(
    source: Organization,
    *,
    chosen: Sequence[Model],
    basis: Basis,
    on: dt.date,
    by: Actor | None,
    **values: Any,
) -> Organization:
    """Found an organization beside another one, with members chosen from it."""
    if not chosen:
        raise NothingSplitOff
    refuse_future_day(on)
    lock_tree()
    locked = Organization.objects.select_for_update(of=("self",))
    source = locked.select_related("parent").get(pk=source.pk)
    refuse_ended(source)
    refuse_closed_month([source], on)
    rows = mergers.get(SPLITTING).rows_of(source)
    keys = [row.pk for row in chosen]
    leaving = rows.filter(pk__in=keys).order_by("pk")
    if leaving.count() < len({*keys}):
        raise ChangedSinceRead
    if not rows.exclude(pk__in=keys).exists():
        raise NobodyStays(name=source.name)
    _refuse_taken_over(source, leaving, on)
    parent = source.parent
    if parent is None:
        raise MergesNothing(name=source.name, target=source.name)
    code = values.pop("code", "") or propose_code(parent)
    new = create_organization(by=by, starts_on=on, parent=parent, code=code, **values)
    merger = mergers.get(SPLITTING)
    merge = Merge(source, new, on, by, basis.reason)
    moving = [Moving(merger, [*leaving])]
    undo = remember_rows(moving, new)
    moved = move_rows(moving, merge)
    record_change(
        new,
        ChangeKind.SPLIT,
        basis,
        on=on,
        by=by,
        other=source,
        moved=moved,
        undo=undo,
    )
    return new


def _refuse_wrong_pair(source: Organization, target: Organization) -> None:
    refuse_ended(source)
    refuse_ended(target)
    if target.path.startswith(source.path):
        raise MergesNothing(name=source.name, target=target.name)
    both = {source.kind, target.kind}
    community = both & {*FILING}
    alike = len(both) == 1 or (both <= {*HOLDING_MEMBERS} and not community)
    if not alike:
        raise MergesUnlike(name=source.name, target=target.name)


def _refuse_taken_over(source: Organization, rows: Any, day: dt.date) -> None:
    """Refuse to pass members on who came by another decision on the day or later."""
    if not rows.filter(starts_on__gte=day).exists():
        return
    came = Q(kind=ChangeKind.MERGED, other=source)
    came |= Q(kind=ChangeKind.SPLIT, organization=source)
    found = OrganizationChange.objects.filter(came, happened_on__gte=day).first()
    if found is not None:
        raise DecidedThatDay(
            name=source.name, day=found.happened_on, decision=found.summary
        )
    late = [*rows.filter(starts_on__gte=day).order_by("-starts_on", "pk")]
    names = "、".join(str(row.member) for row in late[:NAMED])
    raise CameSince(
        name=source.name, count=len(late), last=late[0].starts_on, names=names
    )
