"""Rows that are closed when a membership ends: roles, accounts, check-ins, claims."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from core.actors import Actor
from core.registries.registry import Registry
from core.text import StrOrPromise
from members.enums import EndReason
from members.models import Member


@dataclass(frozen=True, slots=True)
class MembershipEnd:
    """The end of a membership: the member, the reason, the day, and who recorded it."""

    member: Member
    reason: EndReason
    on: dt.date
    by: Actor | None


@dataclass(frozen=True, slots=True)
class Closer:
    """Rows of an app that are open for a member, and how they are closed.

    `open_rows` are those of all members, `member` is the lookup from a row to its
    member. `close` ends one row, in the transaction that ends the membership; `words`
    says on the page how many (`%(count)s`) were closed.
    """

    key: str
    words: StrOrPromise
    open_rows: Callable[[], QuerySet[Any]]
    close: Callable[[Any, MembershipEnd], object]
    member: str = "member"

    def open_for(self, member: Member) -> QuerySet[Any]:
        """Return the rows that are open for one member."""
        return self.open_rows().filter(**{self.member: member.pk})


closers: Registry[Closer] = Registry("Closer")


def close_open_rows(end: MembershipEnd, *, only: str = "") -> list[str]:
    """Close what is open for the member; return what was closed, in words.

    `only` is the key of a single closer to use instead of all.
    """
    descriptions = []
    for closer in [closers.get(only)] if only else closers:
        rows = list(closer.open_for(end.member))
        for row in rows:
            closer.close(row, end)
        if rows:
            descriptions.append(str(closer.words) % {"count": len(rows)})
    return descriptions


def find_unclosed_rows() -> Iterator[str]:
    """Find rows that are open for members whose membership ended or was voided."""
    former = Member.all_objects.no_longer_current().order_by().values("pk")
    for closer in closers:
        rows = closer.open_rows().filter(**{f"{closer.member}__in": former})
        for pk in rows.order_by("pk").values_list("pk", flat=True):
            yield f"{closer.key} {pk}"
