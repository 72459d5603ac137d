"""Rows that are closed when a membership or a check-in ends: roles, claims and such."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from core.actors import Actor
from core.db.tree import path_range
from core.registries.closers import Closer, Closers
from members.enums import EndReason
from members.models import CheckIn, Member
from organizations.models import Organization


@dataclass(frozen=True, slots=True)
class MembershipEnd:
    """The end of a membership: the member, the reason, the day, and who recorded it.

    Without a reason the membership goes on, and only a check-in ends.
    """

    member: Member
    reason: EndReason | None
    on: dt.date
    by: Actor | None


@dataclass(frozen=True, slots=True)
class Departure:
    """A member leaves an organization for another one, or for none on record here."""

    member: Member
    left: Organization
    to: Organization | None = None


def on_leaving_altogether(rows: QuerySet[Any], departure: Departure) -> Iterable[Any]:
    """Return the rows of a member who leaves for no other organization here."""
    return rows if departure.to is None else ()


@dataclass(frozen=True, slots=True)
class MemberCloser(Closer[MembershipEnd]):
    """Rows of an app that are open for a member, and how they are closed.

    Rows with an `organization_lookup`, the lookup to the organization where something
    was promised, are closed with a check-in, too. `leaving` chooses which of the open
    rows end because the member leaves an organization while the membership goes on.
    """

    owner: str = "member"
    organization_lookup: str = ""
    leaving: Callable[[QuerySet[Any], Departure], Iterable[Any]] | None = None

    def open_at(self, check_in: CheckIn) -> QuerySet[Any]:
        """Return the rows that end with a check-in: those promised in its community.

        Of somebody who then belongs nowhere these are all: nobody could expect them.
        """
        rows = self.open_for(check_in.member)
        if check_in.member.organization_id is None:
            return rows
        below = path_range(self.organization_lookup, check_in.community.path)
        return rows.filter(below)


class MemberClosers(Closers[MemberCloser]):
    """What apps close when a membership ends, or a check-in alone."""

    def with_check_in(self) -> list[MemberCloser]:
        """Return those that close something with a check-in, too."""
        return [closer for closer in self if closer.organization_lookup]

    def close_rows_at(self, check_in: CheckIn, end: MembershipEnd) -> dict[str, int]:
        """Close what ends with a check-in; return how many rows, by closer."""
        return {
            closer.key: closer.close_rows(closer.open_at(check_in), end)
            for closer in self.with_check_in()
        }

    def close_rows_left(
        self, departure: Departure, end: MembershipEnd
    ) -> dict[str, int]:
        """Close what ends with an affiliation; return how many rows, by closer."""
        return {
            closer.key: closer.close_rows(
                closer.leaving(closer.open_for(departure.member), departure), end
            )
            for closer in self
            if closer.leaving is not None
        }

    def count_rows_at(self, check_in: CheckIn) -> dict[str, int]:
        """Return how many rows would end with a check-in, by closer."""
        return {
            closer.key: closer.open_at(check_in).count()
            for closer in self.with_check_in()
        }


closers = MemberClosers("Member closer")
