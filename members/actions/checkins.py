"""Check-ins of in-service members."""

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
from core.db.constraints import validate_all
from core.months import refuse_future_day, today
from members.actions.membership_bounds import (
    refuse_before_membership,
    refuse_ended_membership,
)
from members.enums import LeaveReason
from members.errors import AlreadyCheckedIn, BelongsHere, NotCheckedIn
from members.models import CheckIn, Member
from organizations.actions import refuse_non_community, request_recount
from organizations.models import Organization

AUDITED_FIELDS = ("community", "starts_on", "ends_on")


@dataclass(frozen=True, slots=True)
class NewCheckIn:
    """A check-in to be made: one member with their community of residence."""

    member: Member
    community: Organization
    starts_on: dt.date = field(default_factory=today)
    skills: Sequence[str] | None = None
    available: str = ""
    home_branch: str = ""
    willing: str = ""


def _find_check_ins_by_member(
    new_check_ins: Iterable[NewCheckIn],
) -> dict[int, list[CheckIn]]:
    """Return the members' check-ins that are open or reach into the requested days."""
    requested = list(new_check_ins)
    first = min((new.starts_on for new in requested), default=today())
    rows = CheckIn.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=first),
        member__in=[new.member.pk for new in requested],
    )
    check_ins: dict[int, list[CheckIn]] = defaultdict(list)
    for row in rows.select_related("community"):
        check_ins[row.member_id].append(row)
    return check_ins


def _find_current(check_ins: Iterable[CheckIn], new: NewCheckIn) -> CheckIn | None:
    """Return the open check-in with the same community; refuse one with another."""
    row = next((row for row in check_ins if row.ends_on is None), None)
    if row is not None and row.community_id != new.community.pk:
        raise AlreadyCheckedIn(community=row.community.name)
    return row


def _find_resumable(check_ins: Iterable[CheckIn], new: NewCheckIn) -> CheckIn | None:
    """Return the ended check-in that covers the new day and is to be resumed.

    A check-in with another community is resumed only if it began on the same day: a
    day counts for the community of its midnight.
    """
    day = new.starts_on
    for row in check_ins:
        covers_day = row.ends_on is not None and row.starts_on <= day < row.ends_on
        same = row.community_id == new.community.pk
        if covers_day and (same or row.starts_on == day):
            return row
    return None


@action(label=_("Checked in"))
def check_in_members(
    new_check_ins: Sequence[NewCheckIn], *, by: Actor | None
) -> list[CheckIn]:
    """Register members with communities of residence, all or none.

    Registering twice with one community changes nothing; members checked in are not
    added to the community's own members (R-28). To count nobody twice, a day belongs
    to the community of its midnight: a member who returns on the day they left resumes
    the check-in, and one who changes community on the first day counts only for the
    second; the audit log keeps both. Refuses other organizations, days to come,
    days before joining the Party, members checked in elsewhere, and those whose
    membership has ended.
    """
    members = Member.objects.select_for_update(of=("self",)).select_related("employer")
    locked = members.in_bulk([new.member.pk for new in new_check_ins])
    check_ins = _find_check_ins_by_member(new_check_ins)
    pending: dict[int, _PendingCheckIn] = {}
    for new in new_check_ins:
        refuse_non_community(new.community)
        refuse_future_day(new.starts_on)
        refuse_before_membership(locked[new.member.pk], new.starts_on)
        refuse_ended_membership(locked[new.member.pk])
        own = check_ins[new.member.pk]
        if _find_current(own, new) is None:
            entry = _prepare(
                new,
                locked[new.member.pk],
                _find_resumable(own, new),
            )
            pending[new.member.pk] = entry
            own.append(entry.row)
    _save_pending(list(pending.values()), by=by)
    return [
        next(row for row in check_ins[new.member.pk] if row.ends_on is None)
        for new in new_check_ins
    ]


@dataclass(frozen=True, slots=True)
class _PendingCheckIn:
    """A check-in to be written, its earlier values, and the communities to recount."""

    row: CheckIn
    new: NewCheckIn
    before: Mapping[str, Any]
    recount_ids: set[int]


