"""Groups of members that follow from what is recorded (S1-13).

Each is cared for in its own way.

Nobody is put into a group by hand: whoever fits is in it, in several groups at once
where several fit.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.months import today, years_before
from core.text import StrOrPromise
from members.enums import Category, MobileKind, Standing
from members.models import (
    ActivityCertificate,
    LostContact,
    Member,
    MobileRecord,
)
from organizations.enums import ThresholdKey
from organizations.models import Threshold

OLD_AGE = 70
LONG_SERVING_YEARS = 50
"""After so many years in the Party there is a medal (光荣在党50年)."""


@dataclass(frozen=True, slots=True)
class MemberGroup:
    """A group: its label, how it is cared for, and who is in it on a day."""

    key: str
    label: StrOrPromise
    care: StrOrPromise
    where: Callable[[dt.date], Q]


def _of_category(category: Category) -> Callable[[dt.date], Q]:
    return lambda _day: Q(category=category)


def _away(kind: MobileKind) -> Callable[[dt.date], Q]:
    """Return who is away, of one kind."""

    def where(day: dt.date) -> Q:
        return MobileRecord.objects.filter(kind=kind).away_on(day, "pk")

    return where


def _is_young(day: dt.date) -> Q:
    age = Threshold.objects.on(ThresholdKey.YOUNG_AGE, day)
    return Q(birth_date__gt=years_before(day, age + 1))


def _is_old(day: dt.date) -> Q:
    return Q(birth_date__lte=years_before(day, OLD_AGE))


def _is_long_serving(day: dt.date) -> Q:
    return Q(join_date__lte=years_before(day, LONG_SERVING_YEARS))


def _is_lost(_day: dt.date) -> Q:
    return Q(pk__in=LostContact.objects.open().order_by().values("member"))


def _studies_abroad(_day: dt.date) -> Q:
    rows = LostContact.objects.studying_abroad()
    return Q(pk__in=rows.order_by().values("member"))


def _has_certificate(_day: dt.date) -> Q:
    held = ActivityCertificate.objects.held()
    return Q(pk__in=held.order_by().values("member"))


GROUPS = (
    MemberGroup(
        "resident",
        _("Resident members"),
        _("Organization life in the branch where they live"),
        _of_category(Category.RESIDENT),
    ),
    MemberGroup(
        "retired",
        _("Retired members"),
        _("Visits, and study brought to their home"),
        _of_category(Category.RETIRED),
    ),
    MemberGroup(
        "in_service",
        _("In-service members"),
        _("Dual check-in, posts outside working hours"),
        _of_category(Category.IN_SERVICE),
    ),
    MemberGroup(
        "awaiting",
        _("Members awaiting placement"),
        _("Reviewed each month until they are placed"),
        _of_category(Category.AWAITING),
    ),
    *(
        MemberGroup(
            f"mobile_{kind.value}",
            kind.label,
            _("Contact, regular report, monthly review after half a year"),
            _away(kind),
        )
        for kind in MobileKind
    ),
    MemberGroup(
        "study_abroad",
        _("Members who study abroad"),
        _("In touch once in half a year, at least"),
        _studies_abroad,
    ),
    MemberGroup(
        "certificate",
        _("With an activity certificate"),
        _("First contact after the issue, collected on return"),
        _has_certificate,
    ),
    MemberGroup(
        "lost", _("Contact lost"), _("Searched for until there is contact"), _is_lost
    ),
    MemberGroup(
        "probationary",
        _("Probationary members"),
        _("Education and observation until full membership"),
        lambda _day: Q(standing=Standing.PROBATIONARY),
    ),
    MemberGroup("young", _("Young members"), _("Posts that need strength"), _is_young),
    MemberGroup("old", _("Aged 70 or over"), _("Visits and help at home"), _is_old),
    MemberGroup(
        "long_serving",
        _("Fifty years in the Party"),
        _("The medal, and visits on the Party's birthday"),
        _is_long_serving,
    ),
)


@dataclass(frozen=True, slots=True)
class CountedGroup:
    """A group, and how many of the reader's members are in it today."""

    group: MemberGroup
    count: int

    @property
    def label(self) -> StrOrPromise:
        """What the group is called."""
        return self.group.label

    @property
    def care(self) -> StrOrPromise:
        """How its members are cared for."""
        return self.group.care


def in_group(key: str, day: dt.date | None = None) -> Q:
    """Return the condition on members who are in a group today."""
    group = next(one for one in GROUPS if one.key == key)
    return group.where(day or today())


def group_choices() -> list[tuple[str, StrOrPromise]]:
    """Return the groups by which the list is filtered, with their labels."""
    return [(group.key, group.label) for group in GROUPS]


def count_groups(user: Actor, day: dt.date | None = None) -> list[CountedGroup]:
    """Return how many members on the reader's rolls are in each group, in one query."""
    day = day or today()
    counts: Any = {
        f"in_{group.key}": Count("pk", filter=group.where(day)) for group in GROUPS
    }
    found = Member.objects.on_rolls(user).aggregate(**counts)
    return [CountedGroup(group, found[f"in_{group.key}"]) for group in GROUPS]
