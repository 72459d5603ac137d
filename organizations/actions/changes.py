"""Decisions about organizations, each with its document: all or nothing."""

import datetime as dt
from collections.abc import Mapping, Sequence
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
from core.months import month_of, refuse_future_day
from organizations.actions.aliases import set_aliases
from organizations.actions.refusals import refuse_ended
from organizations.actions.restoring import remember_organization
from organizations.actions.tree import (
    change_organization,
    create_organization,
)
from organizations.calendars import calendar_of
from organizations.enums import ChangeKind
from organizations.errors import (
    MonthIsClosed,
    NothingChanges,
)
from organizations.first_secretary import Appointment, first_secretaries
from organizations.models import Organization, OrganizationChange
from organizations.move_checks import lock_tree
from organizations.naming import name_key

LONGEST_CODE = 40


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


def record_change(
    node: Organization,
    kind: ChangeKind,
    basis: Basis,
    *,
    on: dt.date,
    by: Actor | None,
    other: Organization | None = None,
    moved: Sequence[str] = (),
    undo: Mapping[str, Any],
) -> OrganizationChange:
    """Record a decision with its document, and what takes it back."""
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
        undo={**undo},
    )
    validate(change)
    change.save()
    told = audit.snapshot(change, *change.logged)
    audit.record(change, by=by, organization_id=node.pk, after=told)
    return change


@action(label=_("Organization founded with approval"))
def found_with_approval(
    parent: Organization,
    *,
    basis: Basis,
    on: dt.date,
    by: Actor | None,
    secretary: Model | None = None,
    **values: Any,
) -> Organization:
    """Found an organization below a parent, under a code of its own.

    The first secretary is in office from its first day.
    """
    refuse_future_day(on)
    refuse_ended(parent)
    refuse_closed_month([parent], on)
    code = values.pop("code", "") or propose_code(parent)
    node = create_organization(by=by, starts_on=on, parent=parent, code=code, **values)
    undo: dict[str, Any] = {}
    if secretary is not None:
        appointed = Appointment(
            *(basis.basis, basis.basis_number, basis.approved_by),
            approved_on=basis.approved_on,
            by=by,
        )
        port = first_secretaries.get()
        undo["secretary"] = port.appoint(node, secretary, on, appointed)
    record_change(
        node, ChangeKind.FOUNDED, basis, on=on, by=by, other=parent, undo=undo
    )
    return node


@action(label=_("Organization renamed"))
def rename_organization(
    node: Organization, *, basis: Basis, on: dt.date, by: Actor | None, **values: Any
) -> Organization:
    """Give an organization another name from a day on; sheets may use the old one."""
    node = Organization.objects.select_for_update(of=("self",)).get(pk=node.pk)
    before, known = remember_organization(node), {*node.other_names}
    if all(getattr(node, name) == value for name, value in values.items()):
        raise NothingChanges(name=node.name)
    node = change_organization(node, by=by, on=on, **values)
    if node.name != before["name"]:
        add_names(node, [before["name"]], by=by)
    retyped = node.kind != before["kind"]
    kind = ChangeKind.RETYPED if retyped else ChangeKind.RENAMED
    undo = {"before": before, "names": [*{*node.other_names} - known]}
    record_change(node, kind, basis, on=on, by=by, undo=undo)
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
    lock_tree()
    node = Organization.objects.select_for_update(of=("self",)).get(pk=node.pk)
    undo = {"before": remember_organization(node), "names": []}
    node = change_organization(node, by=by, on=on, parent=parent, **values)
    record_change(node, ChangeKind.MOVED, basis, on=on, by=by, other=parent, undo=undo)
    return node


def refuse_closed_month(nodes: Sequence[Organization], day: dt.date) -> None:
    """Refuse a day in a month that is closed for one of the organizations."""
    calendar, month = calendar_of({node.pk for node in nodes}, lock=True), month_of(day)
    for node in nodes:
        if calendar.is_closed(node.pk, month):
            raise MonthIsClosed(month=format_month(month), name=node.name)


def add_names(node: Organization, names: Sequence[str], *, by: Actor | None) -> None:
    """Let sheets use former names, unless a sibling is called so now."""
    siblings = Organization.objects.open().filter(parent=node.parent_id)
    taken = {key for key in siblings.values_list("name_key", flat=True) if key}
    fresh = [name for name in names if name_key(name) not in taken]
    set_aliases(node, [*node.other_names, *fresh], by=by)