def _prepare(
    new: NewCheckIn, member: Member, resumed: CheckIn | None
) -> _PendingCheckIn:
    before = audit.snapshot(resumed, *AUDITED_FIELDS) if resumed else {}
    organization_ids = {new.community.pk, *([resumed.community_id] if resumed else [])}
    row = resumed or CheckIn(starts_on=new.starts_on)
    row.member, row.community, row.ends_on = member, new.community, None
    row.unit = member.employer
    row.available = new.available or row.available
    row.home_branch = new.home_branch or row.home_branch
    row.willing = new.willing or row.willing
    row.end_reason = ""
    return _PendingCheckIn(row, new, before, organization_ids)


def _save_pending(pending: Sequence[_PendingCheckIn], *, by: Actor | None) -> None:
    rows = [entry.row for entry in pending]
    validate_all(rows)
    resumed = [row for row in rows if row.pk]
    CheckIn.objects.bulk_create([row for row in rows if not row.pk], batch_size=500)
    CheckIn.objects.bulk_update(
        resumed,
        [
            *("community", "unit", "ends_on", "available", "willing"),
            *("home_branch", "end_reason"),
        ],
        batch_size=500,
    )
    for entry in pending:
        entry.row.member.community = entry.new.community
        if entry.new.skills is not None:
            entry.row.member.skills = list(entry.new.skills)
    Member.objects.bulk_update(
        [row.member for row in rows], ["community", "skills"], batch_size=200
    )
    request_recount((pk, e.row.starts_on) for e in pending for pk in e.recount_ids)
    audit.record_many(
        (
            audit.AuditEvent(
                entry.row,
                entry.row.community_id,
                entry.before,
                _snapshot_written(entry),
            )
            for entry in pending
        ),
        by=by,
    )


def _snapshot_written(entry: _PendingCheckIn) -> dict[str, Any]:
    """Return what the log says of a check-in as it was written."""
    names = [*(entry.before or AUDITED_FIELDS[:2])]
    names += ["home_branch"] if entry.row.home_branch else []
    return audit.snapshot(entry.row, *names)


def check_in(
    member: Member,
    community: Organization,
    *,
    by: Actor | None,
    on: dt.date | None = None,
    skills: Sequence[str] | None = None,
    available: str = "",
    home_branch: str = "",
    willing: str = "",
) -> CheckIn:
    """Register one member with their community of residence."""
    day = on or today()
    new = NewCheckIn(*(member, community, day, skills, available, home_branch, willing))
    row = check_in_members([new], by=by)[0]
    member.refresh_from_db(fields=["community", "skills"])
    return row


def lock_open_check_in(member: Member) -> CheckIn:
    """Lock the check-in that goes on; refuse somebody who is checked in nowhere."""
    rows = CheckIn.objects.select_for_update(of=("self",)).filter(ends_on=None)
    row = rows.filter(member=member).first()
    if row is None:
        raise NotCheckedIn(name=member.name)
    return row


def refuse_who_belongs_here(member: Member) -> None:
    """Refuse to write where somebody belongs of whom an organization here says it."""
    if member.organization_id is not None:
        raise BelongsHere(name=member.name)


@action(label=_("Branch elsewhere noted"))
def note_home_branch(member: Member, *, home_branch: str, by: Actor | None) -> CheckIn:
    """Note with the check-in that goes on where a guest belongs (R-28, S3-05).

    Refuses who belongs to an organization here: that says it.
    """
    refuse_who_belongs_here(member)
    row = lock_open_check_in(member)
    place = row.community_id
    with audit.recording(row, "home_branch", by=by, organization_id=place):
        row.home_branch = home_branch
        row.save(update_fields=["home_branch"])
    return row


@action(label=_("Check-in ended"))
def end_check_in(
    row: CheckIn,
    *,
    by: Actor | None,
    on: dt.date | None = None,
    reason: LeaveReason | None = None,
) -> CheckIn:
    """End a check-in, if it is open; record keepers may give a reason."""
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
