"""Correct members: one implementation for one row and for many."""

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate, validate_all
from members.actions.admission import add_derived_values, audit_snapshot
from members.actions.restarts import restart_check_ins
from members.counted_work import counted_work
from members.enums import PRECISION_OF, Precision
from members.errors import AlreadyRecorded
from members.models import Member
from organizations.actions import request_recount
from organizations.models import Organization

DERIVED_FIELDS = ("id_index", "phone_index", "name", "sound", "sort_key")
COUNTED_FIELDS = ("sex", "birth_date", "standing", "category")


@action(label=_("Member's record corrected"))
def change_members(
    changes: Sequence[tuple[Member, Mapping[str, Any]]],
    *,
    by: Actor | None,
    returning_to: Organization | None = None,
) -> None:
    """Correct many members, all or none, each with its own new values.

    `returning_to` is where a former member will belong: the log names it, else where
    each of them belongs or did last.

    Sex, birth date, standing and category change figures of every open month, so a
    recount is requested from each member's first counted month. Refuses the identity
    number of another member.
    """
    locked = Member.objects.select_for_update(of=("self",)).in_bulk(
        [member.pk for member, _values in changes]
    )
    events, rows = [], []
    employers = {row.pk: row.employer_id for row in locked.values()}
    changes = [(member, _with_precisions(values)) for member, values in changes]
    for member, values in changes:
        row = locked[member.pk]
        before = audit_snapshot(row, *values)
        for name, value in values.items():
            setattr(row, name, value)
        sources = {name: getattr(row, name) for name in ("id_number", "phone", "name")}
        for name, value in add_derived_values(sources).items():
            setattr(row, name, value)
        after = audit_snapshot(row, *before)
        place = returning_to.pk if returning_to is not None else keeper_of(row)
        events.append(audit.AuditEvent(row, place, before, after))
        rows.append(row)
    _refuse_known(rows)
    validate_all(rows)
    columns = {name for _member, values in changes for name in values}
    Member.objects.bulk_update(rows, [*columns.union(DERIVED_FIELDS)], batch_size=200)
    if "phone" in columns:
        update_account_phones(rows)
    _request_recounts(rows, columns)
    audit.record_many(events, by=by)
    if "employer" in columns:
        moved = [row for row in rows if row.employer_id != employers[row.pk]]
        restart_check_ins(moved, employers, by=by)


def keeper_of(member: Member) -> int | None:
    """Return the organization to which a member belongs, or belonged last."""
    if here := member.organization_id or member.community_id:
        return here
    ended = member.affiliations.order_by("-ends_on", "-pk")
    left = member.check_ins.order_by("-ends_on", "-pk")
    places = (
        ended.values_list("organization_id", flat=True).first(),
        left.values_list("community_id", flat=True).first(),
    )
    return next((place for place in places if place is not None), None)


def _with_precisions(values: Mapping[str, Any]) -> dict[str, Any]:
    """Set the precision of new dates to the day, unless the values give another."""
    precisions = {
        precision: Precision.DAY
        for date, precision in PRECISION_OF.items()
        if date in values
    }
    return {**precisions, **values}


def _refuse_known(members: Sequence[Member]) -> None:
    """Refuse identity numbers that belong to another member."""
    others = Member.objects.exclude(pk__in=[member.pk for member in members])
    if others.filter(id_index__in=[member.id_index for member in members]).exists():
        raise AlreadyRecorded


def update_account_phones(members: Sequence[Member]) -> None:
    """Copy the current phones to the accounts, so that old ones no longer sign in."""
    for member in members:
        if member.user_id is None:
            continue
        user = User.objects.filter(pk=member.user_id)
        others = User.objects.exclude(pk=member.user_id)
        is_taken = others.filter(phone_index=member.phone_index).exists()
        user.update(phone_index=None if is_taken else member.phone_index)


def _request_recounts(members: Sequence[Member], columns: set[str]) -> None:
    if "employer" in columns:
        keys = [member.pk for member in members]
        for work in counted_work:
            request_recount(work.months_of(keys))
    if not columns.intersection(COUNTED_FIELDS):
        return
    request_recount(
        (affiliation.organization_id, affiliation.start_month)
        for member in members
        for affiliation in member.affiliations.all()
    )


def change_member(
    member: Member,
    *,
    by: Actor | None,
    returning_to: Organization | None = None,
    **values: Any,
) -> Member:
    """Correct one member; refuses values that break a constraint of the table."""
    candidate = copy.copy(member)
    for name, value in values.items():
        setattr(candidate, name, value)
    validate(candidate)
    change_members([(member, values)], by=by, returning_to=returning_to)
    member.refresh_from_db()
    return member
