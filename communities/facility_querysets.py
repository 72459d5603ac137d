"""Reads of facilities."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from core.db.querysets import ScopedQuerySet, current_on
from core.months import today
from organizations.roles import READERS, RECORD_KEEPERS

if TYPE_CHECKING:
    from communities.models import Facility


class FacilityQuerySet(ScopedQuerySet["Facility"]):
    """Facilities: kept by record keepers of the place, read by its readers."""

    seen_with = READERS
    managed_with = RECORD_KEEPERS

    def in_use(self, day: dt.date | None = None) -> Self:
        """In use on a day."""
        return self.filter(current_on(day or today()))
