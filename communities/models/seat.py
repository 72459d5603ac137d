"""Seats of bodies, and who holds them from when to when."""

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from communities.enums import ENDED_WITH_THE_BODY, Filling, VacatingReason
from communities.models.body import Body, SeatKind
from communities.models.term import TermOfOffice
from communities.querysets import (
    NonMemberQuerySet,
    SeatHoldingQuerySet,
    SeatQuerySet,
)
from core.dates import format_month
from core.db.bounds import bounded
from core.db.constraints import NoOverlap, in_order, plausible_dates
from core.db.voidable import (
    NOT_VOIDED,
    ValidRowsManager,
    Voidable,
    void_has_reason,
)
from core.months import full_years, month_of, today
from core.pinyin import SortKeyField
from members.enums import Sex
from members.models import Member
from organizations.models import Organization, Unit

ValidHoldings = ValidRowsManager.from_queryset(SeatHoldingQuerySet)


class NonMember(models.Model):
    """A person who is no Party member and holds, or held, a seat."""

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="+",
        verbose_name=_("recorded at"),
    )
    name = models.CharField(pgettext_lazy("person", "name"), max_length=50)
    sort_key = SortKeyField(blank=True, editable=False)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex)
    birth_month = models.DateField(_("month of birth"))
    education = models.CharField(_("education"), max_length=20, blank=True)

    objects = NonMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("person who is no Party member")
        verbose_name_plural = _("people who are no Party members")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(birth_month__day=1),
                name="nonmember_born_in_a_month",
                violation_error_message=_("A month is written by its first day."),
            ),
            plausible_dates("birth_month", name="nonmember_plausible_dates"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def choice_label(self) -> str:
        """What the person is called where one is chosen among many."""
        born = gettext("born %(month)s") % {"month": format_month(self.birth_month)}
        return f"{self.name} · {born}"


class Seat(models.Model):
    """One seat of a body, which exists while nobody holds it.

    The number of seats is the staffing norm: a seat is opened and closed by day.
    """

    body = models.ForeignKey(
        Body, models.PROTECT, related_name="seats", verbose_name=_("body")
    )
    kind = models.ForeignKey(
        SeatKind, models.PROTECT, related_name="+", verbose_name=_("seat")
    )
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    starts_on = models.DateField(_("opened on"))
    ends_on = models.DateField(_("closed from"), null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["body", "kind__position", "number", "pk"]
        constraints = [
            plausible_dates("starts_on", "ends_on", name="seat_plausible_dates"),
            in_order(
                "starts_on",
                "ends_on",
                name="seat_closes_after_opening",
                message=_("A seat is closed after the day it was opened."),
            ),
            models.UniqueConstraint(
                fields=["body", "kind", "number"],
                name="seat_number_once",
                violation_error_message=_("The body has this seat already."),
            ),
            bounded("number", least=1, most=999, name="seat_number"),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.kind}"

    def get_absolute_url(self) -> str:
        """The page of the body whose seat it is."""
        return self.body.get_absolute_url()


class SeatHolding(Voidable):
    """Who holds a seat, from when to when: a member, somebody else, or a unit.

    A seat is held by one at a time. One person may hold several seats at once, and
    that shows (concurrent posts); the same seat twice are two rows.
    """

    seat = models.ForeignKey(
        Seat, models.PROTECT, related_name="holdings", verbose_name=_("seat")
    )
    term = models.ForeignKey(
        TermOfOffice,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="holdings",
        verbose_name=_("term of office"),
    )
    member = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="seat_holdings",
        verbose_name=_("member"),
    )
    non_member = models.ForeignKey(
        NonMember,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="seat_holdings",
        verbose_name=_("person who is no Party member"),
    )
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="seat_holdings",
        verbose_name=_("delegate of the unit"),
    )
    starts_on = models.DateField(_("holds it since"))
    ends_on = models.DateField(_("until (exclusive)"), null=True, blank=True)
    channel = models.CharField(_("came by"), max_length=20, choices=Filling)
    is_full_time = models.BooleanField(_("full time"), default=False)
    is_long_term = models.BooleanField(_("here for years"), default=False)
    is_actual_lead = models.BooleanField(_("really leads the work"), default=False)
    recruited_from = models.CharField(_("from which group"), max_length=20, blank=True)
    works_since = models.DateField(_("in community work since"), null=True, blank=True)
    basis = models.CharField(_("document behind it"), max_length=120, blank=True)
    end_reason = models.CharField(
        _("why it ended"), max_length=20, choices=VacatingReason, blank=True
    )
    # Keys of what ended or was voided with it, for a leaving that is voided.
    ended_along = models.JSONField(
        _("what ended with it"), null=True, blank=True, editable=False
    )

    objects = ValidHoldings()
    all_objects = SeatHoldingQuerySet.as_manager()

    class Meta:
        verbose_name = _("holding of a seat")
        verbose_name_plural = _("holdings of seats")
        ordering = ["seat", "-starts_on", "pk"]
        constraints = [
            plausible_dates(
                *("starts_on", "ends_on", "works_since", "voided_at"),
                name="seatholding_plausible_dates",
            ),
            in_order(
                "starts_on",
                "ends_on",
                name="seatholding_ends_after_start",
                message=_("A seat is left after the day on which it was taken."),
            ),
            NoOverlap(
                name="seatholding_no_overlap",
                keys=["seat"],
                condition=NOT_VOIDED,
                violation_error_message=_(
                    "Somebody held this seat on that day already. Vacate it first, or"
                    " correct the days."
                ),
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=False, non_member=None)
                | Q(member=None, non_member__isnull=False)
                | Q(member=None, non_member=None, unit__isnull=False),
                name="seatholding_has_one_holder",
                violation_error_message=_(
                    "A seat is held by one person, or by a unit that names nobody."
                ),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None, end_reason="")
                | Q(ends_on__isnull=False) & ~Q(end_reason=""),
                name="seatholding_ended_for_a_reason",
                violation_error_message=_(
                    "Whoever no longer holds a seat left it for a reason."
                ),
            ),
            void_has_reason("seatholding_voided_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.seat.kind} {self.holder_name}"

    def get_absolute_url(self) -> str:
        """The page of the body in which the seat is."""
        return self.seat.body.get_absolute_url()

    @property
    def person(self) -> Any:
        """The member or other person who holds the seat; none for a unit alone."""
        return self.member or self.non_member

    @property
    def holder_name(self) -> str:
        """The name of who holds the seat, as rosters write it."""
        if self.person is None:
            return str(self.unit)
        return str(self.person.name)

    @property
    def born_in(self) -> dt.date | None:
        """The month in which the holder was born, as its first day."""
        if self.member is not None:
            return month_of(self.member.birth_date)
        return self.non_member.birth_month if self.non_member else None

    @property
    def years_of_work(self) -> int | None:
        """The full years of community work until today; None if it is not known."""
        return full_years(self.works_since, today()) if self.works_since else None

    @property
    def until(self) -> dt.date | None:
        """The last day on which the seat was held."""
        return self.ends_on - dt.timedelta(days=1) if self.ends_on else None

    @property
    def is_left_alone(self) -> bool:
        """Whether the seat was left for itself, and is open for its holder still."""
        return (
            self.ends_on is not None
            and self.end_reason not in ENDED_WITH_THE_BODY
            and self.seat.ends_on is None
            and (self.member is None or self.member.ended_on is None)
        )

    @property
    def other_posts(self) -> list[str]:
        """The other seats of the holder, where they were read with it (一肩挑).

        A list prefetches them as `current_holdings` of the person.
        """
        rows = getattr(self.person, "current_holdings", ())
        return [row.post for row in rows if row.pk != self.pk]
