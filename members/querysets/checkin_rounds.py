"""Reads of rounds of checking in."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db.models import Q

from core.actors import Actor, scope_of
from core.db.querysets import ScopedQuerySet, current_on
from core.db.tree import ancestor_paths
from core.months import today
from organizations.roles import READERS, Role

if TYPE_CHECKING:
    from members.models import CheckInRound
    from organizations.models import Organization


class CheckInRoundQuerySet(ScopedQuerySet["CheckInRound"]):
    """Rounds of streets: the street runs them, its communities and the city read them.

    The city reads numbers, and nobody's name.
    """

    seen_with = READERS
    managed_with = frozenset({Role.STREET_STAFF})

    def seen_by(self, user: Actor) -> Q:
        """Those of the reader's area, and those of the street above it."""
        paths = scope_of(user).seen_paths(self.seen_with | self.managed_with)
        above = {above for path in paths for above in ancestor_paths(path)}
        return super().seen_by(user) | Q(organization__path__in=above)

    def begun(self) -> Self:
        """Those whose first day has come, the latest of each street first."""
        return self.filter(starts_on__lte=today()).order_by(
            "organization__path", "-starts_on", "-pk"
        )

    def covering(self, community: "Organization", day: dt.date) -> Self:
        """The round to which a check-in of a day in a community belongs."""
        paths = [*ancestor_paths(community.path), community.path]
        return self.filter(current_on(day), organization__path__in=paths)
