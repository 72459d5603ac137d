"""Reads of visits."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db.models import Q

from core.db.querysets import ScopedQuerySet
from organizations.roles import MEETING_KEEPERS, RECORD_KEEPERS

if TYPE_CHECKING:
    from communities.models import Visit


class VisitQuerySet(ScopedQuerySet["Visit"]):
    """Visits, for whoever keeps what was visited, or who serves it."""

    organization_lookups = (
        "organization",
        "place__holding__seat__body__organization",
        "place__body__organization",
    )
    seen_with = MEETING_KEEPERS
    managed_with = RECORD_KEEPERS

    def unsettled(self) -> Self:
        """With a problem that is still to be solved."""
        return self.filter(settled_on=None).exclude(problem="")

    def overdue(self, day: dt.date) -> Self:
        """With a problem that should have been solved by now."""
        return self.unsettled().filter(due_on__lt=day)

    def that_count(self) -> Self:
        """Not by somebody who was entered at the place by mistake."""
        return self.filter(Q(place=None) | Q(place__voided_at=None))

    def with_places(self) -> Self:
        """Read what was visited, and by whom."""
        rows = self.select_related(
            *("organization", "unit", "place__body", "place__holding__member"),
            *("place__holding__non_member", "place__holding__unit"),
        )
        return rows.defer(
            "place__holding__member__id_number", "place__holding__member__phone"
        )
