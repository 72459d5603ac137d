"""Check-ins of in-service members, and absences of mobile ones."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate, validate_all
from core.months import refuse_future_day, today
from members.enums import LeaveReason, MobileKind
from members.errors import AlreadyCheckedIn, BeforeItBegan
from members.models import CheckIn, Member, MobileRecord
from organizations.actions import refuse_non_community, request_recount
from organizations.models import Organization

SHOWN = ("community", "starts_on", "ends_on")


@dataclass(frozen=True, slots=True)
class Registration:
    """One member's wish to be registered with a community."""

    member: Member
    community: Organization
    starts_on: dt.date = field(default_factory=today)
    skills: Sequence[str] | None = None
    available: str = ""


def _check_ins_by_member(wishes: Iterable[Registration]) -> dict[int, list[CheckIn]]:
    """Return the members' check-ins that are open, or reach into the days wished."""
    wanted = list(wishes)
    first = min((wish.starts_on for wish in wanted), default=today())
    rows = CheckIn.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=first),
        member__in=[wish.member.pk for wish in wanted],
    )
    check_ins: dict[int, list[CheckIn]] = defaultdict(list)
    for row in rows.select_related("community"):
        check_ins[row.member_id].append(row)
    return check_ins


def _standing(check_ins: Iterable[CheckIn], wish: Registration) -> CheckIn | None:
    """Return the check-in by which the wish is fulfilled already."""
    row = next((row for row in check_ins if row.ends_on is None), None)
    if row is not None and row.community_id != wish.community.pk:
        raise AlreadyCheckedIn(community=row.community.name)
    return row


def _resumed(check_ins: Iterable[CheckIn], wish: Registration) -> CheckIn | None:
    """Return the check-in that was ended, but for whose last day the member is back.

    With another community that is only the one begun on that very day: where he is
    at midnight he was all day.
    """
    day = wish.starts_on
    for row in check_ins:
        holds = row.ends_on is not None and row.starts_on <= day < row.ends_on
        same = row.community_id == wish.community.pk
        if holds and (same or row.starts_on == day):
            return row
    return None


