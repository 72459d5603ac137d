"""Reads of projects and bodies."""

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Self

from django.db.models import (
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from communities.enums import (
    DECIDING,
    ENDED_WITH_THE_BODY,
    RESERVES,
    UNPAID,
    Eligibility,
    Presence,
)
from core.db.querysets import InstallationQuerySet, ScopedQuerySet, current_on
from core.db.voidable import VoidableFactQuerySet
from core.months import months_after, today
from organizations.roles import MEETING_KEEPERS, READERS, RECORD_KEEPERS, Role

REMINDED_MONTHS = 6
"""By the opinion on terms of office (R-06)."""

if TYPE_CHECKING:
    from communities.models import (
        Attendance,
        Body,
        BodyDocument,
        BodyKind,
        Meeting,
        NonMember,
        Project,
        Seat,
        SeatHolding,
        SeatKind,
        TermOfOffice,
    )


class ProjectQuerySet(ScopedQuerySet["Project"]):
    """Projects, by the community that runs them and the unit that takes part."""

    unit_lookup = "unit"
    seen_with = RECORD_KEEPERS | {Role.CITY_OFFICER}
    managed_with = RECORD_KEEPERS

    def running(self, day: dt.date | None = None) -> Self:
        """Started and not ended on a day, by default today."""
        return self.filter(current_on(day or today()))

    def shared_with(self, unit_id: int, *, organization_id: int) -> Self:
        """Those of one community that it runs alone or together with one unit."""
        return self.filter(Q(unit=None) | Q(unit=unit_id), organization=organization_id)


class BodyKindQuerySet(InstallationQuerySet["BodyKind"]):
    """Kinds of body; street staff keep them for the whole installation."""

    seen_with = READERS
    managed_with = frozenset({Role.STREET_STAFF})

    def in_force(self, day: dt.date | None = None) -> Self:
        """Kinds of which bodies may be set up on a day, by default today."""
        return self.filter(current_on(day or today()))


class SeatKindQuerySet(InstallationQuerySet["SeatKind"]):
    """Kinds of seat, kept with the kinds of body."""

    seen_with = READERS
    managed_with = frozenset({Role.STREET_STAFF})


def _count(rows: Any, key: str) -> Any:
    """Return an expression that counts different rows of a subquery."""
    one = rows.order_by().annotate(all=Value(1)).values("all")
    counted = one.annotate(number=Count(key, distinct=True)).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


class BodyQuerySet(ScopedQuerySet["Body"]):
    """Bodies, by the organization to which they belong."""

    seen_with = READERS
    managed_with = RECORD_KEEPERS

    def running(self, day: dt.date | None = None) -> Self:
        """Set up and not ended on a day, by default today."""
        return self.filter(current_on(day or today()))

    def with_seat_counts(self, day: dt.date | None = None) -> Self:
        """Annotate how many seats a body has on a day, and how many are held.

        They are counted for each row that is read, so that a page of a long list does
        not count the seats of all the others.
        """
        on = day or today()
        seats: Any = self.model.seats.rel.related_model
        own = seats._default_manager.filter(current_on(on), body=OuterRef("pk"))
        held = current_on(on, "holdings") & Q(
            holdings__voided_at=None, holdings__starts_on__isnull=False
        )
        return self.annotate(
            seat_count=_count(own, "pk"), held_count=_count(own.filter(held), "pk")
        )

    def with_term_end(self) -> Self:
        """Annotate the day after the last one of the latest term (R-05)."""
        latest = self.model._default_manager.filter(pk=OuterRef("pk"))
        valid = latest.filter(terms__voided_at=None)
        ends = valid.order_by("-terms__starts_on").values("terms__ends_on")[:1]
        return self.annotate(term_ends_on=Subquery(ends))


class BodyDocumentQuerySet(ScopedQuerySet["BodyDocument"]):
    """Documents behind bodies."""

    organization_lookups = ("record__organization",)
    seen_with = READERS
    managed_with = RECORD_KEEPERS


class TermOfOfficeQuerySet(ScopedQuerySet["TermOfOffice"]):
    """Terms of bodies."""

    organization_lookups = ("body__organization",)
    seen_with = READERS
    managed_with = RECORD_KEEPERS

    def latest_of_bodies(self) -> Self:
        """The last term of each running body, whether it has run out or not."""
        later = self.model._default_manager.filter(
            body=OuterRef("body"), starts_on__gt=OuterRef("starts_on")
        )
        return self.filter(
            ~Exists(later), current_on(today(), "body"), body__voided_at=None
        )

    def to_be_renewed(self, day: dt.date) -> Self:
        """Last terms that run out within six months, or have run out (R-06)."""
        soon = months_after(day, REMINDED_MONTHS)
        return self.latest_of_bodies().filter(ended_on=None, ends_on__lte=soon)


class SeatQuerySet(ScopedQuerySet["Seat"]):
    """Seats of bodies, whether somebody holds them or not."""

    organization_lookups = ("body__organization",)
    seen_with = READERS
    managed_with = RECORD_KEEPERS

    def open(self, day: dt.date | None = None) -> Self:
        """Seats that exist on a day, by default today."""
        return self.filter(
            current_on(day or today()),
            current_on(day or today(), "body"),
            body__voided_at=None,
        )

    def vacant(self, day: dt.date | None = None) -> Self:
        """Open seats that nobody holds on a day, by default today (R-09)."""
        held = current_on(day or today(), "holdings") & Q(
            holdings__starts_on__isnull=False, holdings__voided_at=None
        )
        taken = self.model._default_manager.filter(held).order_by().values("pk")
        return self.open(day).exclude(pk__in=taken)


class NonMemberQuerySet(ScopedQuerySet["NonMember"]):
    """People who are no Party members, by the organization that recorded them."""

    seen_with = MEETING_KEEPERS
    managed_with = RECORD_KEEPERS


class SeatHoldingQuerySet(ScopedQuerySet["SeatHolding"]):
    """Who holds seats: keepers read the names, and members their own."""

    organization_lookups = ("seat__body__organization",)
    member_lookup = "member"
    seen_with = MEETING_KEEPERS
    managed_with = RECORD_KEEPERS

    def current(self, day: dt.date | None = None) -> Self:
        """Holding a seat on a day, by default today."""
        return self.filter(current_on(day or today()))

    def left_in(self, first: dt.date, last: dt.date) -> Self:
        """Left within a span of days, for other reasons than the end of a term."""
        left = self.filter(ends_on__range=(first, last))
        return left.exclude(end_reason__in=ENDED_WITH_THE_BODY)

    def open_ended(self) -> Self:
        """Without an end."""
        return self.filter(ends_on=None)

    def left_behind(self) -> Self:
        """Held on in a body of Party members alone by who left its place since."""
        member: Any = self.model.member.field.related_model
        affiliations = member.affiliations.rel
        there = affiliations.related_model._default_manager.filter(
            member=OuterRef("member"),
            organization__path__startswith=OuterRef("seat__body__organization__path"),
        )
        left = there.filter(
            starts_on__lte=OuterRef("starts_on"), ends_on__gt=OuterRef("starts_on")
        )
        alone = {"seat__body__kind__open_to": Eligibility.MEMBERS}
        rows = self.open_ended().filter(Exists(left), **alone)
        return rows.exclude(Exists(there.filter(ends_on=None)))

    def with_holders(self) -> Self:
        """Read who holds each seat and of which body, and annotate an order by name."""
        return (
            self.select_related(
                *("member", "non_member", "unit"),
                *("seat__kind", "seat__body__organization", "seat__body__kind"),
            )
            .defer("member__id_number", "member__phone")
            .annotate(holder_key=Coalesce("member__sort_key", "non_member__sort_key"))
        )

    def paid_seats(self) -> Self:
        """Of who works: not of who is on a list of reserves or an assembly's roll."""
        return self.exclude(seat__body__kind__code__in=UNPAID)

    def of_sex(self, code: str) -> Self:
        """Held by somebody of a sex."""
        return self.filter(Q(member__sex=code) | Q(non_member__sex=code))

    def held_with_others(self, day: dt.date | None = None) -> Self:
        """Held by somebody who holds another seat as well on a day (一肩挑).

        To be on the list of reserves is no seat in this sense.
        """
        rows = self.model._default_manager.filter(current_on(day or today()))
        running = rows.filter(current_on(day or today(), "seat__body")).exclude(
            Q(pk=OuterRef("pk")) | Q(seat__body__kind__code=RESERVES)
        )
        same_member = running.filter(member=OuterRef("member"))
        same_person = running.filter(non_member=OuterRef("non_member"))
        posts = self.exclude(seat__body__kind__code=RESERVES)
        return posts.filter(Exists(same_member) | Exists(same_person))

    def count_people_with_several(
        self, members: Collection[int], others: Collection[int], day: dt.date
    ) -> int:
        """Count who of some people hold more than one seat on a day, each once.

        It counts whom `held_with_others` finds, by gathering the seats of each person
        instead of looking for another one at each seat.
        """
        seats = self.filter(
            Q(member__in=members) | Q(non_member__in=others),
            current_on(day),
            current_on(day, "seat__body"),
        ).exclude(seat__body__kind__code=RESERVES)
        people = seats.order_by().values("member", "non_member")
        count: int = people.annotate(held=Count("pk")).filter(held__gt=1).count()
        return count
