"""Check-ins of in-service members, and absences of mobile ones."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from core import trail
from core.constraints import checked
from core.months import today
from members.enums import MobileKind
from members.errors import AlreadyCheckedIn, BeforeItBegan, NotACommunity
from members.models import CheckIn, Member, MobileRecord
from organizations.actions import mark_stale
from organizations.enums import FILING
from organizations.models import Organization


@dataclass(frozen=True, slots=True)
class Registration:
    """One member's wish to be registered with a community."""

    member: Member
    community: Organization
    starts_on: dt.date = field(default_factory=today)
    skills: Sequence[str] | None = None
    available: str = ""


def _standing(members: Iterable[Member]) -> dict[int, CheckIn]:
    rows = CheckIn.objects.filter(member__in=members, ends_on=None)
    return {row.member_id: row for row in rows.select_related("community")}


@transaction.atomic
def check_in_members(
    registrations: Sequence[Registration], *, by: object | None
) -> list[CheckIn]:
    """Register members with communities of residence, all or none.

    The same community twice is once; nobody is added to a community's own members
    (R-28).
    """
    locked = Member.objects.select_for_update(of=("self",)).in_bulk(
        [wish.member.pk for wish in registrations]
    )
    standing = _standing(locked.values())
    fresh = []
    for wish in registrations:
        if wish.community.kind not in FILING:
            raise NotACommunity(name=wish.community.name)
        row = standing.get(wish.member.pk)
        if row is not None and row.community_id != wish.community.pk:
            raise AlreadyCheckedIn(community=row.community.name)
        if row is None:
            fresh.append(wish)
            standing[wish.member.pk] = CheckIn(
                member=locked[wish.member.pk],
                community=wish.community,
                starts_on=wish.starts_on,
                available=wish.available,
            )
    _register(fresh, [standing[wish.member.pk] for wish in fresh], by=by)
    return [standing[wish.member.pk] for wish in registrations]


def _register(
    wishes: Sequence[Registration], rows: Sequence[CheckIn], *, by: object | None
) -> None:
    CheckIn.objects.bulk_create(rows, batch_size=500)
    for wish, row in zip(wishes, rows, strict=True):
        row.member.community = wish.community
        if wish.skills is not None:
            row.member.skills = list(wish.skills)
    Member.objects.bulk_update(
        [row.member for row in rows], ["community", "skills"], batch_size=200
    )
    mark_stale((row.community_id, row.starts_on) for row in rows)
    trail.record_many(
        (
            trail.Happening(
                "members.check_in",
                row,
                row.community_id,
                {},
                trail.snapshot(row, "community", "starts_on"),
            )
            for row in rows
        ),
        by=by,
    )


def check_in(
    member: Member,
    community: Organization,
    *,
    by: object | None,
    on: dt.date | None = None,
    skills: Sequence[str] | None = None,
    available: str = "",
) -> CheckIn:
    """Register one member with his community of residence."""
    wish = Registration(member, community, on or today(), skills, available)
    row = check_in_members([wish], by=by)[0]
    member.refresh_from_db(fields=["community", "skills"])
    return row


@transaction.atomic
def end_check_in(
    row: CheckIn, *, by: object | None, on: dt.date | None = None
) -> CheckIn:
    """Let a member leave the community again; easy, and without a reason."""
    row = CheckIn.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.ends_on is not None:
        return row
    row.ends_on = max(on or today(), row.starts_on + dt.timedelta(days=1))
    row.save(update_fields=["ends_on"])
    Member.objects.filter(pk=row.member_id).update(community=None)
    mark_stale([(row.community_id, row.ends_on)])
    trail.record(
        "members.end_check_in",
        row,
        by=by,
        organization_id=row.community_id,
        after={"ends_on": str(row.ends_on)},
    )
    return row


@transaction.atomic
def record_mobile(
    member: Member,
    *,
    kind: MobileKind,
    by: object | None,
    on: dt.date | None = None,
    destination: str = "",
) -> MobileRecord:
    """Record that a member is away without having transferred (R-20)."""
    row = MobileRecord(
        member=member, kind=kind, destination=destination, starts_on=on or today()
    )
    checked(row)
    row.save()
    _mark_home(member, row.starts_on)
    trail.record(
        "members.record_mobile",
        row,
        by=by,
        organization_id=member.organization_id,
        after={"kind": kind, "starts_on": str(row.starts_on)},
    )
    return row


@transaction.atomic
def end_mobile(
    row: MobileRecord, *, by: object | None, on: dt.date | None = None
) -> MobileRecord:
    """Record that a member is back."""
    row = MobileRecord.objects.select_for_update(of=("self",)).get(pk=row.pk)
    day = on or today()
    if day <= row.starts_on:
        raise BeforeItBegan(day=day, began=row.starts_on)
    row.ends_on = day
    row.save(update_fields=["ends_on"])
    _mark_home(row.member, day)
    trail.record(
        "members.end_mobile",
        row,
        by=by,
        organization_id=row.member.organization_id,
        after={"ends_on": str(row.ends_on)},
    )
    return row


def _mark_home(member: Member, day: dt.date) -> None:
    if member.organization_id is not None:
        mark_stale([(member.organization_id, day)])
