"""Reads of kinds of case, cases and their steps."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db.models import Q

from cases.enums import CaseState, Waiting
from core.actors import Actor, scope_of
from core.db.querysets import InstallationQuerySet, ScopedQuerySet, any_of
from core.db.tree import path_range
from organizations.roles import (
    INSTALLATION,
    MEETING_KEEPERS,
    RECORD_KEEPERS,
    Role,
)

if TYPE_CHECKING:
    from cases.models import Case, CaseKind, CaseStep


class CaseKindQuerySet(InstallationQuerySet["CaseKind"]):
    """Kinds of case, for all who deal with cases; offices add their own."""

    seen_with = MEETING_KEEPERS | INSTALLATION
    managed_with = frozenset({Role.STREET_STAFF, Role.SYSTEM_ADMIN})

    def opened_by_hand(self) -> Self:
        """Without those whose details an app asks for when a case is opened."""
        return self.filter(has_details=False)

    def asking_opinions(self) -> Self:
        """Those by which a place is asked for its opinion."""
        return self.filter(asks_opinion=True)


class CaseQuerySet(ScopedQuerySet["Case"]):
    """Cases, by the organization that deals with them."""

    seen_with = MEETING_KEEPERS
    managed_with = RECORD_KEEPERS

    def open(self) -> Self:
        """Waiting for somebody."""
        return self.filter(state=CaseState.OPEN)

    def overdue(self, day: dt.date) -> Self:
        """Open beyond their deadline."""
        return self.open().filter(due_on__lt=day)

    def owned_by(self, user: Actor) -> Self:
        """Dealt with by the person."""
        return self.filter(owner=user.pk)

    def to_be_taken_by(self, user: Actor) -> Self:
        """Open, owned by nobody, and meant for a role that the person holds there."""
        conditions = [
            Q(kind__role=role) & path_range("organization", path)
            for role in self.seen_with
            for path in scope_of(user).paths({role})
        ]
        return self.open().filter(any_of(conditions), owner=None)

    def waiting(self, how: str, user: Actor, day: dt.date) -> Self:
        """Open in the way that a list asks for."""
        if how == Waiting.MINE:
            return self.open().owned_by(user)
        if how == Waiting.WITHOUT_OWNER:
            return self.open().filter(owner=None)
        return self.overdue(day)


class CaseStepQuerySet(ScopedQuerySet["CaseStep"]):
    """Steps, seen with their case."""

    organization_lookups = ("case__organization",)
    seen_with = MEETING_KEEPERS
    managed_with = RECORD_KEEPERS
