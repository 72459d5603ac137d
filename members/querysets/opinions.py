"""Reads of opinions that places were asked for."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db.models import F, Q

from core.actors import Actor, scope_of
from core.db.querysets import ScopedQuerySet, any_of
from core.db.tree import path_range
from core.names import name_contains
from members.enums import ANSWERING, OpinionState
from organizations.roles import RECORD_KEEPERS

if TYPE_CHECKING:
    from members.models import OpinionRequest


class OpinionRequestQuerySet(ScopedQuerySet["OpinionRequest"]):
    """Opinions, by the place that is asked and by the body or unit that asks.

    The member does not read them: an opinion is given by one office to another.
    """

    organization_lookups = ("case__organization", "organization")
    unit_lookup = "unit"
    seen_with = RECORD_KEEPERS
    managed_with = RECORD_KEEPERS

    def with_case(self) -> Self:
        """Read what a list or page shows of each, without anybody's numbers."""
        related = ("case__kind", "case__organization", "member", "unit", "organization")
        rows = self.select_related(*related)
        return rows.defer("member__id_number", "member__phone")

    def open(self) -> Self:
        """Not answered, and still asked."""
        return self.filter(opinion="", withdrawn_on=None)

    def unanswered(self, day: dt.date) -> Self:
        """Not answered by the day on which the answer was due."""
        return self.open().filter(case__due_on__lt=day)

    def in_state(self, state: str, day: dt.date) -> Self:
        """In a state on a day."""
        due, answered = F("case__due_on"), Q(answered_on__isnull=False)
        conditions = {
            OpinionState.WAITING: Q(opinion="", withdrawn_on=None)
            & Q(case__due_on__gte=day),
            OpinionState.UNANSWERED: Q(opinion="", withdrawn_on=None)
            & Q(case__due_on__lt=day),
            OpinionState.ANSWERED: answered & Q(answered_on__lte=due),
            OpinionState.LATE: answered & Q(answered_on__gt=due),
            OpinionState.WITHDRAWN: Q(withdrawn_on__isnull=False),
        }
        return self.filter(conditions[OpinionState(state)])

    def answered_by_place_of(self, user: Actor) -> Self:
        """Asked of a place for which the person answers.

        Not about themselves, and not by a unit for which they speak.
        """
        conditions = [
            Q(case__kind__role=role) & path_range("case__organization", path)
            for role, roles in ANSWERING.items()
            for path in scope_of(user).paths(roles)
        ]
        rows = self.filter(any_of(conditions)).exclude(unit__in=scope_of(user).units())
        own = scope_of(user).member_id
        return rows if own is None else rows.exclude(self._about("member", own))

    def asked_by_side_of(self, user: Actor) -> Self:
        """Asked by a unit for which the person speaks, by their body, or by them."""
        scope = scope_of(user)
        sides = [
            path_range("organization", path) for path in scope.paths(RECORD_KEEPERS)
        ]
        sides.append(Q(unit__in=scope.units()))
        if user.pk is not None:
            sides.append(Q(asked_by=user.pk))
        return self.filter(any_of(sides))

    def about(self, text: str) -> Self:
        """About people, or asked by bodies, whose name contains the text."""
        names = ("member__name", "person", "asker")
        return self.filter(any_of(name_contains(text, name) for name in names))
