"""Reads that know who asks."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, ClassVar, Protocol, Self, TypeVar

from django.db import models
from django.db.models import F, Q

from core.actors import Actor, scope_of
from core.db.tree import path_range

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class Node(Protocol):
    """Anything that has a place in the tree."""

    @property
    def path(self) -> str: ...


def any_of(conditions: Iterable[Q]) -> Q:
    """OR the conditions together; none at all matches nothing.

    An empty `Q()` would match every row, which turns "no grants" into "all access".
    """
    return Q.create([*conditions], connector=Q.OR) or Q(pk__in=[])


def joined(prefix: str, lookup: str) -> str:
    """Join two parts of a lookup, either of which may be empty."""
    return "__".join(part for part in (prefix, lookup) if part)


def current_on(day: dt.date, prefix: str = "") -> Q:
    """Spells that hold on the day: begun by then and not ended by then."""
    return Q(**{joined(prefix, "starts_on__lte"): day}) & (
        Q(**{joined(prefix, "ends_on__isnull"): True})
        | Q(**{joined(prefix, "ends_on__gt"): day})
    )


def placed_on(day: dt.date, organization: str = "") -> Q:
    """The spell that says where an organization lay on a day.

    One that was ended keeps its last place: what it did until then still counts there.
    """
    versions = joined(organization, "versions")
    ended_on = F(joined(organization, "ended_on"))
    return current_on(day, versions) | Q(
        **{f"{versions}__starts_on__lte": day, f"{versions}__ends_on": ended_on}
    )


class ScopedQuerySet(models.QuerySet[M_co]):
    """Rows that hang on the tree, on a resident unit or on a member.

    The class attributes say by which lookups a row is reached and which duties may
    see or keep it; everything that lists, offers, exports or counts starts here.
    """

    organization_lookups: ClassVar[tuple[str, ...]] = ("organization",)
    unit_lookup: ClassVar[str | None] = None
    member_lookup: ClassVar[str | None] = None
    seen_with: ClassVar[frozenset[str]] = frozenset()
    managed_with: ClassVar[frozenset[str]] = frozenset()
    managed_by_unit: ClassVar[bool] = False

    def visible_to(self, user: Actor) -> Self:
        """Rows the person may look at."""
        return self.filter(self.seen_by(user))

    def seen_by(self, user: Actor) -> Q:
        """Return which rows the person may look at, as a condition."""
        scope = scope_of(user)
        conditions = self._below(scope.seen_paths(self.seen_with | self.managed_with))
        if self.unit_lookup is not None and scope.units():
            conditions.append(Q(**{joined(self.unit_lookup, "in"): scope.units()}))
        if self.member_lookup is not None and scope.member_id is not None:
            conditions.append(Q(**{self.member_lookup: scope.member_id}))
        return any_of(conditions)

    def managed_by(self, user: Actor) -> Self:
        """Rows the person may change."""
        scope = scope_of(user)
        conditions = self._below(scope.paths(self.managed_with))
        if self.managed_by_unit and self.unit_lookup is not None and scope.units():
            conditions.append(Q(**{joined(self.unit_lookup, "in"): scope.units()}))
        return self.filter(any_of(conditions))

    def reached_by(self, user: Actor, codes: Iterable[str]) -> Self:
        """Rows in the places over which the person holds one of some duties."""
        return self.filter(any_of(self._below(scope_of(user).paths(codes))))

    def within(self, node: Node, *, on: dt.date | None = None) -> Self:
        """Rows at the node or below it: in today's tree, or in that of a day."""
        if on is None:
            return self.filter(any_of(self._below([node.path])))
        lookups = [joined(name, "versions") for name in self.organization_lookups]
        return self.filter(
            any_of(
                path_range(name, node.path) & current_on(on, name) for name in lookups
            )
        )

    def _below(self, paths: Iterable[str]) -> list[Q]:
        tops = list(paths)
        return [
            path_range(name, path)
            for name in self.organization_lookups
            for path in tops
        ]


class InstallationQuerySet(models.QuerySet[M_co]):
    """Rows of the whole installation, such as code lists: kept by few."""

    seen_with: ClassVar[frozenset[str]] = frozenset()
    managed_with: ClassVar[frozenset[str]] = frozenset()

    def visible_to(self, user: Actor) -> Self:
        """All of them for those whose duty it is, none for others."""
        held = scope_of(user).holds(self.seen_with | self.managed_with)
        return self.all() if held else self.none()

    def managed_by(self, user: Actor) -> Self:
        """All of them for those who keep them, none for others."""
        held = scope_of(user).holds(self.managed_with)
        return self.all() if held else self.none()
