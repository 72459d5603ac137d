"""Secretaries who stand out: old, or little schooled, by thresholds with dates."""

import datetime as dt
from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext

from communities.enums import BodyGroup, Filling
from communities.models import SeatFiling, SeatHolding
from communities.querysets import SeatHoldingQuerySet
from core.months import full_years, years_before
from organizations.enums import ThresholdKey
from organizations.models import Threshold
from organizations.queries import code_items

OTHER_EDUCATION = "90"
"""What is recorded as another education says nothing of how much there was."""


def is_secretary() -> Q:
    """Return a condition on holdings of those who lead an organization's committee.

    Committees of the Party are elected: who heads a leading group or instructors is
    appointed, and no secretary by that.
    """
    return Q(
        seat__kind__leads=True,
        seat__body__kind__group=BodyGroup.PARTY,
        seat__body__kind__filled_by=Filling.ELECTION,
    )


def leads_the_party(holding: SeatHolding) -> bool:
    """Whether somebody leads the committee of a Party organization by a seat."""
    kind = holding.seat.body.kind
    elected = kind.group == BodyGroup.PARTY and kind.filled_by == Filling.ELECTION
    return holding.seat.kind.leads and elected


def is_old(day: dt.date) -> Q:
    """Return a condition on holdings of people who count as old on a day."""
    born = years_before(day, Threshold.objects.on(ThresholdKey.LEADER_AGE, day))
    return Q(member__birth_date__lte=born) | Q(non_member__birth_month__lte=born)


def is_little_schooled(day: dt.date) -> Q:
    """Return a condition on holdings of people who count as little schooled."""
    least = f"{Threshold.objects.on(ThresholdKey.LEADER_SCHOOLING, day)}"
    columns = ("member__education", "non_member__education")
    member, other = (
        Q(**{f"{name}__gte": least, f"{name}__lt": OTHER_EDUCATION}) for name in columns
    )
    return member | other


def stands_out(day: dt.date) -> Q:
    """Return a condition on holdings of secretaries who are old or little schooled."""
    return is_secretary() & (is_old(day) | is_little_schooled(day))


def not_filed(day: dt.date) -> Q:
    """Return a condition on holdings of people who are not on file for the seat."""
    filed = SeatFiling.objects.current(day).filter(holding=OuterRef("pk"))
    return ~Q(Exists(filed))


HOLDERS_WHO: dict[str, Callable[[dt.date], Q]] = {
    "leads": lambda _day: Q(seat__kind__leads=True),
    "stands_out": stands_out,
    "unfiled": lambda day: is_secretary() & not_filed(day),
    "filed": lambda day: ~not_filed(day),
    "actual": lambda _day: Q(is_actual_lead=True),
    "full_time": lambda _day: Q(is_full_time=True),
    "part_time": lambda _day: Q(is_full_time=False),
    "long_term": lambda _day: Q(is_long_term=True),
    "workers": lambda _day: Q(seat__body__kind__group=BodyGroup.WORKERS),
}
"""What is asked of a holding by the choices of a list."""


def with_filing(rows: SeatHoldingQuerySet, day: dt.date) -> SeatHoldingQuerySet:
    """Annotate at which level each holder is on file, and under which number."""
    filing = SeatFiling.objects.current(day).filter(holding=OuterRef("pk"))
    filing = filing.order_by("-starts_on", "pk")
    return rows.annotate(
        filing_level=Subquery(filing.values("level")[:1]),
        filing_number=Subquery(filing.values("number")[:1]),
    )


class LeaderRemarks:
    """What is to be noted of secretaries on a day; the thresholds are read once."""

    def __init__(self, day: dt.date) -> None:
        self.day = day

    @cached_property
    def _age(self) -> int:
        return Threshold.objects.on(ThresholdKey.LEADER_AGE, self.day)

    @cached_property
    def _schooling(self) -> str:
        return f"{Threshold.objects.on(ThresholdKey.LEADER_SCHOOLING, self.day)}"

    @cached_property
    def _levels(self) -> dict[str, str]:
        return dict(code_items("education"))

    def describe(self, holding: SeatHolding) -> str:
        """Return the age and the education of a secretary where they stand out."""
        person: Any = holding.person
        if person is None or not leads_the_party(holding):
            return ""
        if holding.born_in is None:
            return ""
        born = getattr(person, "birth_date", None) or holding.born_in
        age, found = full_years(born, self.day), []
        if age >= self._age:
            found.append(gettext("%(age)s years old") % {"age": age})
        if self._schooling <= (person.education or "") < OTHER_EDUCATION:
            found.append(self._levels.get(person.education, person.education))
        return "、".join(found)
