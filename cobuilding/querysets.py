"""Reads of co-building: projects, agreements, targets and their progress."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from core.months import today
from core.querysets import ScopedQuerySet, current_on

if TYPE_CHECKING:
    from cobuilding.models import Project


class ProjectQuerySet(ScopedQuerySet["Project"]):
    """Projects, by the community that runs them and the unit that takes part."""

    unit_lookup = "unit"

    def running(self, day: dt.date | None = None) -> Self:
        """Begun and not over on a day, today unless said."""
        return self.filter(current_on(day or today()))
