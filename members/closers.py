"""Rows that are closed when a membership or a check-in ends: roles, claims and such."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from core.actors import Actor
from core.db.tree import path_range
from core.registries.registry import Registry
from core.text import StrOrPromise
from members.enums import EndReason
from members.models import CheckIn, Member


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
class Closer:
    """Rows of an app that are open for a member, and how they are closed.

    `open_rows` are those of all members, `member` is the lookup from a row to its
    member. `close` ends one row, in the transaction that ends the membership; `words`
    says on the page how many (`%(count)s`) were closed. Rows with a `place`, the lookup
    to the organization where something was promised, are closed with a check-in, too.
    """

    key: str
    words: StrOrPromise
    open_rows: Callable[[], QuerySet[Any]]
    close: Callable[[Any, MembershipEnd], object]
    member: str = "member"
    organization_lookup: str = ""

    def open_for(self, member: Member) -> QuerySet[Any]:
        """Return the rows that are open for one member."""
        return self.open_rows().filter(**{self.member: member.pk})

    def open_at(self, check_in: CheckIn) -> QuerySet[Any]:
        """Return the rows that end with a check-in: those promised at the place.

        Of somebody who then belongs nowhere these are all: nobody could expect them.
        """
        rows = self.open_for(check_in.member)
        if check_in.member.organization_id is None:
            return rows
        return rows.filter(
            path_range(self.organization_lookup, check_in.community.path)
        )


closers: Registry[Closer] = Registry("Closer")


def close_open_rows(end: MembershipEnd, *, only: str = "") -> dict[str, int]:
    """Close what is open for the member; return how many rows, by closer.

    `only` is the key of a single closer to use instead of all.
    """
    return {
        closer.key: _close_rows(closer, closer.open_for(end.member), end)
        for closer in ([closers.get(only)] if only else closers)
    }


def close_rows_at(check_in: CheckIn, end: MembershipEnd) -> dict[str, int]:
    """Close what ends with a check-in; return how many rows, by closer."""
    return {
        closer.key: _close_rows(closer, closer.open_at(check_in), end)
        for closer in closers
        if closer.organization_lookup
    }


def _close_rows(closer: Closer, open_rows: QuerySet[Any], end: MembershipEnd) -> int:
    rows = list(open_rows)
    for row in rows:
        closer.close(row, end)
    return len(rows)


def count_open_rows(member: Member) -> dict[str, int]:
    """Return how many rows are open for a member, by closer."""
    return {closer.key: closer.open_for(member).count() for closer in closers}


def count_open_rows_at(check_in: CheckIn) -> dict[str, int]:
    """Return how many rows would end with a check-in, by closer."""
    closers_at = [closer for closer in closers if closer.organization_lookup]
    return {closer.key: closer.open_at(check_in).count() for closer in closers_at}


def describe_rows(counts: Mapping[str, int]) -> list[str]:
    """Return in words how many rows of each kind were or will be closed."""
    return [
        str(closer.words) % {"count": counts[closer.key]}
        for closer in closers
        if counts.get(closer.key)
    ]


def find_unclosed_rows() -> Iterator[str]:
    """Find rows that are open for members whose membership ended or was voided."""
    former = Member.all_objects.no_longer_current().order_by().values("pk")
    for closer in closers:
        rows = closer.open_rows().filter(**{f"{closer.member}__in": former})
        for pk in rows.order_by("pk").values_list("pk", flat=True):
            yield f"{closer.key} {pk}"
