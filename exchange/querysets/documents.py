"""Reads of documents and publications."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db.models import Q

from core.actors import Actor, scope_of
from core.db.querysets import ScopedQuerySet, current_on
from core.db.tree import ancestor_paths
from core.months import today
from exchange.audiences import PUBLIC
from organizations.roles import MEETING_KEEPERS, READERS, Role

if TYPE_CHECKING:
    from exchange.models import (
        DecisionDocument,
        Document,
        Publication,
    )


class DocumentQuerySet(ScopedQuerySet["Document"]):
    """Documents, by the organization that keeps them."""

    seen_with = READERS
    managed_with = MEETING_KEEPERS

    def seen_by(self, user: Actor) -> Q:
        """Those of the reader's area, and what organizations above hand down."""
        paths = scope_of(user).seen_paths(READERS)
        above = {above for path in paths for above in ancestor_paths(path)}
        handed = Q(handed_down=True, organization__path__in=above)
        return super().seen_by(user) | handed

    def in_force(self, day: dt.date | None = None) -> Self:
        """Documents in force on a day, by default today."""
        return self.filter(current_on(day or today()))

    def not_over(self) -> Self:
        """Documents in force today, or from a later day on."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=today()))


class PublicationQuerySet(ScopedQuerySet["Publication"]):
    """Publications, by the organization that publishes them."""

    seen_with = READERS
    managed_with = MEETING_KEEPERS

    def awaiting_approval(self) -> Self:
        """Drafts that nobody has approved or withdrawn."""
        return self.filter(approved_at=None, withdrawn_at=None)

    def shown(self, day: dt.date | None = None) -> Self:
        """Approved, not withdrawn, and shown on a day, by default today."""
        rows = self.filter(approved_at__isnull=False, withdrawn_at=None)
        return rows.filter(current_on(day or today()))

    def public(self) -> Self:
        """Shown today to everybody."""
        return self.shown().filter(audience=PUBLIC)

    def on_wall(self) -> Self:
        """Shown today, and for the wall."""
        return self.shown().filter(on_wall=True)


class DecisionDocumentQuerySet(ScopedQuerySet["DecisionDocument"]):
    """Documents behind decisions about organizations."""

    organization_lookups = ("record__organization", "record__other")
    seen_with = READERS
    managed_with = frozenset({Role.STREET_STAFF})
