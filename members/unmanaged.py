"""Find members whom no organization manages, from what is on record (S1-17).

Left out is everybody of whom somebody takes care: whose letter is valid, who is being
searched for, whose matter somebody took up or found settled, who belongs to an employer
or to the place they came from.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from core.actors import Actor
from core.months import months_before, today
from core.text import StrOrPromise
from members.enums import (
    GUESTS,
    MONTHS_AWAITING_PLACEMENT,
    MONTHS_WITHOUT_CONTACT,
    Category,
    InquiryAnswer,
    MobileKind,
    PocketOutcome,
    PocketReason,
)
from members.lost_contacts.contacts import last_contacts
from members.models import (
    LostContact,
    Member,
    MobileRecord,
    PocketMember,
    Transfer,
    UnitInquiry,
)


@dataclass(frozen=True, slots=True)
class Unmanaged:
    """Somebody whom nobody manages: why, since when, and who deals with it."""

    member: Member
    why: PocketReason
    since: dt.date
    row: PocketMember | None = None

    @property
    def place(self) -> Any:
        """Where the person belongs or lives, as far as it is known."""
        return self.member.organization or self.member.community

    @property
    def reason(self) -> StrOrPromise:
        """Why nobody manages the person, in words."""
        return self.why.label

    def get_absolute_url(self) -> str:
        """The case, if somebody took the line, or else the page on which to take it."""
        if self.row is not None:
            return self.row.get_absolute_url()
        return reverse("members:take_pocket", args=[self.member.pk])


def find_unmanaged(user: Actor, day: dt.date | None = None) -> list[Unmanaged]:
    """Return whom nobody manages in the person's area, each once, by name."""
    day = day or today()
    rows = _possible(Member.objects.visible_to(user), day)
    taken = {
        row.member_id: row
        for row in PocketMember.objects.visible_to(user).open().select_related("case")
    }
    found: dict[int, Unmanaged] = {}
    for line in _find(rows, day):
        found.setdefault(line.member.pk, line)
    lines = sorted(found.values(), key=lambda one: (one.member.sort_key, one.member.pk))
    return [
        Unmanaged(one.member, one.why, one.since, taken.get(one.member.pk))
        for one in lines
    ]


def find_why(member: Member, day: dt.date | None = None) -> Unmanaged | None:
    """Return why nobody manages one member, if the records say so."""
    day = day or today()
    rows = _possible(Member.objects.filter(pk=member.pk), day)
    return next(_find(rows, day), None)


def _possible(rows: Any, day: dt.date) -> Any:
    """Leave out who ended, is being searched for, or was found to be managed."""
    searched = LostContact.objects.open().filter(member=OuterRef("pk"))
    checked = PocketMember.objects.filter(
        member=OuterRef("pk"),
        outcome=PocketOutcome.MANAGED,
        settled_on__gt=months_before(day, MONTHS_WITHOUT_CONTACT),
    )
    moving = Transfer.objects.under_way().filter(member=OuterRef("pk"))
    rows = rows.current().filter(~Exists(searched), ~Exists(checked), ~Exists(moving))
    asked = UnitInquiry.objects.filter(
        Q(answer="", voided=False, case__due_on__gte=day)
        | Q(
            answer=InquiryAnswer.MANAGED,
            answered_on__gt=months_before(day, MONTHS_WITHOUT_CONTACT),
        ),
        member=OuterRef("pk"),
    )
    rows = rows.filter(~Exists(asked))
    return rows.select_related("organization", "community")


def _find(rows: Any, day: dt.date) -> Iterator[Unmanaged]:
    yield from _with_expired_letters(rows)
    yield from _without_affiliation(rows)
    yield from _disowned(rows, day)
    yield from _awaiting_placement(rows, day)
    yield from _without_contact(rows, day)


def _with_expired_letters(rows: Any) -> Iterator[Unmanaged]:
    """Yield whose letter ran out, and of whom nothing followed (S2-39)."""
    letters = Transfer.objects.expired().filter(member__in=rows.order_by().values("pk"))
    since = dict(letters.values_list("member", "valid_until"))
    for member in rows.filter(pk__in=since):
        yield Unmanaged(member, PocketReason.LETTER, since[member.pk] or today())


def _without_affiliation(rows: Any) -> Iterator[Unmanaged]:
    """Yield who is checked in here, belongs nowhere, and is no guest of an employer."""
    here = rows.filter(organization=None, community__isnull=False)
    for member in here.exclude(category__in=GUESTS):
        since = member.known_since() or today()
        yield Unmanaged(member, PocketReason.NO_AFFILIATION, since)


def _disowned(rows: Any, day: dt.date) -> Iterator[Unmanaged]:
    """Yield who is said to be managed by a unit that denies it, and is away (S2-40)."""
    away = MobileRecord.objects.current(day).values("member")
    answers = UnitInquiry.objects.filter(
        answer=InquiryAnswer.NOT_MANAGED, member__in=rows.order_by().values("pk")
    )
    since = dict(answers.order_by("answered_on").values_list("member", "answered_on"))
    for member in rows.filter(pk__in=since).filter(pk__in=away):
        yield Unmanaged(member, PocketReason.DISOWNED, since[member.pk] or day)


def _awaiting_placement(rows: Any, day: dt.date) -> Iterator[Unmanaged]:
    """Yield graduates and veterans who wait for longer than a year (S2-41)."""
    limit = months_before(day, MONTHS_AWAITING_PLACEMENT)
    waiting = MobileRecord.objects.current(day).filter(
        kind=MobileKind.AWAITING,
        starts_on__lte=limit,
        member__in=rows.order_by().values("pk"),
    )
    since = dict(waiting.values_list("member", "starts_on"))
    here = Q(category=Category.AWAITING) | Q(pk__in=since)
    for member in rows.filter(here, organization__isnull=False):
        began = since.get(member.pk) or member.known_since()
        if began is not None and began <= limit:
            yield Unmanaged(member, PocketReason.AWAITING, began)


def _without_contact(rows: Any, day: dt.date) -> Iterator[Unmanaged]:
    """Yield who left over six months ago, and of whom no contact is on record since."""
    limit = months_before(day, MONTHS_WITHOUT_CONTACT)
    away = MobileRecord.objects.current(day).filter(
        starts_on__lte=limit, member__in=rows.order_by().values("pk")
    )
    since = dict(away.values_list("member", "starts_on"))
    members = list(rows.filter(pk__in=since, community=None))
    last = last_contacts(member.pk for member in members)
    for member in members:
        left = since[member.pk]
        contact = max(left, last.get(member.pk, left))
        if contact <= limit:
            yield Unmanaged(member, PocketReason.NO_CONTACT, contact)
