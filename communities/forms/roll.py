"""The attendance list as it is filled in: one line a member, all present at first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from communities.actions import Roll
from communities.enums import AbsenceReason
from core.text import StrOrPromise
from members.models import Member


@dataclass(frozen=True, slots=True)
class Line:
    """One member on the list: whether called, whether absent, and why."""

    member: Member
    called: bool
    absent: bool
    reason: str


@dataclass(frozen=True, slots=True)
class RollBook:
    """Whom a meeting may list, and how they stand before anything is typed.

    Where a meeting calls some only (a committee, a group), they are ticked one by one.
    """

    members: tuple[Member, ...]
    guests: tuple[Member, ...] = ()
    standing: Roll = field(default_factory=Roll)
    calls_some: bool = False

    @property
    def everybody(self) -> tuple[Member, ...]:
        """Members and possible guests, who alone may chair or write the minutes."""
        return (*self.members, *self.guests)

    def lines(self, roll: Roll) -> list[Line]:
        """Return the list of members as a roll has it."""
        return [
            Line(
                member,
                called=member.pk in roll.called,
                absent=member.pk in roll.absent,
                reason=roll.absent.get(member.pk, ""),
            )
            for member in self.members
        ]

    def guest_lines(self, roll: Roll) -> list[Line]:
        """Return the possible guests, those ticked who came."""
        return [
            Line(member, called=member.pk in roll.guests, absent=False, reason="")
            for member in self.guests
        ]

    def read(self, data: Mapping[str, str]) -> Roll:
        """Read the list from what was sent; what it does not offer is left out.

        Whoever is absent was called, and whoever has a reason is absent.
        """
        reasons = self._reasons(data)
        absent = self._ticked(data, "absent", self.members) | set(reasons)
        called = {member.pk for member in self.members}
        if self.calls_some:
            called = self._ticked(data, "called", self.members) | absent
        return Roll(
            present=frozenset(called - absent),
            absent={pk: reasons.get(pk, "") for pk in sorted(absent)},
            guests=frozenset(self._ticked(data, "guests", self.guests)),
        )

    def _ticked(
        self, data: Mapping[str, str], name: str, offered: Iterable[Member]
    ) -> set[int]:
        sent = set(data.getlist(name)) if isinstance(data, QueryDict) else set()
        return {member.pk for member in offered if str(member.pk) in sent}

    def _reasons(self, data: Mapping[str, str]) -> dict[int, str]:
        sent = {m.pk: data.get(f"reason_{m.pk}", "") for m in self.members}
        return {pk: code for pk, code in sent.items() if code in AbsenceReason.values}

    def without_reason(self, roll: Roll) -> StrOrPromise | None:
        """Name those who are absent without a reason, in one sentence."""
        missing = [m.name for m in self.members if roll.absent.get(m.pk) == ""]
        if not missing:
            return None
        return _("Choose the reason of absence for: %(names)s") % {
            "names": "、".join(missing)
        }
