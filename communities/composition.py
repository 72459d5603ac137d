"""How a body or a list of seat-holders is made up: each person is counted once."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.enums import RESERVES, Filling
from communities.models import SeatHolding
from communities.querysets import SeatHoldingQuerySet
from core.months import today
from core.numbers import percent_of
from core.text import StrOrPromise
from core.web.components import DetailRow
from members.enums import Sex
from members.models import Member
from organizations.models import CodeItem, Organization
from organizations.queries import code_items

WHY_SO_MANY = _(
    "%(seats)s, of them %(units)s by units that name nobody and %(again)s further ones"
    " of people counted already"
)
COLUMNS = (
    *("member", "non_member", "member__sex", "non_member__sex"),
    *("member__birth_date", "non_member__birth_month"),
    *("member__education", "non_member__education"),
    *("channel", "recruited_from", "is_full_time", "is_long_term"),
    "seat__body__kind__code",
)


@dataclass(slots=True)
class Person:
    """What statistics ask of one person, over all the seats that were read."""

    is_member: bool
    sex: str
    born: dt.date
    education: str
    channels: set[str]
    groups: set[str]
    is_full_time: bool
    is_long_term: bool
    has_post: bool

    def age_on(self, day: dt.date) -> int:
        """Return the full years of the person; of a month of birth, its first day."""
        before = (day.month, day.day) < (self.born.month, self.born.day)
        return day.year - self.born.year - before


@dataclass(slots=True)
class Holders:
    """The people who hold seats, by member and other person, and how many seats.

    A unit that names nobody is none of the people.
    """

    people: dict[tuple[int | None, int | None], Person]
    seats: int
    seats_of_units: int


def read_holders(rows: SeatHoldingQuerySet) -> Holders:
    """Read who holds seats; the database gathers the seats of equal answers."""
    people: dict[tuple[int | None, int | None], Person] = {}
    seats = seats_of_units = 0
    gathered = rows.order_by().values_list(*COLUMNS).annotate(seats=Count("pk"))
    for row in gathered:
        member, other, sex, sex2, born, born2, education, education2, *rest = row
        channel, group, full_time, long_term, body, number = rest
        seats += number
        if member is None and other is None:
            seats_of_units += number
            continue
        person = people.setdefault(
            (member, other),
            Person(
                is_member=member is not None,
                sex=sex or sex2,
                born=born or born2,
                education=education or education2 or "",
                channels=set(),
                groups=set(),
                is_full_time=False,
                is_long_term=False,
                has_post=False,
            ),
        )
        person.channels.add(channel)
        person.groups |= {group} - {""}
        person.is_full_time |= full_time
        person.is_long_term |= long_term
        person.has_post |= body != RESERVES
    return Holders(people, seats, seats_of_units)


def _count_several(holders: Holders) -> int:
    """Count who has a post here and another one; a list of reserves is none."""
    keys = [key for key, person in holders.people.items() if person.has_post]
    members = [member for member, _other in keys if member is not None]
    others = [other for _member, other in keys if other is not None]
    return SeatHolding.objects.count_people_with_several(members, others, today())


def describe_composition(
    rows: SeatHoldingQuerySet, *, place: Organization | None = None
) -> list[DetailRow]:
    """Return how seat-holders are made up, in rows of numbers and shares.

    With a `place` the rows say how many of its members there are to each long-term
    worker.
    """
    holders = read_holders(rows)
    people = list(holders.people.values())
    if not people:
        return []
    count = len(people)
    long_term = sum(person.is_long_term for person in people)
    lines = [
        DetailRow(_("People"), count),
        *_explain_difference(holders),
        _share(
            pgettext_lazy("people", "Women"),
            sum(p.sex == Sex.FEMALE for p in people),
            count,
        ),
        _share(_("Party members"), sum(p.is_member for p in people), count),
        _share(_("Hold other seats as well"), _count_several(holders), count),
        _share(_("Full time"), sum(p.is_full_time for p in people), count),
        _share(_("Here for years"), long_term, count),
        DetailRow(_("Age"), "、".join(_describe_ages(people))),
        _share(_("Junior college or above"), _count_schooled(people), count),
        DetailRow(_("Came by"), "、".join(_describe_channels(people))),
    ]
    if groups := "、".join(_describe_groups(people)):
        lines.append(DetailRow(_("From which groups"), groups))
    if place is not None and long_term:
        lines.append(
            DetailRow(
                _("Members to each long-term worker"),
                _divide(count_members(place), long_term),
            )
        )
    return lines


def _explain_difference(holders: Holders) -> list[DetailRow]:
    """Say why there are other numbers of seats than of people, where there are."""
    seats, units, people = holders.seats, holders.seats_of_units, len(holders.people)
    if seats == people:
        return []
    words = {"seats": seats, "units": units, "again": seats - units - people}
    return [DetailRow(_("Seats held"), WHY_SO_MANY % words)]


def count_members(place: Organization) -> int:
    """Return how many members belong to a place today."""
    count: int = Member.objects.belonging_to(place).count()
    return count


def _share(label: StrOrPromise, part: int, count: int) -> DetailRow:
    return DetailRow(label, f"{part}（{format_share(part, count)}）")


def format_share(part: int, count: int) -> str:
    """Return a share in hundredths of a percent: 36 of 215 are 16.74%."""
    return f"{percent_of(Decimal(part), Decimal(count), decimals=2)}%"


def _divide(number: int, by: int) -> str:
    return f"{(Decimal(number) / by).quantize(Decimal('0.1'), ROUND_HALF_UP)}"


def _describe_ages(people: Iterable[Person]) -> Iterator[str]:
    """Say how many people are in each band of ages; the bands are data."""
    day = today()
    ages = [person.age_on(day) for person in people]
    for band in CodeItem.objects.listed("office_age_bands"):
        least = int(band.attributes.get("min_age") or 0)
        most = int(band.attributes.get("max_age") or 200)
        count = sum(least <= age <= most for age in ages)
        yield f"{band.label}{count}（{format_share(count, len(ages))}）"


def _count_schooled(people: Iterable[Person]) -> int:
    """Count the people with a junior college or higher, by the list of levels."""
    levels = CodeItem.objects.listed("education")
    higher = {
        level.code
        for level in levels
        if level.attributes.get("junior_college_or_above") == "true"
    }
    return sum(person.education in higher for person in people)


def _describe_channels(people: Iterable[Person]) -> Iterator[str]:
    """Say how many people came by each way; of several ways each is counted."""
    counts = Counter(channel for person in people for channel in person.channels)
    for channel in Filling:
        if counts[channel]:
            yield f"{channel.label}{counts[channel]}"


def _describe_groups(people: Iterable[Person]) -> Iterator[str]:
    """Say how many people came from each group, as far as it is on record."""
    counts = Counter(group for person in people for group in person.groups)
    for code, label in code_items("recruited_from"):
        if counts[code]:
            yield f"{label}{counts[code]}"
