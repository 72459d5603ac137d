"""Queries of figures."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Self

from django.db.models import Q

from core.db.querysets import Node, ScopedQuerySet, any_of
from core.db.tree import path_range
from figures.enums import Tier
from organizations.roles import NO_ROLES, READERS

if TYPE_CHECKING:
    from figures.models import Figure


class FigureQuerySet(ScopedQuerySet["Figure"]):
    """Stored figures, by the month's own tree."""

    managed_with = NO_ROLES
    seen_with = READERS

    def own(self) -> Self:
        """Of organizations alone: these may be summed."""
        return self.filter(tier=Tier.OWN)

    def recounted(self) -> Self:
        """Of whole subtrees: these may not be summed."""
        return self.filter(tier=Tier.SUBTREE)

    def below(self, organization: Node) -> Self:
        """At a place or below it, by that month's tree."""
        return self.filter(path_range("", organization.path))

    def along(self, paths: Mapping[dt.date, str]) -> Self:
        """At a place that moved or below it: each month at the path of that month."""
        months_at: dict[str, list[dt.date]] = {}
        for month, path in paths.items():
            months_at.setdefault(path, []).append(month)
        return self.filter(
            any_of(
                path_range("", path) & Q(month__in=months)
                for path, months in months_at.items()
            )
        )

    def of(self, month: dt.date, keys: Iterable[str]) -> Self:
        """Of one month and some indicators."""
        return self.filter(month=month, indicator__in=list(keys))
