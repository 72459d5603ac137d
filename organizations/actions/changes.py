"""Decisions about organizations, each with its document: all or nothing."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.dates import format_month
from core.db.constraints import validate
from core.months import month_of, refuse_future_day, today
from organizations.actions.aliases import set_aliases
from organizations.actions.refusals import refuse_ended
from organizations.actions.tree import (
    change_organization,
    create_organization,
    end_organization,
)
from organizations.calendars import calendar_of
from organizations.enums import FILING, HOLDING_MEMBERS, ChangeKind
from organizations.errors import (
    MergesNothing,
    MergesUnlike,
    MonthIsClosed,
    NobodyStays,
    NothingChanges,
    NothingSplitOff,
)
from organizations.mergers import Merge, Moving, list_moving, mergers, move_rows
from organizations.models import Organization, OrganizationChange
from organizations.move_checks import lock_tree
from organizations.naming import name_key

LONGEST_CODE = 40
SPLITTING = "members.affiliations"


@dataclass(frozen=True, slots=True)
class Basis:
    """The document on which a decision rests, and who approved it when."""

    basis: str
    basis_number: str = ""
    approved_by: str = ""
    approved_on: dt.date | None = None

    @property
    def reason(self) -> str:
        """The document as it stands in the log."""
        number = f"（{self.basis_number}）" if self.basis_number else ""
        return f"{self.basis}{number}"


def propose_code(parent: Organization) -> str:
    """Return a code for a new organization below a parent that nobody has yet."""
    stem = parent.code[: LONGEST_CODE - 4]
    taken = set(
        Organization.objects.filter(code__startswith=stem).values_list(
            "code", flat=True
        )
    )
    codes = (f"{stem}-{number:02d}" for number in count(1))
    return next(code for code in codes if code not in taken)


def _record(
    node: Organization,
    kind: ChangeKind,
    basis: Basis,
    *,
    on: dt.date,
    by: Actor | None,
    other: Organization | None = None,
    moved: Sequence[str] = (),
) -> OrganizationChange:
    change = OrganizationChange(
        organization=node,
        kind=kind,
        other=other,
        happened_on=on,
        basis=basis.basis,
        basis_number=basis.basis_number,
        approved_by=basis.approved_by,
        approved_on=basis.approved_on,
        moved=[*moved],
    )
    validate(change)
    change.save()
    audit.record(change, by=by, organization_id=node.pk, after=audit.snapshot(change))
    return change


@action(label=_("Organization founded with approval"))
def found_with_approval(
    parent: Organization,
    *,
    basis: Basis,
    on: dt.date,
    by: Actor | None,
    **values: Any,
) -> Organization:
    """Found an organization below a parent, under a code of its own."""
    refuse_future_day(on)
    refuse_ended(parent)
    _refuse_closed_month([parent], on)
    code = values.pop("code", "") or propose_code(parent)
    node = create_organization(by=by, starts_on=on, parent=parent, code=code, **values)
    _record(node, ChangeKind.FOUNDED, basis, on=on, by=by, other=parent)
    return node


@action(label=_("Organization renamed"))
def rename_organization(
    node: Organization, *, basis: Basis, on: dt.date, by: Actor | None, **values: Any
) -> Organization:
    """Give an organization another name from a day on; sheets may use the old one."""
    former, former_kind = node.name, node.kind
    if all(getattr(node, name) == value for name, value in values.items()):
        raise NothingChanges(name=node.name)
    node = change_organization(node, by=by, on=on, **values)
    if node.name != former:
        _add_names(node, [former], by=by)
    retyped = node.kind != former_kind
    kind = ChangeKind.RETYPED if retyped else ChangeKind.RENAMED
    _record(node, kind, basis, on=on, by=by)
    return node


@action(label=_("Organization put below another parent"))
def move_organization(
    node: Organization,
    *,
    parent: Organization,
    basis: Basis,
    on: dt.date,
    by: Actor | None,
    **values: Any,
) -> Organization:
    """Put an organization with everything below it under another parent."""
    node = change_organization(node, by=by, on=on, parent=parent, **values)
    _record(node, ChangeKind.MOVED, basis, on=on, by=by, other=parent)
    return node


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
    _refuse_closed_month([source, target], on)
    merge = Merge(source, target, on, by, basis.reason)
    moving = [*moving_of(source, target)]
    for child in source.children.open().order_by("path"):
        change_organization(child, by=by, on=on, parent=target)
    target.refresh_from_db()
    moved = move_rows(moving, Merge(source, target, on, by, merge.reason))
    names = [source.name, *source.other_names]
    ended = end_organization(source, by=by, reason=merge.reason, on=on)
    _add_names(target, names, by=by)
    _record(ended, ChangeKind.MERGED, basis, on=on, by=by, other=target, moved=moved)
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
    _refuse_closed_month([source], on)
    staying = mergers.get(SPLITTING).rows_of(source)
    if not staying.exclude(pk__in=[row.pk for row in chosen]).exists():
        raise NobodyStays(name=source.name)
    parent = source.parent
    if parent is None:
        raise MergesNothing(name=source.name, target=source.name)
    code = values.pop("code", "") or propose_code(parent)
    new = create_organization(by=by, starts_on=on, parent=parent, code=code, **values)
    merger = mergers.get(SPLITTING)
    merge = Merge(source, new, on, by, basis.reason)
    moved = move_rows([Moving(merger, [*chosen])], merge)
    _record(new, ChangeKind.SPLIT, basis, on=on, by=by, other=source, moved=moved)
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


def _refuse_closed_month(nodes: Sequence[Organization], day: dt.date) -> None:
    calendar, month = calendar_of({node.pk for node in nodes}, lock=True), month_of(day)
    for node in nodes:
        if calendar.is_closed(node.pk, month):
            raise MonthIsClosed(month=format_month(month), name=node.name)


def _add_names(node: Organization, names: Sequence[str], *, by: Actor | None) -> None:
    """Let sheets use former names, unless a sibling is called so now."""
    siblings = Organization.objects.open().filter(parent=node.parent_id)
    taken = {key for key in siblings.values_list("name_key", flat=True) if key}
    fresh = [name for name in names if name_key(name) not in taken]
    set_aliases(node, [*node.other_names, *fresh], by=by)
