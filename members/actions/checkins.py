"""Check-ins of in-service members, and absences of mobile ones."""

import datetime as dt

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


@transaction.atomic
def check_in(
    member: Member,
    community: Organization,
    *,
    by: object | None,
    on: dt.date | None = None,
    skills: list[str] | None = None,
    available: str = "",
) -> CheckIn:
    """Register a member with his community of residence; the same one twice is once.

    He is never added to the community's own members (R-28).
    """
    if community.kind not in FILING:
        raise NotACommunity(name=community.name)
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    standing = member.check_ins.filter(ends_on=None).select_related("community").first()
    if standing is not None:
        if standing.community_id == community.pk:
            return standing
        raise AlreadyCheckedIn(community=standing.community.name)
    row = CheckIn(
        member=member,
        community=community,
        starts_on=on or today(),
        available=available,
    )
    checked(row)
    row.save()
    member.community = community
    member.skills = skills if skills is not None else member.skills
    member.save(update_fields=["community", "skills"])
    mark_stale([(community.pk, row.starts_on)])
    trail.record(
        "members.check_in",
        row,
        by=by,
        organization_id=community.pk,
        after={"community": community.pk, "starts_on": str(row.starts_on)},
    )
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