@action(label=_("Checked in"))
def check_in_members(
    registrations: Sequence[Registration], *, by: Actor | None
) -> list[CheckIn]:
    """Register members with communities of residence, all or none.

    The same community twice is once; nobody is added to a community's own members
    (R-28). A day belongs to one community, the one of its midnight, so that nobody is
    counted twice: who comes back on the day he left goes on as if he had stayed, and
    who began with one community and leaves it for another on the same day has only
    been with the other. The trail keeps both.
    """
    members = Member.objects.select_for_update(of=("self",))
    locked = members.in_bulk([wish.member.pk for wish in registrations])
    check_ins = _check_ins_by_member(registrations)
    entries: dict[int, _Entry] = {}
    for wish in registrations:
        refuse_non_community(wish.community)
        refuse_future_day(wish.starts_on)
        own = check_ins[wish.member.pk]
        if _standing(own, wish) is None:
            entry = _entry(wish, locked[wish.member.pk], _resumed(own, wish))
            entries[wish.member.pk] = entry
            own.append(entry.row)
    _register(list(entries.values()), by=by)
    return [
        next(row for row in check_ins[wish.member.pk] if row.ends_on is None)
        for wish in registrations
    ]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A check-in to be written: what was said of it before, and whom it concerns."""

    row: CheckIn
    wish: Registration
    before: Mapping[str, Any]
    counted_at: set[int]


def _entry(wish: Registration, member: Member, resumed: CheckIn | None) -> _Entry:
    before = audit.snapshot(resumed, *SHOWN) if resumed else {}
    places = {wish.community.pk, *([resumed.community_id] if resumed else [])}
    row = resumed or CheckIn(starts_on=wish.starts_on)
    row.member, row.community, row.ends_on = member, wish.community, None
    row.available = wish.available or row.available
    row.end_reason = ""
    return _Entry(row, wish, before, places)


def _register(entries: Sequence[_Entry], *, by: Actor | None) -> None:
    rows = [entry.row for entry in entries]
    validate_all(rows)
    resumed = [row for row in rows if row.pk]
    CheckIn.objects.bulk_create([row for row in rows if not row.pk], batch_size=500)
    CheckIn.objects.bulk_update(
        resumed, ["community", "ends_on", "available", "end_reason"], batch_size=500
    )
    for entry in entries:
        entry.row.member.community = entry.wish.community
        if entry.wish.skills is not None:
            entry.row.member.skills = list(entry.wish.skills)
    Member.objects.bulk_update(
        [row.member for row in rows], ["community", "skills"], batch_size=200
    )
    request_recount((pk, e.row.starts_on) for e in entries for pk in e.counted_at)
    audit.record_many(
        (
            audit.AuditEvent(
                entry.row,
                entry.row.community_id,
                entry.before,
                audit.snapshot(entry.row, *(entry.before or SHOWN[:2])),
            )
            for entry in entries
        ),
        by=by,
    )


def check_in(
    member: Member,
    community: Organization,
    *,
    by: Actor | None,
    on: dt.date | None = None,
    skills: Sequence[str] | None = None,
    available: str = "",
) -> CheckIn:
    """Register one member with his community of residence."""
    wish = Registration(member, community, on or today(), skills, available)
    row = check_in_members([wish], by=by)[0]
    member.refresh_from_db(fields=["community", "skills"])
    return row


@action(label=_("Check-in ended"))
def end_check_in(
    row: CheckIn,
    *,
    by: Actor | None,
    on: dt.date | None = None,
    reason: LeaveReason | None = None,
) -> CheckIn:
    """Let a member leave the community again; a keeper who ends it may say why."""
    row = CheckIn.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.ends_on is not None:
        return row
    refuse_future_day(on or today())
    row.ends_on = max(on or today(), row.starts_on + dt.timedelta(days=1))
    row.end_reason = reason or ""
    row.save(update_fields=["ends_on", "end_reason"])
    Member.objects.filter(pk=row.member_id).update(community=None)
    request_recount([(row.community_id, row.ends_on)])
    audit.record(
        row,
        by=by,
        organization_id=row.community_id,
        after={"ends_on": str(row.ends_on), "end_reason": row.end_reason},
    )
    return row


@action(label=_("Absence recorded"))
def record_mobile(
    member: Member,
    *,
    kind: MobileKind,
    by: Actor | None,
    on: dt.date | None = None,
    destination: str = "",
) -> MobileRecord:
    """Record that a member is away without having transferred (R-20)."""
    day = on or today()
    refuse_future_day(day)
    row = MobileRecord(member=member, kind=kind, destination=destination, starts_on=day)
    validate(row)
    row.save()
    _mark_home(member, row.starts_on)
    audit.record(
        row,
        by=by,
        organization_id=member.organization_id,
        after={"kind": kind, "starts_on": str(row.starts_on)},
    )
    return row


@action(label=_("Return recorded"))
def end_mobile(
    row: MobileRecord, *, by: Actor | None, on: dt.date | None = None
) -> MobileRecord:
    """Record that a member is back."""
    row = MobileRecord.objects.select_for_update(of=("self",)).get(pk=row.pk)
    day = on or today()
    refuse_future_day(day)
    if day <= row.starts_on:
        raise BeforeItBegan(day=day, began=row.starts_on)
    row.ends_on = day
    row.save(update_fields=["ends_on"])
    _mark_home(row.member, day)
    audit.record(
        row,
        by=by,
        organization_id=row.member.organization_id,
        after={"ends_on": str(row.ends_on)},
    )
    return row


def _mark_home(member: Member, day: dt.date) -> None:
    if member.organization_id is not None:
        request_recount([(member.organization_id, day)])
