"""Reads of rounds of checking in."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db.models import Q

from core.actors import Actor, scope_of
from core.db.querysets import ScopedQuerySet, current_on
from core.db.tree import ancestor_paths
from organizations.roles import MEETING_KEEPERS, Role

if TYPE_CHECKING:
    from members.models import CheckInRound
    from organizations.models import Organization


class CheckInRoundQuerySet(ScopedQuerySet["CheckInRound"]):
    """Rounds of streets: the street runs them, its communities read them."""

    seen_with = MEETING_KEEPERS
    managed_with = frozenset({Role.STREET_STAFF})

    def seen_by(self, user: Actor) -> Q:
        """Those of the reader's area, and those of the street above it."""
        paths = scope_of(user).seen_paths(self.seen_with | self.managed_with)
        above = {above for path in paths for above in ancestor_paths(path)}
        return super().seen_by(user) | Q(organization__path__in=above)

    def covering(self, community: "Organization", day: dt.date) -> Self:
        """The round to which a check-in of a day in a community belongs."""
        paths = [*ancestor_paths(community.path), community.path]
        return self.filter(current_on(day), organization__path__in=paths)
