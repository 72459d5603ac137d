"""Form part for the attendance list: one row a member, most present at first."""

import datetime as dt
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import ClassVar

from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.actions import Roll, has_vote
from communities.enums import AbsenceReason, Presence
from communities.errors import MustBeThere
from core.months import today
from core.text import StrOrPromise
from members.lost_contacts.marks import mark_of
from members.models import Member


@dataclass(frozen=True, slots=True)
class RollRow:
    """One member on the list: the name to show, whether called or absent, and why.

    `votes` is whether the member had a vote on the day of the meeting, `mark` says that
    they were lost or suspended on it.
    """

    member: Member
    label: str
    called: bool
    absent: bool
    reason: str
    votes: bool = False
    mark: StrOrPromise = ""

    @property
    def lacks_reason(self) -> bool:
        """Whether the member is absent, and nothing says why."""
        return self.absent and not self.reason


@dataclass(frozen=True, slots=True)
class RollBook:
    """The members a meeting may list, and the initial attendance list.

    Meetings that call only some members (a committee, a group) tick them one by one.
    `states` says who was lost or suspended on the day.
    """

    members: tuple[Member, ...]
    guests: tuple[Member, ...] = ()
    initial: Roll = field(default_factory=Roll)
    calls_some: bool = False
    day: dt.date = field(default_factory=today)
    states: Mapping[int, str] = field(default_factory=dict)

    @property
    def listable(self) -> tuple[Member, ...]:
        """Members and possible guests, who alone may chair or write the minutes."""
        return (*self.members, *self.guests)

    def rows(self, roll: Roll) -> list[RollRow]:
        """Return one row for each member, filled from a roll."""
        return [
            RollRow(
                member,
                self.label_of(member),
                called=member.pk in roll.called,
                absent=member.pk in roll.absent,
                reason=roll.absent.get(member.pk, ""),
                votes=has_vote(member, self.day, self.states.get(member.pk)),
                mark=mark_of(self.states.get(member.pk)),
            )
            for member in self.members
        ]

    def guest_rows(self, roll: Roll) -> list[RollRow]:
        """Return one row for each possible guest, ticked if they attended."""
        return [
            RollRow(
                member,
                self.label_of(member),
                called=member.pk in roll.guests,
                absent=False,
                reason="",
            )
            for member in self.guests
        ]

    def label_of(self, member: Member) -> str:
        """Return the member's name, with more where two on the list share it."""
        namesakes = [one for one in self.listable if one.name == member.name]
        return member.choice_label if len(namesakes) > 1 else member.name

    def read(self, data: Mapping[str, str]) -> Roll:
        """Read the list from submitted data; members it does not offer are ignored.

        A member with a reason is absent, and an absent member was called.
        """
        reasons = self._reasons(data)
        absent = self._read_ticked(data, "absent", self.members) | set(reasons)
        called = {member.pk for member in self.members}
        if self.calls_some:
            called = self._read_ticked(data, "called", self.members) | absent
        return Roll(
            present=frozenset(called - absent),
            absent={pk: reasons.get(pk, "") for pk in sorted(absent)},
            guests=frozenset(self._read_ticked(data, "guests", self.guests)),
        )

    def _read_ticked(
        self, data: Mapping[str, str], name: str, offered: Iterable[Member]
    ) -> set[int]:
        submitted = set(data.getlist(name)) if isinstance(data, QueryDict) else set()
        return {member.pk for member in offered if str(member.pk) in submitted}

    def _reasons(self, data: Mapping[str, str]) -> dict[int, str]:
        submitted = {m.pk: data.get(f"reason_{m.pk}", "") for m in self.members}
        return {
            pk: code for pk, code in submitted.items() if code in AbsenceReason.values
        }

    def missing_reasons(self, roll: Roll) -> str:
        """Return a sentence that leads to those absent without a reason, if any."""
        missing = [m for m in self.members if roll.absent.get(m.pk) == ""]
        if not missing:
            return ""
        names = format_html_join(
            "、", '<a href="#reason-{}">{}</a>', ((m.pk, m.name) for m in missing)
        )
        words = gettext("Choose the reason of absence for: {names}")
        return format_html(words, names=names)

    def refuse_absent_officer(self, officer: Member, roll: Roll) -> str:
        """Return a sentence that leads to the line of who is not there, if so."""
        if officer.pk in roll.attendees:
            return ""
        box = "called"
        if officer in self.guests:
            box = "guest"
        elif officer.pk in roll.absent:
            box = "absent"
        to_line = gettext("To the line of %(name)s") % {"name": self.label_of(officer)}
        return format_html(
            '{} <a href="#{}-{}">{}</a>',
            f"{MustBeThere(name=officer.name)}",
            box,
            officer.pk,
            to_line,
        )


@dataclass(frozen=True, slots=True)
class ShownRoll:
    """The attendance list as stored and as sent, for edit conflicts."""

    book: RollBook
    sent: Roll
    name: ClassVar[str] = "roll"
    label: ClassVar[StrOrPromise] = _("Who was there")

    def first_lines(self) -> dict[str, str]:
        """Return what is stored of everybody listed, by the member's key."""
        return _lines_of(self.book.initial)

    def sent_lines(self) -> dict[str, str]:
        """Return what was sent of everybody listed, by the member's key."""
        return _lines_of(self.sent)

    def put_first_lines(self, data: QueryDict, touched: Set[str]) -> None:
        """Send the stored lines instead of what was sent, but for the touched ones."""
        stored = self.book.initial
        ticked = {
            "called": stored.called,
            "absent": stored.absent,
            "guests": stored.guests,
        }
        for name, keys in ticked.items():
            sent = [key for key in data.getlist(name) if key in touched]
            left = [str(pk) for pk in sorted(keys) if str(pk) not in touched]
            data.setlist(name, [*left, *sent])
        for member in self.book.members:
            if str(member.pk) not in touched:
                data[f"reason_{member.pk}"] = stored.absent.get(member.pk, "")

    def describe_lines(self, keys: Set[str]) -> tuple[str, str]:
        """Return in words what was sent, and what is stored, in these lines."""
        people = [m for m in self.book.listable if str(m.pk) in keys]
        yours, now = (
            "；".join(self._describe(member, roll) for member in people)
            for roll in (self.sent, self.book.initial)
        )
        return yours, now

    def _describe(self, member: Member, roll: Roll) -> str:
        pk, label = member.pk, self.book.label_of(member)
        if pk in roll.absent:
            reason = dict(AbsenceReason.choices).get(roll.absent[pk], "")
            return f"{label} {Presence.ABSENT.label} {reason}".strip()
        if pk in roll.guests:
            return f"{label} {Presence.GUEST.label}"
        is_there = pk in roll.present
        return f"{label} {Presence.PRESENT.label if is_there else _('not called')}"


def _lines_of(roll: Roll) -> dict[str, str]:
    """Return what the list says of each member listed, by the member's key."""
    return {
        **{f"{pk}": "present" for pk in sorted(roll.present)},
        **{f"{pk}": f"absent:{roll.absent[pk]}" for pk in sorted(roll.absent)},
        **{f"{pk}": "guest" for pk in sorted(roll.guests)},
    }
