"""Calling the roll: who was there, who was not and why, who has a vote."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from communities.enums import DECIDING, Presence
from communities.errors import (
    ListedTwice,
    MustBeThere,
    NoQuorum,
    NotOfThisOrganization,
)
from communities.models import Attendance, Meeting
from core.db.querysets import current_on
from core.db.tree import path_range
from members.enums import Standing
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
    def there(self) -> frozenset[int]:
        """Everybody who was in the room."""
        return self.present | self.guests


def roll_of(meeting: Meeting) -> Roll:
    """Return the list as it stands."""
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
    """Return those who formally belonged to the organization on the meeting's day."""
    rows = Affiliation.objects.filter(
        current_on(meeting.held_on),
        path_range("organization", meeting.organization.path),
        member__in=list(among),
    )
    return set(rows.values_list("member", flat=True))


def has_vote(member: Member, meeting: Meeting) -> bool:
    """Whether the member had a vote on the day: probationary members have none."""
    if member.standing != Standing.FULL:
        return False
    since = member.full_member_date
    return since is None or since <= meeting.held_on


def call_roll(meeting: Meeting, roll: Roll) -> None:
    """Write the meeting's attendance list in place of an older one."""
    refuse_wrong_lists(meeting, roll)
    rows = attendances(meeting, roll)
    refuse_empty_decisions(meeting, rows)
    meeting.attendances.exclude(member__in=[*roll.called, *roll.guests]).delete()
    Attendance.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["meeting", "member"],
        update_fields=["presence", "votes", "reason"],
    )


def refuse_wrong_lists(meeting: Meeting, roll: Roll) -> None:
    """Refuse a list with strangers, with somebody twice, or without chair or clerk."""
    listed = len(roll.present) + len(roll.absent) + len(roll.guests)
    if len(roll.called | roll.guests) < listed:
        raise ListedTwice
    if strangers := roll.called - members_of(meeting, roll.called):
        names = Member.objects.filter(pk__in=strangers).values_list("name", flat=True)
        raise NotOfThisOrganization(
            names="、".join(names),
            organization=meeting.organization.name,
            day=meeting.held_on,
        )
    for officer in (meeting.chair, meeting.recorder):
        if officer.pk not in roll.there:
            raise MustBeThere(name=officer.name)


def attendances(meeting: Meeting, roll: Roll) -> list[Attendance]:
    """Return the rows of the list, with the votes of the day."""
    members = Member.objects.in_bulk([*roll.called, *roll.guests])
    return [
        Attendance(
            meeting=meeting,
            member=member,
            presence=presence_of(pk, roll),
            votes=pk not in roll.guests and has_vote(member, meeting),
            reason=roll.absent.get(pk, ""),
        )
        for pk, member in sorted(members.items())
    ]


def presence_of(member_id: int, roll: Roll) -> Presence:
    """Return how a member stands on the list."""
    if member_id in roll.guests:
        return Presence.GUEST
    return Presence.PRESENT if member_id in roll.present else Presence.ABSENT


def refuse_empty_decisions(meeting: Meeting, rows: Iterable[Attendance]) -> None:
    """Refuse a decision of less than more than half of those who vote (R-47)."""
    if not meeting.decision or meeting.kind not in DECIDING:
        return
    votes = [row.presence == Presence.PRESENT for row in rows if row.votes]
    if not is_quorate(sum(votes), len(votes)):
        raise NoQuorum(present=sum(votes), voters=len(votes))


def is_quorate(there: int, voters: int) -> bool:
    """Whether more than half of those who vote were there (R-47)."""
    return there * 2 > voters
