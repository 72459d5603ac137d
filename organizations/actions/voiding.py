"""Void decisions about organizations that were a mistake: what they did goes back."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.dates import format_month
from core.months import month_of, months_between, today
from organizations.actions.aliases import set_aliases
from organizations.actions.restoring import (
    reopen_organization,
    restore_organization,
    withdraw_organization,
)
from organizations.calendars import calendar_of
from organizations.enums import ChangeKind
from organizations.errors import (
    ChangedSince,
    DecidedBeforeMonthClosed,
    DecidedSince,
    DecisionVoided,
    NotRemembered,
    PaidSince,
)
from organizations.first_secretary import first_secretaries
from organizations.mergers import SPLITTING, Merge, Merger, mergers
from organizations.models import Organization, OrganizationChange
from organizations.move_checks import lock_tree

K = ChangeKind


@action(label=_("Decision about an organization voided"))
def void_decision(
    change: OrganizationChange, *, by: Actor | None, reason: str
) -> OrganizationChange:
    """Take a decision back that was a mistake; its row stays, with the reason.

    What it moved goes back, except what `Merger.take_back` does not cover. Refuses
    decisions of months that are closed since, and those on which something newer rests.
    """
    lock_tree()
    rows = OrganizationChange.all_objects.select_for_update(of=("self",))
    change = rows.select_related("organization", "other").get(pk=change.pk)
    if change.voided_at is not None:
        raise DecisionVoided(day=timezone.localdate(change.voided_at))
    if change.undo is None:
        raise NotRemembered
    _refuse_decided_since(change)
    concerned = [change.organization, *([change.other] if change.other else [])]
    _refuse_closed_since(concerned, change.happened_on)
    _TAKE_BACK[ChangeKind(change.kind)](change, by, reason)
    change.save(update_fields=change.void(reason))
    audit.record_void(
        change,
        by=by,
        organization_id=change.organization_id,
        reason=reason,
        values=audit.snapshot(change, *change.logged),
    )
    return change


def _refuse_decided_since(change: OrganizationChange) -> None:
    """Refuse a decision after which another one was taken about the same."""
    later = OrganizationChange.objects.filter(pk__gt=change.pk)
    found = later.filter(organization=change.organization_id).order_by("pk").last()
    if found is not None:
        raise DecidedSince(decision=found.summary)


def _refuse_closed_since(nodes: Iterable[Organization], day: dt.date) -> None:
    """Refuse to take back what a closed month has published."""
    rows = [*nodes]
    calendar = calendar_of({node.pk for node in rows}, lock=True)
    for month in months_between(month_of(day), month_of(today())):
        for node in rows:
            if calendar.is_closed(node.pk, month):
                raise DecidedBeforeMonthClosed(
                    month=format_month(month), name=node.name
                )


def _restore(change: OrganizationChange, by: Actor | None, reason: str) -> None:
    """Give an organization its former name, kind and parent back."""
    undo: Any = change.undo
    node = change.organization
    _drop_names(node, undo["names"], by=by)
    restore_organization(node, undo["before"], on=change.happened_on, by=by)


def _unfound(change: OrganizationChange, by: Actor | None, reason: str) -> None:
    """Withdraw an organization that was founded by mistake."""
    undo: Any = change.undo
    if office := undo.get("secretary"):
        first_secretaries.get().withdraw(office, by, reason)
    withdraw_organization(change.organization, change, by=by, reason=reason)


def _rejoin(change: OrganizationChange, by: Actor | None, reason: str) -> None:
    """Let the members of a split go back, and withdraw the new organization."""
    new, source = change.organization, change.other
    assert source is not None  # noqa: S101 -- a split has the organization it came from
    _take_rows_back(change, Merge(source, new, change.happened_on, by, reason))
    withdraw_organization(new, change, by=by, reason=reason)


def _separate(change: OrganizationChange, by: Actor | None, reason: str) -> None:
    """Let an organization go on that was dissolved, with all it had."""
    undo: Any = change.undo
    source, target = change.organization, change.other
    assert target is not None  # noqa: S101 -- a merger has a target
    target = Organization.objects.select_for_update(of=("self",)).get(pk=target.pk)
    if target.ended_on is not None:
        raise ChangedSince(name=target.name)
    _drop_names(target, undo["names"], by=by)
    source = reopen_organization(source, on=change.happened_on, by=by, reason=reason)
    for row in undo["children"]:
        child = Organization.objects.get(pk=row["pk"])
        if child.parent_id != target.pk:
            raise ChangedSince(name=child.name)
        restore_organization(child, row["before"], on=change.happened_on, by=by)
    target.refresh_from_db()
    _take_rows_back(change, Merge(source, target, change.happened_on, by, reason))


def _take_rows_back(change: OrganizationChange, merge: Merge) -> None:
    """Let the rows go back that went along, members before the rest."""
    for merger, remembered in sorted(rows_of(change), key=_members_first):
        _refuse_new_entries(change, merger, [key for key, _note in remembered])
        if merger.take_back is None:
            continue
        model: Any = merger.open_rows().model
        found = model.all_objects if merger.revives else model._default_manager
        rows = found.in_bulk([key for key, _note in remembered])
        for key, note in remembered:
            if key in rows:  # what was voided since is gone
                merger.take_back(rows[key], merge, note)


def _members_first(pair: tuple[Merger, Any]) -> bool:
    return pair[0].key != SPLITTING


def rows_of(change: OrganizationChange) -> list[tuple[Merger, list[Any]]]:
    """Return what went along with a decision: keys, and what was remembered of them."""
    undo: Any = change.undo or {}
    kept = undo.get("rows", {})
    return [(mergers.get(key), rows) for key, rows in kept.items() if key in mergers]


def _refuse_new_entries(
    change: OrganizationChange, merger: Merger, keys: list[int]
) -> None:
    undo: Any = change.undo
    before = undo.get("kept", {}).get(merger.key, {})
    for name, count in merger.count_kept(keys).items():
        if count > before.get(name, 0):
            relation: Any = merger.open_rows().model._meta.get_field(name)
            label = relation.related_model._meta.verbose_name
            raise PaidSince(left=f"{label} {count - before.get(name, 0)}")


def _drop_names(node: Organization, names: list[str], *, by: Actor | None) -> None:
    """Take other names away that a decision has added."""
    if names:
        set_aliases(node, [n for n in node.other_names if n not in names], by=by)


_TAKE_BACK: dict[ChangeKind, Callable[[Any, Actor | None, str], None]] = {
    K.FOUNDED: _unfound,
    K.RENAMED: _restore,
    K.RETYPED: _restore,
    K.MOVED: _restore,
    K.MERGED: _separate,
    K.SPLIT: _rejoin,
}
