"""Queries of forms, rounds, returns and published months."""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from core.actors import Actor, scope_of
from core.db.querysets import InstallationQuerySet, Node, ScopedQuerySet, any_of
from core.db.tree import ancestor_paths, path_range
from figures.enums import Tier
from organizations.roles import COMMUNITY_KEEPERS, NO_ROLES, READERS, Role
from reports.enums import OPEN_STATES, ReturnState

if TYPE_CHECKING:
    from figures.models import Figure
    from reports.models import (
        DeadlineExtension,
        FilledForm,
        MappedCell,
        MonthlyReturn,
        PublishedMonth,
        ReturnCall,
        ReturnComment,
        ReturnForm,
        ReturnLine,
        ReturnRound,
        ReturnSubmission,
        SuperiorForm,
    )

M_co = TypeVar("M_co", bound=models.Model, covariant=True)
REVIEWERS = frozenset({Role.STREET_STAFF})
EXPORTERS = COMMUNITY_KEEPERS | {Role.STREET_STAFF, Role.CITY_OFFICER}


class ReturnFormQuerySet(InstallationQuerySet["ReturnForm"]):
    """Forms, in their versions, for people who read returns."""

    seen_with = READERS

    def in_force(self, month: dt.date) -> "ReturnForm | None":
        """Return the form that a month is written on: the latest in force by then."""
        in_force = self.filter(starts_on__lte=month)
        return in_force.order_by("-starts_on", "-version").first()


class ReturnRoundQuerySet(ScopedQuerySet["ReturnRound"]):
    """Months in which a street collects returns."""

    managed_with = REVIEWERS
    seen_with = READERS

    def with_progress(self) -> Self:
        """Annotate how many returns there are, are submitted, in time, and accepted.

        All are counted over the returns of the round, so none exceeds the others.
        """
        submitted = Q(returns__state__in=(ReturnState.SUBMITTED, ReturnState.ACCEPTED))
        accepted = Q(returns__state=ReturnState.ACCEPTED)
        submitted_on = "returns__submitted_at__date__lte"
        not_extended = Q(returns__extended_to=None, **{submitted_on: F("due_on")})
        extended = Q(**{submitted_on: F("returns__extended_to")})
        in_time = submitted & (not_extended | extended)
        return self.annotate(
            expected=Count("returns"),
            submitted=Count("returns", filter=submitted),
            in_time=Count("returns", filter=in_time),
            accepted=Count("returns", filter=accepted),
        )

    def latest_first(self) -> Self:
        """The newest month first: aggregation drops the default order."""
        return self.order_by("-month", "organization__path")


class MonthlyReturnQuerySet(ScopedQuerySet["MonthlyReturn"]):
    """Returns: kept by the community, decided on by the street."""

    managed_with = COMMUNITY_KEEPERS
    seen_with = READERS

    def reviewed_by(self, user: Actor) -> Self:
        """Returns that the person decides on."""
        return self.in_scope_of(user, REVIEWERS)

    def open(self) -> Self:
        """Not submitted: still with the community."""
        return self.filter(state__in=OPEN_STATES)

    def submitted(self) -> Self:
        """Waiting for the street's decision."""
        return self.filter(state=ReturnState.SUBMITTED)

    def compared(self) -> Self:
        """Compared with the records: submitted ones, and each place's latest accepted.

        Once a later month is accepted, records and published numbers may differ.
        """
        later = self.model._default_manager.filter(
            organization=OuterRef("organization"),
            month__gt=OuterRef("month"),
            state=ReturnState.ACCEPTED,
        )
        latest = Q(state=ReturnState.ACCEPTED) & ~Exists(later)
        return self.filter(Q(state=ReturnState.SUBMITTED) | latest)

    def late(self, day: dt.date) -> Self:
        """Not submitted although the due day, extended or not, has passed."""
        not_extended = Q(extended_to=None, round__due_on__lt=day)
        return self.open().filter(not_extended | Q(extended_to__lt=day))

    def with_due_day(self) -> Self:
        """Annotate the day on which each is due: that of the round unless extended."""
        return self.annotate(due_day=Coalesce("extended_to", "round__due_on"))


class ReturnLineQuerySet(ScopedQuerySet["ReturnLine"]):
    """Lines of returns."""

    organization_lookups = ("monthly_return__organization",)
    managed_with = COMMUNITY_KEEPERS
    seen_with = READERS


class ReturnSubmissionQuerySet(ScopedQuerySet["ReturnSubmission"]):
    """Submissions of returns: written when a return is submitted, and then kept."""

    organization_lookups = ("monthly_return__organization",)
    managed_with = NO_ROLES
    seen_with = READERS


class ReturnCommentQuerySet(ScopedQuerySet["ReturnComment"]):
    """Comments on numbers: made and settled by the street."""

    organization_lookups = ("monthly_return__organization",)
    managed_with = REVIEWERS
    seen_with = READERS

    def open(self) -> Self:
        """Not settled by the street."""
        return self.filter(settled_at__isnull=True)


class ReturnCallQuerySet(ScopedQuerySet["ReturnCall"]):
    """Calls about missing returns: ticked by the street, and then kept."""

    organization_lookups = ("monthly_return__organization",)
    managed_with = REVIEWERS
    seen_with = REVIEWERS


class DeadlineExtensionQuerySet(ScopedQuerySet["DeadlineExtension"]):
    """Extended deadlines: given and voided by the street."""

    organization_lookups = ("monthly_return__organization",)
    managed_with = REVIEWERS
    seen_with = READERS


class PublishedMonthQuerySet(ScopedQuerySet["PublishedMonth"]):
    """Published months."""

    managed_with = NO_ROLES
    seen_with = READERS

    def below(self, organization: Node) -> Self:
        """At a place or below it, by that month's tree."""
        return self.filter(path_range("", organization.path))

    def read_figures(self) -> list[tuple[int, dt.date, dict[str, Decimal]]]:
        """Return the organization, the month and the reported numbers of each."""
        rows = self.values_list("organization", "month", "figures")
        return [(pk, month, decode_figures(figures)) for pk, month, figures in rows]


def decode_figures(figures: Mapping[str, str]) -> dict[str, Decimal]:
    """Return the numbers of a published month, which are stored as texts."""
    return {key: Decimal(text) for key, text in figures.items()}


class SharedBelowQuerySet(ScopedQuerySet[M_co]):
    """Rows that a street keeps, and that all who report below it may use."""

    def seen_by(self, user: Actor) -> Q:
        """Return the condition for rows of the person's subtrees and those above."""
        above = {
            path
            for own in scope_of(user).paths(self.seen_with)
            for path in ancestor_paths(own)
        }
        [lookup] = self.organization_lookups
        return super().seen_by(user) | Q(**{f"{lookup}__path__in": above})


class SuperiorFormQuerySet(SharedBelowQuerySet["SuperiorForm"]):
    """Superiors' forms: kept by the street, filled by all who report below it."""

    managed_with = REVIEWERS
    seen_with = EXPORTERS

    def with_cell_count(self) -> Self:
        """Annotate into how many cells something belongs."""
        return self.annotate(cell_count=Count("cells"))


class MappedCellQuerySet(SharedBelowQuerySet["MappedCell"]):
    """Cells of superiors' forms, and what belongs into them."""

    organization_lookups = ("form__organization",)
    managed_with = REVIEWERS
    seen_with = EXPORTERS


class FilledFormQuerySet(ScopedQuerySet["FilledForm"]):
    """Filled forms, for whoever reads the numbers of their place."""

    managed_with = NO_ROLES
    seen_with = EXPORTERS
