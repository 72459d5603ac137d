"""Reads of the tree, of units, of months and of rules."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, Max, OuterRef, Q

from core.actors import Actor, scope_of
from core.db.querysets import InstallationQuerySet, ScopedQuerySet, any_of
from core.db.tree import ancestor_paths, path_range
from core.months import today
from core.names import name_contains
from core.pinyin import clean_pinyin
from organizations.enums import (
    FILING,
    HOLDING_MEMBERS,
    STREET_TIER,
    MonthStatus,
    OrganizationKind,
)
from organizations.roles import INSTALLATION, READERS, RECORD_KEEPERS, SUBTREE, Role

if TYPE_CHECKING:
    from organizations.models import (
        CodeItem,
        MonthState,
        Organization,
        OrganizationChange,
        PlaceFact,
        Threshold,
        Unit,
        WorkdayOverride,
    )


class OrganizationQuerySet(ScopedQuerySet["Organization"]):
    """Nodes of the tree."""

    organization_lookups = ("",)
    seen_with = SUBTREE
    managed_with = RECORD_KEEPERS

    def visible_to(self, user: Actor) -> Self:
        """The person's own and guided subtrees; for administrators the whole tree."""
        scope = scope_of(user)
        if scope.has_role(INSTALLATION):
            return self.all()
        return self.filter(any_of(self._below(scope.seen_paths(self.seen_with))))

    def readable_by(self, user: Actor) -> Self:
        """Nodes whose records the person reads, guided ones included (S2-50)."""
        scope = scope_of(user)
        if scope.has_role(INSTALLATION):
            return self.all()
        return self.filter(any_of(self._below(scope.seen_paths(READERS))))

    def called(self, text: str) -> Self:
        """Nodes with the text in a name, a former one included, or in its initials."""
        names = name_contains(
            text,
            *("name", "full_name", "code", "aliases__name"),
            *("versions__name", "versions__full_name"),
        )
        if sound := clean_pinyin(text):
            names |= Q(sound__contains=sound)
        return self.filter(
            pk__in=self.model._default_manager.filter(names).values("pk")
        )

    def guided_from(self, paths: Iterable[str]) -> Self:
        """Nodes whose second parent is at one of the paths or below it (S2-50)."""
        return self.filter(any_of(path_range("guidance_parent", p) for p in paths))

    def above(self, path: str) -> Self:
        """The nodes above a path, the highest first."""
        return self.filter(path__in=ancestor_paths(path)).order_by("path")

    def open(self) -> Self:
        """Still existing."""
        return self.filter(ended_on=None)

    def communities(self) -> Self:
        """The third tier, where returns are filed."""
        return self.filter(kind__in=FILING)

    def streets(self) -> Self:
        """The second tier: streets, towns, development zones."""
        return self.filter(kind__in=STREET_TIER)

    def holding_members(self) -> Self:
        """Organizations that may have formal affiliations."""
        temporary = Q(
            kind=OrganizationKind.PARTY_GROUP,
            parent__kind=OrganizationKind.TEMPORARY_BRANCH,
        )
        return self.filter(~temporary, kind__in=HOLDING_MEMBERS)


class OrganizationChangeQuerySet(ScopedQuerySet["OrganizationChange"]):
    """Decisions about organizations, seen from both that take part."""

    organization_lookups = ("organization", "other")
    seen_with = READERS
    managed_with = frozenset({Role.STREET_STAFF})


class UnitQuerySet(ScopedQuerySet["Unit"]):
    """Resident units, by the organization that hosts them."""

    organization_lookups = ("host",)
    unit_lookup = "pk"
    seen_with = READERS
    managed_with = RECORD_KEEPERS

    def open(self) -> Self:
        """Still on the register."""
        return self.filter(ended_on=None)

    def called(self, text: str) -> Self:
        """Units with the text in their name, or in its pinyin."""
        names = name_contains(text, "name")
        if sound := clean_pinyin(text):
            names |= Q(sound__contains=sound)
        return self.filter(names)


class PlaceFactQuerySet(ScopedQuerySet["PlaceFact"]):
    """Dated facts of places."""

    seen_with = READERS
    managed_with = RECORD_KEEPERS

    def current(self, day: dt.date | None = None) -> Self:
        """The latest fact of each kind and place that was taken by a day."""
        taken = self.filter(taken_on__lte=day or today(), voided_at=None)
        later = self.model._default_manager.filter(
            organization=OuterRef("organization"),
            kind=OuterRef("kind"),
            taken_on__gt=OuterRef("taken_on"),
            taken_on__lte=day or today(),
        )
        return taken.filter(~Exists(later))


class MonthStateQuerySet(ScopedQuerySet["MonthState"]):
    """Months of organizations."""

    managed_with = frozenset({Role.STREET_STAFF})
    seen_with = READERS

    def closed(self) -> Self:
        """No longer growing."""
        return self.filter(status=MonthStatus.CLOSED)

    def last_closed(self) -> dict[int, dt.date]:
        """The last closed month by who files: it is closed with all before it.

        Months before the first one that was ever filed are not filed afterwards, and
        a fact that came into them would move the opening that was published.
        """
        latest = self.closed().order_by().values("organization")
        annotated = latest.annotate(last=Max("month"))
        return dict(annotated.values_list("organization", "last"))


class CodeItemQuerySet(InstallationQuerySet["CodeItem"]):
    """Items of code lists."""

    seen_with = RECORD_KEEPERS | INSTALLATION
    managed_with = frozenset({Role.SYSTEM_ADMIN})

    def listed(self, code_list: str) -> Self:
        """Items of one list, in its order."""
        return self.filter(code_list=code_list).order_by("position", "code")


class ThresholdQuerySet(InstallationQuerySet["Threshold"]):
    """Numbers that rules compare with."""

    seen_with = RECORD_KEEPERS | INSTALLATION
    managed_with = frozenset({Role.SYSTEM_ADMIN})

    def on(self, key: str, day: dt.date) -> int:
        """Return the value in force on a day; before the first one, that one.

        Facts may be older than the rules that were entered.
        """
        begun = self.filter(key=key, starts_on__lte=day).order_by("-starts_on")
        row = begun.first() or self.filter(key=key).earliest("starts_on")
        return row.value

    def read(self, key: str) -> Callable[[dt.date], int]:
        """Return a function that gives the value on a day without another query."""
        rows = list(self.filter(key=key).order_by("starts_on"))

        def value_on(day: dt.date) -> int:
            begun = [row for row in rows if row.starts_on <= day]
            return (begun or rows[:1])[-1].value

        return value_on


class WorkdayOverrideQuerySet(InstallationQuerySet["WorkdayOverride"]):
    """Days the office works, or does not, against the common calendar."""

    seen_with = RECORD_KEEPERS | INSTALLATION
    managed_with = frozenset({Role.SYSTEM_ADMIN})
