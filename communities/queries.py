"""Queries for the form of a meeting, and for the roster of a body."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q
from django.db.models.functions import Concat

from communities.enums import CALLING_SOME, RESERVES
from communities.models import (
    Attendance,
    Body,
    Meeting,
    Seat,
    SeatHolding,
    TermOfOffice,
)
from communities.querysets import SeatHoldingQuerySet
from core.actors import Actor, scope_of
from core.db.querysets import current_on
from core.db.tree import path_range
from core.months import today
from members.duplicates.merged import own_or_merged
from members.models import Affiliation, Member
from members.querysets import MemberQuerySet
from organizations.models import Organization
from organizations.queries import filing_organization


def members_on(
    organization: Organization, day: dt.date, *, also: Collection[int] = ()
) -> MemberQuerySet:
    """Members formally affiliated with the organization on the day, and `also`."""
    affiliated = Affiliation.objects.filter(
        current_on(day), path_range("organization", organization.path)
    )
    listed = Q(pk__in=affiliated.values("member")) | Q(pk__in=also)
    return Member.objects.filter(listed).order_by("sort_key", "pk")


def possible_guests(
    organization: Organization, user: Actor, *, also: Collection[int] = ()
) -> MemberQuerySet:
    """Members checked in at the community, as far as the reader may see them (R-21).

    Members already on the list (`also`) are always offered.
    """
    seen = Member.objects.visible_to(user).checked_in_at(
        filing_organization(organization)
    )
    listed = Q(pk__in=seen.order_by().values("pk")) | Q(pk__in=also)
    return Member.objects.filter(listed).order_by("sort_key", "pk")


def members_called_last_time(organization: Organization, kind: str) -> set[int]:
    """Members called to the last meeting of the kind; committees rarely change."""
    if kind not in CALLING_SOME:
        return set()
    meetings = Meeting.objects.filter(organization=organization, kind=kind)
    last = meetings.order_by("-held_on", "-pk").first()
    rows = Attendance.objects.called().filter(meeting=last)
    return set(rows.values_list("member", flat=True))


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One seat of a body, and who holds it; nobody where it is vacant.

    Of readers who may not read names only that the seat is held is known.
    """

    seat: Seat
    holding: SeatHolding | None
    is_held: bool


@dataclass(frozen=True, slots=True)
class TermLine:
    """One term of a body and who sat in it, who then left included.

    `reopenable` are the entries whose end can be voided: their seat is still vacant.
    """

    term: TermOfOffice | None
    holdings: list[SeatHolding]
    is_overdue: bool
    is_last: bool
    reopenable: set[int]


@dataclass(frozen=True, slots=True)
class Roster:
    """The seats of a body today, and its terms through time."""

    lines: list[RosterLine]
    terms: list[TermLine]
    vacant: int

    @property
    def term(self) -> TermOfOffice | None:
        """The term that goes on, whether it has run out or not."""
        last = self.terms[0].term if self.terms else None
        return last if last is not None and last.ended_on is None else None


def roster_of(body: Body, user: Actor) -> Roster:
    """Return the seats and terms of a body, with the names that the reader may read."""
    seats = list(body.seats.open().filter(ends_on=None).select_related("kind"))
    rows = list(
        with_other_posts(
            SeatHolding.objects.filter(seat__body=body).with_holders(),
            SeatHolding.objects.visible_to(user),
        ).order_by("seat__kind__position", "seat__number", "-starts_on", "pk")
    )
    day = today()
    current = {r.seat_id: r for r in rows if r.ends_on is None or r.ends_on > day}
    seen = set(
        SeatHolding.objects.visible_to(user)
        .filter(seat__body=body)
        .values_list("pk", flat=True)
    )
    lines = []
    for seat in seats:
        held = current.get(seat.pk)
        shown = held if held is not None and held.pk in seen else None
        lines.append(RosterLine(seat, shown, held is not None))
    shown_rows = [row for row in rows if row.pk in seen]
    vacant = sum(not line.is_held for line in lines)
    latest = {row.seat_id: row.pk for row in reversed(rows)}.values()
    terms = _terms_of(body, shown_rows, day, latest=set(latest))
    return Roster(lines, terms, vacant)


def _terms_of(
    body: Body, rows: list[SeatHolding], day: dt.date, *, latest: Collection[int]
) -> list[TermLine]:
    """Return the terms of a body, the latest first; last what belongs to none.

    `latest` are the last entries of each open seat.
    """
    terms = list(body.terms.order_by("-starts_on", "-pk"))
    reopenable = {row.pk for row in rows if row.pk in latest and row.is_left_alone}
    found = [
        TermLine(
            term,
            [row for row in rows if row.term_id == term.pk],
            term.ended_on is None and term.ends_on is not None and term.ends_on <= day,
            position == 0 and term.ended_on is None,
            reopenable if term.ended_on is None else set(),
        )
        for position, term in enumerate(terms)
    ]
    left = [r for r in rows if r.term_id is None and r.ends_on and r.ends_on <= day]
    before = TermLine(None, left, False, False, reopenable)
    return [*found, before] if left else found


def with_other_posts(
    rows: SeatHoldingQuerySet, seen: SeatHoldingQuerySet
) -> SeatHoldingQuerySet:
    """Read with each holder the other seats that the reader may see (一肩挑).

    To be on the list of reserves is no seat in this sense.
    """
    current = seen.current().exclude(seat__body__kind__code=RESERVES)
    named = current.annotate(post=Concat("seat__body__name", "seat__kind__name"))
    current = named.only("member", "non_member").order_by("starts_on", "pk")
    return rows.prefetch_related(
        *(
            Prefetch(f"{one}__seat_holdings", current, to_attr="current_holdings")
            for one in ("member", "non_member")
        )
    )


MEETINGS_SHOWN = 20


def describe_meetings_elsewhere(member: Any, user: Actor) -> Mapping[str, Any]:
    """Return for a member's own page the meetings to which they came elsewhere (S4-07).

    Of this year it is counted how often they came at home.
    """
    if scope_of(user).member_id != member.pk:
        return {"elsewhere": ()}
    year = today().replace(month=1, day=1)
    came = Attendance.objects.of_valid_meetings()
    came = came.filter(own_or_merged([member.pk]))
    elsewhere = came.guests().select_related("meeting__organization")
    called = came.called().filter(meeting__held_on__gte=year)
    return {
        "elsewhere": elsewhere.order_by("-meeting__held_on", "-pk")[:MEETINGS_SHOWN],
        "elsewhere_count": elsewhere.filter(meeting__held_on__gte=year).count(),
        "called_count": called.count(),
        "came_count": called.attended().count(),
    }
