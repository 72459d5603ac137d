"""Correcting what is recorded of members: written once for many rows."""

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate, validate_all
from members.actions.admission import derived, shown
from members.errors import AlreadyRecorded
from members.models import Member
from organizations.actions import request_recount

FIXED = ("id_index", "phone_index", "sound")
BUSY = ("sex", "birth_date", "standing", "category")


@action(label=_("Member's record corrected"))
def change_members(
    changes: Sequence[tuple[Member, Mapping[str, Any]]], *, by: Actor | None
) -> None:
    """Correct many members at once, all or none; each with its own new values.

    Sex, birth date and standing move figures of every open month, so they are marked
    from the member's first counted month on.
    """
    locked = Member.objects.select_for_update(of=("self",)).in_bulk(
        [member.pk for member, _values in changes]
    )
    events, written = [], []
    for member, values in changes:
        row = locked[member.pk]
        before = shown(row, *values)
        for name, value in values.items():
            setattr(row, name, value)
        sources = {name: getattr(row, name) for name in ("id_number", "phone", "name")}
        for name, value in derived(sources).items():
            setattr(row, name, value)
        after = shown(row, *before)
        events.append(audit.AuditEvent(row, row.organization_id, before, after))
        written.append(row)
    _refuse_known(written)
    validate_all(written)
    columns = {name for _member, values in changes for name in values}
    Member.objects.bulk_update(written, [*columns, *FIXED], batch_size=200)
    if "phone" in columns:
        follow_phones(written)
    _mark(written, columns)
    audit.record_many(events, by=by)


def _refuse_known(members: Sequence[Member]) -> None:
    """Let no correction give a member the identity number of another."""
    others = Member.objects.exclude(pk__in=[member.pk for member in members])
    if others.filter(id_index__in=[member.id_index for member in members]).exists():
        raise AlreadyRecorded


def follow_phones(members: Sequence[Member]) -> None:
    """Let each account be opened by its member's phone of today, by no earlier one."""
    for member in members:
        if member.user_id is None:
            continue
        user = User.objects.filter(pk=member.user_id)
        others = User.objects.exclude(pk=member.user_id)
        taken = others.filter(phone_index=member.phone_index).exists()
        user.update(phone_index=None if taken else member.phone_index)


def _mark(members: Sequence[Member], columns: set[str]) -> None:
    if not columns.intersection(BUSY):
        return
    request_recount(
        (affiliation.organization_id, affiliation.start_month)
        for member in members
        for affiliation in member.affiliations.all()
    )


def change_member(member: Member, *, by: Actor | None, **values: Any) -> Member:
    """Correct one member, held against every rule of the table."""
    tried = copy.copy(member)
    for name, value in values.items():
        setattr(tried, name, value)
    validate(tried)
    change_members([(member, values)], by=by)
    member.refresh_from_db()
    return member
