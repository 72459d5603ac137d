"""Correcting what is recorded of members: written once for many rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from core import trail
from core.constraints import checked
from members.actions.admission import derived
from members.models import Member
from organizations.actions import mark_stale

FIXED = ("id_index", "phone_index", "sound")
BUSY = ("sex", "birth_date", "standing", "category")


@transaction.atomic
def change_members(
    changes: Sequence[tuple[Member, Mapping[str, Any]]], *, by: object | None
) -> None:
    """Correct many members at once, all or none; each with its own new values.

    Sex, birth date and standing move figures of every open month, so they are marked
    from the member's first counted month on.
    """
    locked = Member.objects.select_for_update(of=("self",)).in_bulk(
        [member.pk for member, _values in changes]
    )
    happenings, written = [], []
    for member, values in changes:
        row = locked[member.pk]
        before = trail.snapshot(row, *values)
        for name, value in values.items():
            setattr(row, name, value)
        sources = {name: getattr(row, name) for name in ("id_number", "phone", "name")}
        for name, value in derived(sources).items():
            setattr(row, name, value)
        after = trail.snapshot(row, *before)
        happenings.append(
            trail.Happening(
                "members.change_member", row, row.organization_id, before, after
            )
        )
        written.append(row)
    columns = {name for _member, values in changes for name in values}
    Member.objects.bulk_update(written, [*columns, *FIXED], batch_size=200)
    _mark(written, columns)
    trail.record_many(happenings, by=by)


def _mark(members: Sequence[Member], columns: set[str]) -> None:
    if not columns.intersection(BUSY):
        return
    mark_stale(
        (affiliation.organization_id, affiliation.start_month)
        for member in members
        for affiliation in member.affiliations.all()
    )


def change_member(member: Member, *, by: object | None, **values: Any) -> Member:
    """Correct one member, held against every rule of the table."""
    for name, value in values.items():
        setattr(member, name, value)
    checked(member)
    change_members([(member, values)], by=by)
    member.refresh_from_db()
    return member
