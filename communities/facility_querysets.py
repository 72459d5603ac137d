"""Reads of facilities."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from communities.enums import UNFINISHED_WORKS
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
        """In use on a day; what has not opened yet never was."""
        return self.filter(current_on(day or today()))

    def to_open(self) -> Self:
        """Planned or built for the first time, and not open yet."""
        return self.filter(starts_on=None, ends_on=None)

    def used_as_said(self) -> Self:
        """Used for what their kind and signs say."""
        return self.filter(used_otherwise=False)

    def with_works_overdue(self, day: dt.date | None = None) -> Self:
        """With works that should have been done before a day, and are not."""
        rows = self.filter(ends_on=None, works_stage__in=UNFINISHED_WORKS)
        return rows.filter(works_due_on__lt=day or today())
