"""Absences of mobile members: one implementation for one row and for many."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate_all
from core.months import refuse_future_day, today
from members.actions.membership_bounds import refuse_ended_membership
from members.enums import MobileKind
from members.errors import EndsBeforeStart
from members.models import Affiliation, Member, MobileRecord
from organizations.actions import request_recount


@dataclass(frozen=True, slots=True)
class NewAbsence:
    """An absence to be recorded; with `ends_on` the member is back already."""

    member: Member
    kind: MobileKind
    starts_on: dt.date
    ends_on: dt.date | None = None
    destination: str = ""


@action(label=_("Absence recorded"), former_name="record_mobile")
def record_absences(
    absences: Sequence[NewAbsence], *, by: Actor | None
) -> list[MobileRecord]:
    """Record that members are away without a transfer (R-20), all or none.

    Refuses days to come, returns before the departure, members who are recorded as
    away already, and those whose membership has ended.
    """
    members = Member.objects.select_for_update(of=("self",))
    locked = members.in_bulk([absence.member.pk for absence in absences])
    rows = []
    for new in absences:
        member = locked[new.member.pk]
        refuse_ended_membership(member)
        refuse_future_day(new.starts_on)
        if new.ends_on is not None:
            _refuse_return_before(new.starts_on, new.ends_on)
        rows.append(
            MobileRecord(
                member=member,
                kind=new.kind,
                destination=new.destination,
                starts_on=new.starts_on,
                ends_on=new.ends_on,
            )
        )
    validate_all(rows)
    MobileRecord.objects.bulk_create(rows, batch_size=500)
    _request_home_recounts([(row.member, row.starts_on) for row in rows])
    _record_rows(rows, ("kind", "starts_on"), by=by)
    return rows


def record_mobile(
    member: Member,
    *,
    kind: MobileKind,
    by: Actor | None,
    on: dt.date | None = None,
    destination: str = "",
) -> MobileRecord:
    """Record that one member is away; refuses what `record_absences` refuses."""
    new = NewAbsence(member, kind, on or today(), destination=destination)
    return record_absences([new], by=by)[0]


@action(label=_("Return recorded"), former_name="end_mobile")
def end_absences(
    ends: Sequence[tuple[MobileRecord, dt.date]], *, by: Actor | None
) -> list[MobileRecord]:
    """Record on which day members came back, all or none.

    Refuses days to come and days not after the departure.
    """
    rows = MobileRecord.objects.select_for_update(of=("self",))
    locked = rows.select_related("member").in_bulk([row.pk for row, _day in ends])
    for row, day in ends:
        current = locked[row.pk]
        _refuse_return_before(current.starts_on, day)
        current.ends_on = day
    ended = [locked[row.pk] for row, _day in ends]
    MobileRecord.objects.bulk_update(ended, ["ends_on"], batch_size=500)
    _request_home_recounts([(locked[row.pk].member, day) for row, day in ends])
    _record_rows(ended, ("ends_on",), by=by)
    return ended


def end_mobile(
    row: MobileRecord, *, by: Actor | None, on: dt.date | None = None
) -> MobileRecord:
    """Record the return of one member; refuses what `end_absences` refuses."""
    return end_absences([(row, on or today())], by=by)[0]


def _refuse_return_before(starts_on: dt.date, day: dt.date) -> None:
    refuse_future_day(day)
    if day <= starts_on:
        raise EndsBeforeStart(day=day, began=starts_on)


def request_home_recount(member: Member, day: dt.date) -> None:
    """Request a recount of the organizations to which the member belonged."""
    _request_home_recounts([(member, day)])


def _request_home_recounts(days: Sequence[tuple[Member, dt.date]]) -> None:
    """Request a recount wherever the members ever belonged, from each one's day on.

    Who moved since counts in the months before where they belonged then.
    """
    since: dict[int, dt.date] = {}
    for member, day in days:
        since[member.pk] = min(day, since.get(member.pk, day))
    homes = Affiliation.objects.filter(member__in=since)
    request_recount(
        (organization_id, since[member_id])
        for member_id, organization_id in homes.values_list(
            "member_id", "organization_id"
        )
    )


def _record_rows(
    rows: Sequence[MobileRecord], names: Sequence[str], *, by: Actor | None
) -> None:
    audit.record_many(
        (
            audit.AuditEvent(
                row, row.member.organization_id, {}, audit.snapshot(row, *names)
            )
            for row in rows
        ),
        by=by,
    )
