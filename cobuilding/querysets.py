"""Reads of co-building: agreements, targets and their progress."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db.models import Case, Count, F, Q, When

from cobuilding.enums import AgreementState
from core.db.querysets import ScopedQuerySet, current_on, join_lookup
from core.months import last_day, today
from figures.definitions import Kind, indicators
from organizations.roles import RECORD_KEEPERS, Role

if TYPE_CHECKING:
    from cobuilding.models import Agreement, Target, TargetProgress
    from communities.models import Project

AWAITING_UNIT = (AgreementState.DRAFT, AgreementState.SIGNED_BY_COMMUNITY)
SEEN_WITH = RECORD_KEEPERS | {Role.CITY_OFFICER}


def in_force_on(day: dt.date, prefix: str = "") -> Q:
    """Agreements that both sides had signed by the day and that hold on it."""
    return current_on(day, prefix) & Q(**{join_lookup(prefix, "in_force_on__lte"): day})


def expecting(prefix: str = "") -> Q:
    """Progress of a month by whose end something was expected of the target.

    Before that a target is neither met nor missed. A flow grows from nothing, a stock
    from its baseline.
    """
    expected, baseline, indicator = (
        join_lookup(prefix, name)
        for name in ("expected__gt", "target__baseline", "target__indicator__in")
    )
    flows = [each.key for each in indicators if each.kind == Kind.FLOW]
    of_flow = Q(**{indicator: flows})
    return of_flow & Q(**{expected: 0}) | ~of_flow & Q(**{expected: F(baseline)})


class AgreementQuerySet(ScopedQuerySet["Agreement"]):
    """Agreements, by the community and by the unit that sign them."""

    unit_lookup = "unit"
    seen_with = SEEN_WITH
    managed_with = RECORD_KEEPERS

    def of_units(self, unit_ids: Iterable[int]) -> Self:
        """Signed, or to be signed, by one of the units."""
        return self.filter(unit__in=list(unit_ids))

    def awaiting_unit(self) -> Self:
        """Not signed by the unit yet, and open to signing: something is promised."""
        return self.filter(state__in=AWAITING_UNIT, targets__isnull=False).distinct()

    def in_force_on(self, day: dt.date) -> Self:
        """Signed by both sides by the day, and holding on it."""
        return self.filter(in_force_on(day))

    def without_targets(self) -> Self:
        """Drafts in which nothing is promised yet."""
        return self.filter(state=AgreementState.DRAFT, targets=None)

    def awaiting_community(self) -> Self:
        """Signed by the unit, and not by the community yet."""
        return self.filter(state=AgreementState.SIGNED_BY_UNIT)

    def awaiting_first(self) -> Self:
        """Those that wait for the unit's signature before all others."""
        waits = Case(When(state__in=AWAITING_UNIT, then=0), default=1)
        return self.order_by(waits, "-starts_on", "title", "pk")

    def with_target_counts(self, month: dt.date) -> Self:
        """Annotate how many targets were due by the month, and how many on course.

        They are those that the month's figure counts.
        """
        due = in_force_on(last_day(month)) & expecting("targets__progress")
        due &= Q(targets__progress__month=month)
        on_course = due & Q(targets__progress__on_course=True)
        return self.annotate(
            target_count=Count("targets", distinct=True),
            due_count=Count("targets", filter=due, distinct=True),
            on_course_count=Count("targets", filter=on_course, distinct=True),
        )


class TargetQuerySet(ScopedQuerySet["Target"]):
    """Targets, by their agreement."""

    organization_lookups = ("agreement__organization",)
    unit_lookup = "agreement__unit"
    seen_with = SEEN_WITH
    managed_with = RECORD_KEEPERS

    def measured_in(self, month: dt.date) -> Self:
        """Those of agreements in force by the month's end that reach into it."""
        return self.filter(
            agreement__in_force_on__lte=last_day(month),
            agreement__starts_on__lte=last_day(month),
            agreement__ends_on__gt=month,
        )


class TargetProgressQuerySet(ScopedQuerySet["TargetProgress"]):
    """Progress of targets, month by month."""

    organization_lookups = ("target__agreement__organization",)
    unit_lookup = "target__agreement__unit"
    seen_with = SEEN_WITH
    managed_with = RECORD_KEEPERS

    def counting_in(self, month: dt.date) -> Self:
        """Those at whose month's end the agreement was in force and the target due."""
        in_force = in_force_on(last_day(month), "target__agreement")
        return self.filter(in_force, expecting(), month=month)
