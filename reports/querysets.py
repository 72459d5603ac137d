"""Reads of figures, rounds, returns and published months."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Q

from core.actors import Actor, scope_of
from core.db.querysets import InstallationQuerySet, Node, ScopedQuerySet, any_of
from core.db.tree import path_range
from figures.enums import Tier
from organizations.roles import COMMUNITY_KEEPERS, NOBODY, READERS, Role
from reports.enums import OPEN_STATES, ReturnState

if TYPE_CHECKING:
    from figures.models import Figure
    from reports.models import (
        MonthlyReturn,
        PublishedMonth,
        ReturnForm,
        ReturnLine,
        ReturnRound,
    )

REVIEWERS = frozenset({Role.STREET_STAFF})


class ReturnFormQuerySet(InstallationQuerySet["ReturnForm"]):
    """Forms, in their versions, for whoever reads returns."""

    seen_with = READERS

    def in_force(self, month: dt.date) -> "ReturnForm | None":
        """Return the form a month is filed on: the latest that was in force by then."""
        begun = self.filter(starts_on__lte=month)
        return begun.order_by("-starts_on", "-version").first()


class ReturnRoundQuerySet(ScopedQuerySet["ReturnRound"]):
    """Months in which a street collects returns."""

    managed_with = REVIEWERS
    seen_with = READERS

    def with_progress(self) -> Self:
        """Annotate how many returns there are, are filed, and are accepted."""
        filed = Q(returns__state__in=(ReturnState.SUBMITTED, ReturnState.ACCEPTED))
        accepted = Q(returns__state=ReturnState.ACCEPTED)
        return self.annotate(
            expected=Count("returns"),
            filed=Count("returns", filter=filed),
            accepted=Count("returns", filter=accepted),
        )

    def latest_first(self) -> Self:
        """The newest month first: counting drops the order rows usually have."""
        return self.order_by("-month", "organization__path")


class MonthlyReturnQuerySet(ScopedQuerySet["MonthlyReturn"]):
    """Returns: kept by the community, decided on by the street."""

    managed_with = COMMUNITY_KEEPERS
    seen_with = READERS

    def reviewed_by(self, user: Actor) -> Self:
        """Those the person decides on."""
        return self.reached_by(user, REVIEWERS)

    def unfiled(self) -> Self:
        """Still with the community."""
        return self.filter(state__in=OPEN_STATES)

    def submitted(self) -> Self:
        """Waiting for the street's decision."""
        return self.filter(state=ReturnState.SUBMITTED)

    def late(self, day: dt.date) -> Self:
        """Not filed although the round's day has passed."""
        return self.unfiled().filter(round__due_on__lt=day)


class ReturnLineQuerySet(ScopedQuerySet["ReturnLine"]):
    """Lines of returns."""

    organization_lookups = ("monthly_return__organization",)
    managed_with = COMMUNITY_KEEPERS
    seen_with = READERS


class PublishedMonthQuerySet(ScopedQuerySet["PublishedMonth"]):
    """What was published, as it was published."""

    managed_with = NOBODY
    seen_with = READERS

    def below(self, place: Node) -> Self:
        """Within a place, as the month had it."""
        return self.filter(path_range("", place.path))
