"""Querysets limited by the reader's scope, and conditions on effective dates."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, ClassVar, Protocol, Self, TypeVar

from django.db import models
from django.db.models import F, Q

from core.actors import Actor, scope_of
from core.db.tree import path_range

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class Node(Protocol):
    """Anything with a path in the organization tree."""

    @property
    def path(self) -> str: ...


def any_of(conditions: Iterable[Q]) -> Q:
    """OR the conditions together; none at all matches nothing.

    An empty `Q()` would match every row, which turns "no grants" into "all access".
    """
    return Q.create([*conditions], connector=Q.OR) or Q(pk__in=[])


def join_lookup(prefix: str, lookup: str) -> str:
    """Join two parts of a lookup, either of which may be empty."""
    return "__".join(part for part in (prefix, lookup) if part)


def current_on(day: dt.date, prefix: str = "") -> Q:
    """Effective-dated rows that are current on the day."""
    return Q(**{join_lookup(prefix, "starts_on__lte"): day}) & (
        Q(**{join_lookup(prefix, "ends_on__isnull"): True})
        | Q(**{join_lookup(prefix, "ends_on__gt"): day})
    )


def in_tree_on(day: dt.date, organization: str = "") -> Q:
    """The version that places an organization in the tree on a day.

    A closed organization keeps its last place: what happened before still counts there.
    """
    versions = join_lookup(organization, "versions")
    ended_on = F(join_lookup(organization, "ended_on"))
    return current_on(day, versions) | Q(
        **{f"{versions}__starts_on__lte": day, f"{versions}__ends_on": ended_on}
    )


class ScopedQuerySet(models.QuerySet[M_co]):
    """Rows that belong to an organization, a resident unit or a member.

    The class attributes name the lookups from a row to these and the roles that may see
    or change it; everything that lists, offers, exports or counts starts here. People
    whose second record was merged into theirs see the rows of both.
    """

    organization_lookups: ClassVar[tuple[str, ...]] = ("organization",)
    unit_lookup: ClassVar[str | None] = None
    member_lookup: ClassVar[str | None] = None
    seen_with: ClassVar[frozenset[str]] = frozenset()
    managed_with: ClassVar[frozenset[str]] = frozenset()
    managed_by_unit: ClassVar[bool] = False
    decided_by_others: ClassVar[bool] = False
    """Nobody manages the rows about themselves: others decide about them."""

    def visible_to(self, user: Actor) -> Self:
        """Rows the person may look at."""
        return self.filter(self.seen_by(user))

    def seen_by(self, user: Actor) -> Q:
        """Return the condition for the rows the person may look at."""
        scope = scope_of(user)
        conditions = self._below(scope.seen_paths(self.seen_with | self.managed_with))
        if self.unit_lookup is not None and scope.units():
            conditions.append(Q(**{join_lookup(self.unit_lookup, "in"): scope.units()}))
        if self.member_lookup is not None and scope.member_id is not None:
            conditions.append(self._about(self.member_lookup, scope.member_id))
        return any_of(conditions)

    def not_about(self, user: Actor) -> Self:
        """Rows that are not about the person themselves, on this or a merged record."""
        member_id = scope_of(user).member_id
        if self.member_lookup is None or member_id is None:
            return self.all()
        return self.exclude(self._about(self.member_lookup, member_id))

    @staticmethod
    def _about(lookup: str, member_id: int) -> Q:
        merged = join_lookup(lookup.removeprefix("pk"), "merged_into")
        return Q(**{lookup: member_id}) | Q(**{merged: member_id})

    def managed_by(self, user: Actor) -> Self:
        """Rows the person may change."""
        scope = scope_of(user)
        conditions = self._below(scope.paths(self.managed_with))
        if self.managed_by_unit and self.unit_lookup is not None and scope.units():
            conditions.append(Q(**{join_lookup(self.unit_lookup, "in"): scope.units()}))
        rows = self.filter(any_of(conditions))
        return rows.not_about(user) if self.decided_by_others else rows

    def in_scope_of(self, user: Actor, codes: Iterable[str]) -> Self:
        """Rows below the organizations over which the person holds one of the roles."""
        return self.filter(any_of(self._below(scope_of(user).paths(codes))))

    def within(self, node: Node, *, on: dt.date | None = None) -> Self:
        """Rows at the node or below it, in today's tree or in the tree of a day."""
        if on is None:
            return self.filter(any_of(self._below([node.path])))
        lookups = [join_lookup(name, "versions") for name in self.organization_lookups]
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
    """Rows of the whole installation, such as code lists."""

    seen_with: ClassVar[frozenset[str]] = frozenset()
    managed_with: ClassVar[frozenset[str]] = frozenset()

    def visible_to(self, user: Actor) -> Self:
        """All rows for people with one of the roles, none for others."""
        held = scope_of(user).has_role(self.seen_with | self.managed_with)
        return self.all() if held else self.none()

    def managed_by(self, user: Actor) -> Self:
        """All rows for people who may change them, none for others."""
        held = scope_of(user).has_role(self.managed_with)
        return self.all() if held else self.none()
