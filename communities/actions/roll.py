"""The attendance list: who was present, absent and why, and who has a vote."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from communities.enums import (
    COMMITTEES,
    DECIDING,
    AbsenceReason,
    MeetingKind,
    Presence,
)
from communities.errors import (
    DiedBefore,
    ListedTwice,
    MustBeThere,
    NoQuorum,
    NotOfThisOrganization,
)
from communities.models import Attendance, Meeting, SeatHolding
from core.db.querysets import current_on
from core.db.tree import path_range
from members.enums import EndReason, LostState, Standing
from members.lost_contacts.marks import states_on
from members.models import Affiliation, Member


@dataclass(frozen=True, slots=True)
class Roll:
    """The attendance list of one meeting, by members' keys.

    Guests come from elsewhere and have no vote (R-21); `absent` gives the reasons.
    """

    present: frozenset[int] = frozenset()
    absent: Mapping[int, str] = field(default_factory=dict)
    guests: frozenset[int] = frozenset()

    @property
    def called(self) -> frozenset[int]:
        """Members of the organization who were called, whether they came or not."""
        return self.present | frozenset(self.absent)

    @property
    def attendees(self) -> frozenset[int]:
        """Everybody who attended, with a vote or without."""
        return self.present | self.guests


def default_roll(
    called: Iterable[int], lost: Collection[int], *, calls_some: bool
) -> Roll:
    """Return the list that new minutes begin with: all present but the lost (R-22).

    Lost and suspended members are absent at first, or not called where only some are.
    """
    called = frozenset(called)
    away = called.intersection(lost)
    reason = AbsenceReason.NONE_GIVEN.value
    absent = {} if calls_some else dict.fromkeys(sorted(away), reason)
    return Roll(present=called - away, absent=absent)


def roll_of(meeting: Meeting) -> Roll:
    """Return the recorded attendance list of a meeting."""
    rows = list(meeting.attendances.all())
    by_presence = {
        presence: frozenset(r.member_id for r in rows if r.presence == presence)
        for presence in Presence
    }
    return Roll(
        present=by_presence[Presence.PRESENT],
        absent={r.member_id: r.reason for r in rows if r.reason},
        guests=by_presence[Presence.GUEST],
    )


def members_of(meeting: Meeting, among: Iterable[int]) -> set[int]:
    """Return the members formally affiliated with the organization on that day."""
    rows = Affiliation.objects.filter(
        current_on(meeting.held_on),
        path_range("organization", meeting.organization.path),
        member__in=list(among),
    )
    return set(rows.values_list("member", flat=True))


def has_vote(member: Member, day: dt.date, state: str | None = None) -> bool:
    """Whether the member has a vote on the day: probationary members have none.

    `state` is that of a search for the member on the day: the suspended have none
    either (R-22). Who is only lost has one and counts for the quorum; no rule takes it
    away before the suspension.
    """
    if member.standing != Standing.FULL or state == LostState.SUSPENDED:
        return False
    since = member.full_member_date
    return since is None or since <= day


def save_roll(meeting: Meeting, roll: Roll, *, is_open: bool = True) -> None:
    """Replace the meeting's attendance list, and see whether the meeting was held.

    What a month that is no longer open has counted stays as published.
    """
    refuse_invalid_roll(meeting, roll)
    rows = build_attendances(meeting, roll)
    refuse_decision_without_quorum(meeting, rows)
    if is_open:
        meeting.counts_as_held = has_quorum(meeting, rows)
        meeting.save(update_fields=["counts_as_held"])
    meeting.attendances.exclude(member__in=[*roll.called, *roll.guests]).delete()
    Attendance.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["meeting", "member"],
        update_fields=["presence", "votes", "reason"],
    )


def refuse_invalid_roll(meeting: Meeting, roll: Roll) -> None:
    """Refuse a list with non-members, duplicates, or without chair or recorder."""
    listed = len(roll.present) + len(roll.absent) + len(roll.guests)
    if len(roll.called | roll.guests) < listed:
        raise ListedTwice
    if non_members := roll.called - members_of(meeting, roll.called):
        _refuse_dead(meeting, non_members)
        names = Member.objects.filter(pk__in=non_members).values_list("name", flat=True)
        raise NotOfThisOrganization(
            names="、".join(names),
            organization=meeting.organization.name,
            day=meeting.held_on,
        )
    for officer in (meeting.chair, meeting.recorder):
        if officer.pk not in roll.attendees:
            raise MustBeThere(name=officer.name)


def _refuse_dead(meeting: Meeting, called: Iterable[int]) -> None:
    """Refuse those who had died: they were no guests either."""
    dead = Member.objects.filter(
        pk__in=called, end_reason=EndReason.DIED, ended_on__lte=meeting.held_on
    )
    if names := [*dead.order_by("sort_key", "pk").values_list("name", flat=True)]:
        raise DiedBefore(names="、".join(names), day=meeting.held_on)


def build_attendances(meeting: Meeting, roll: Roll) -> list[Attendance]:
    """Build the rows of the list, with the voting rights of the day."""
    members = Member.objects.in_bulk([*roll.called, *roll.guests])
    day = meeting.held_on
    states = states_on(members, day)
    voting = _voting_seats(meeting, members)
    return [
        Attendance(
            meeting=meeting,
            member=member,
            presence=presence_of(pk, roll),
            votes=pk in voting
            and pk not in roll.guests
            and has_vote(member, day, states.get(pk)),
            reason=roll.absent.get(pk, ""),
        )
        for pk, member in sorted(members.items())
    ]


def _voting_seats(meeting: Meeting, listed: Collection[int]) -> Collection[int]:
    """Return who of those listed may vote by their seat, the right of members apart.

    At a committee meeting this is whoever sits in the committee on the day; where no
    committee is on record, everybody who was called. Whoever stands on the list already
    keeps the vote that was recorded.
    """
    if meeting.kind != MeetingKind.COMMITTEE:
        return listed
    seated = committee_on(meeting.organization_id, meeting.held_on)
    recorded = dict(meeting.attendances.values_list("member", "votes"))
    voted = {pk for pk, votes in recorded.items() if votes}
    return (seated - {*recorded}) | voted if seated else listed


def committee_on(organization: int, day: dt.date) -> set[int]:
    """Return the keys of the members in an organization's committee on a day."""
    rows = SeatHolding.objects.current(day).filter(
        member__isnull=False,
        seat__body__organization=organization,
        seat__body__kind__code__in=COMMITTEES,
        seat__body__voided_at=None,
    )
    return set(rows.values_list("member", flat=True))


def presence_of(member_id: int, roll: Roll) -> Presence:
    """Return the presence recorded for a member on the list."""
    if member_id in roll.guests:
        return Presence.GUEST
    return Presence.PRESENT if member_id in roll.present else Presence.ABSENT


def refuse_decision_without_quorum(meeting: Meeting, rows: list[Attendance]) -> None:
    """Refuse a decision unless more than half of the voters were present (R-47)."""
    if meeting.decision and not has_quorum(meeting, rows):
        votes = votes_of(rows)
        raise NoQuorum(present=sum(votes), voters=len(votes))


def has_quorum(meeting: Meeting, rows: Iterable[Attendance]) -> bool:
    """Whether a meeting was valid: one that decides nothing always is (R-47)."""
    votes = votes_of(rows)
    return meeting.kind not in DECIDING or is_quorate(sum(votes), len(votes))


def votes_of(rows: Iterable[Attendance]) -> list[bool]:
    """Return for each member with a vote whether they were present."""
    return [row.presence == Presence.PRESENT for row in rows if row.votes]


def is_quorate(present: int, voters: int) -> bool:
    """Whether more than half of the voters were present (R-47)."""
    return present * 2 > voters
