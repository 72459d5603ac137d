"""Bodies of organizations, and their kinds."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.enums import BodyGroup, ElectionQuorum, Eligibility, Filling
from communities.querysets import (
    BodyKindQuerySet,
    BodyQuerySet,
    SeatKindQuerySet,
)
from core.db.bounds import bounded
from core.db.constraints import in_order, plausible_dates
from core.db.voidable import (
    NOT_VOIDED,
    ValidRowsManager,
    Voidable,
    void_has_reason,
)
from organizations.lifetimes import inside_life
from organizations.models import Organization

ValidBodies = ValidRowsManager.from_queryset(BodyQuerySet)
MOST_SEATS = 300
"""Seats of one kind in one body; a larger roster is a typing error."""


class BodyKind(models.Model):
    """A kind of committee, council, team or roster: who may be in it, and for how long.

    Bodies are set up while their kind holds. A term that has begun keeps the length
    with which it began (R-05).
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=40)
    group = models.CharField(_("listed under"), max_length=20, choices=BodyGroup)
    filled_by = models.CharField(_("filled by"), max_length=20, choices=Filling)
    term_years = models.PositiveSmallIntegerField(
        _("years of a term"), null=True, blank=True
    )
    quorum_percent = models.PositiveSmallIntegerField(
        _("more than so many percent of the votes must be there"), null=True, blank=True
    )
    election_quorum = models.CharField(
        _("voters that an election needs"),
        max_length=20,
        choices=ElectionQuorum,
        default=ElectionQuorum.HALF,
    )
    is_approved_above = models.BooleanField(
        _("its election is approved by the superior"), default=False
    )
    open_to = models.CharField(
        _("who may be in it"), max_length=20, choices=Eligibility
    )
    basis = models.CharField(_("rule behind it"), max_length=120, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (exclusive)"), null=True, blank=True)

    objects = BodyKindQuerySet.as_manager()

    class Meta:
        verbose_name = _("kind of body")
        verbose_name_plural = _("kinds of body")
        ordering = ["name", "pk"]
        constraints = [
            plausible_dates("starts_on", "ends_on", name="bodykind_plausible_dates"),
            in_order(
                "starts_on",
                "ends_on",
                name="bodykind_ends_after_start",
                message=_("A kind of body ends after the day it begins."),
            ),
            bounded("term_years", least=1, most=10, name="bodykind_term_years"),
            bounded("quorum_percent", least=1, most=99, name="bodykind_quorum"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of the kind."""
        return reverse("communities:body_kind", args=[self.pk])

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which bodies of the kind are set up."""
        return self.ends_on - dt.timedelta(days=1) if self.ends_on else None


class SeatKind(models.Model):
    """A kind of seat of one kind of body: a secretary, a committee member, a worker.

    So many seats are opened when a body is set up, and never more than the most.
    """

    body_kind = models.ForeignKey(
        BodyKind,
        models.PROTECT,
        related_name="seat_kinds",
        verbose_name=_("kind of body"),
    )
    name = models.CharField(_("seat"), max_length=40)
    position = models.PositiveSmallIntegerField(_("order on the roster"), default=1)
    seats = models.PositiveSmallIntegerField(_("seats at the start"), default=1)
    most_seats = models.PositiveSmallIntegerField(
        _("seats at most"), null=True, blank=True
    )
    leads = models.BooleanField(_("leads the body"), default=False)
    by_committee = models.BooleanField(
        _("elected by the committee from among itself"), default=False
    )

    objects = SeatKindQuerySet.as_manager()

    class Meta:
        verbose_name = _("kind of seat")
        verbose_name_plural = _("kinds of seat")
        ordering = ["body_kind", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body_kind", "name"],
                name="seatkind_name_once_per_body",
                violation_error_message=_("This kind of body has such a seat already."),
            ),
            bounded(
                *("seats", "most_seats"),
                least=0,
                most=MOST_SEATS,
                name="seatkind_numbers",
            ),
            models.CheckConstraint(
                condition=Q(most_seats=None) | Q(most_seats__gte=F("seats")),
                name="seatkind_starts_with_no_more_than_the_most",
                violation_error_message=_(
                    "There are more seats at the start than there may be at most."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def most_elected(self) -> int | None:
        """How many are elected into such seats, one leader; None without a limit."""
        return 1 if self.most_seats is None and self.leads else self.most_seats


class Body(Voidable):
    """One committee, council, team or roster of an organization.

    It exists from the day it was set up, whoever sits in it, until it ends.
    """

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="bodies",
        verbose_name=_("Party organization"),
    )
    kind = models.ForeignKey(
        BodyKind, models.PROTECT, related_name="bodies", verbose_name=_("kind")
    )
    name = models.CharField(_("name"), max_length=60)
    basis = models.CharField(_("document behind it"), max_length=120, blank=True)
    starts_on = models.DateField(_("set up on"))
    ends_on = models.DateField(_("until (exclusive)"), null=True, blank=True)

    triggers = inside_life("body", "starts_on", lasting=True, voidable=True)
    objects = ValidBodies()
    all_objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ["organization__path", "kind__group", "name", "pk"]
        constraints = [
            plausible_dates(
                *("starts_on", "ends_on", "voided_at"), name="body_plausible_dates"
            ),
            in_order(
                "starts_on",
                "ends_on",
                name="body_ends_after_start",
                message=_("A body ends after the day it was set up."),
            ),
            void_has_reason("body_voided_says_why"),
            models.UniqueConstraint(
                fields=["organization", "name"],
                condition=Q(ends_on=None) & NOT_VOIDED,
                name="body_name_once_per_place",
                violation_error_message=_(
                    "The organization already has a body of this name. Use that one,"
                    " or choose another name."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of the body."""
        return reverse("communities:body", args=[self.pk])

    @property
    def is_over(self) -> bool:
        """Whether the body has ended."""
        return self.ends_on is not None

    @property
    def term_last_day(self) -> dt.date | None:
        """The last day of the latest term, where it was read with the body."""
        end: dt.date | None = getattr(self, "term_ends_on", None)
        return end - dt.timedelta(days=1) if end else None
