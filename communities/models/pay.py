"""Pay of who holds seats, and the standards that it is compared with."""

import datetime as dt
from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.models.body import SeatKind
from communities.models.seat import SeatHolding
from communities.staffing_querysets import PayStandardQuerySet, SeatPayQuerySet
from core.dates import format_day
from core.db.bounds import bounded
from core.db.constraints import NoOverlap, in_order, plausible_dates
from core.db.money import MoneyField
from core.db.voidable import (
    NOT_VOIDED,
    ValidRowsManager,
    Voidable,
    void_has_reason,
)
from organizations.lifetimes import inside_life
from organizations.models import Organization

ValidPay = ValidRowsManager.from_queryset(SeatPayQuerySet)
ValidStandards = ValidRowsManager.from_queryset(PayStandardQuerySet)
MOST_PAID = Decimal(100_000)
"""Yuan a month; more is a typing error."""
LEAST_STANDARD = Decimal("0.01")


class SeatPay(Voidable):
    """What somebody earns by a seat each month, from when to when, and who pays it.

    An amount of nothing is work without pay: it has no payer and no source. Only street
    staff and the person see it. It is never changed: a wrong entry is voided, and the
    right one entered.
    """

    holding = models.ForeignKey(
        SeatHolding,
        models.PROTECT,
        related_name="pay",
        verbose_name=_("holding of a seat"),
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(
        _("until (exclusive)"), null=True, blank=True, editable=False
    )
    amount = MoneyField(_("amount a month (yuan)"))
    payer = models.CharField(_("who pays"), max_length=60, blank=True)
    source = models.CharField(_("from which money"), max_length=20, blank=True)
    grade = models.CharField(pgettext_lazy("pay", "grade"), max_length=20, blank=True)

    objects = ValidPay()
    all_objects = SeatPayQuerySet.as_manager()

    class Meta:
        verbose_name = _("pay for a seat")
        verbose_name_plural = pgettext_lazy("rows", "pay for seats")
        ordering = ["holding", "-starts_on", "pk"]
        constraints = [
            plausible_dates(
                *("starts_on", "ends_on", "voided_at"), name="seatpay_plausible_dates"
            ),
            in_order(
                "starts_on",
                "ends_on",
                name="seatpay_ends_after_start",
                message=_("Pay ends after the day from which it is paid."),
            ),
            NoOverlap(
                name="seatpay_no_overlap",
                keys=["holding"],
                condition=NOT_VOIDED,
                violation_error_message=_(
                    "Other pay is on record from a later day on. Nothing was saved:"
                    " void that entry first, or choose a later day."
                ),
            ),
            bounded("amount", least=0, most=MOST_PAID, name="seatpay_amount"),
            models.CheckConstraint(
                condition=Q(amount=0, payer="", source="")
                | Q(amount__gt=0) & ~Q(payer="") & ~Q(source=""),
                name="seatpay_somebody_pays_what_is_paid",
                violation_error_message=_(
                    "Somebody pays what is paid, from some money; nobody pays nothing."
                    " Nothing was saved: fill in both, or leave both empty where the"
                    " amount is 0."
                ),
            ),
            void_has_reason("seatpay_voided_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.holding} {format_day(self.starts_on)}"

    def get_absolute_url(self) -> str:
        """The page of what the person earned by the seat."""
        return reverse("communities:seat_pay", args=[self.holding_id])

    @property
    def until(self) -> dt.date | None:
        """The last day of this pay."""
        return self.ends_on - dt.timedelta(days=1) if self.ends_on else None


class PayStandard(Voidable):
    """What a kind of seat ought to be paid a month in an area, from when to when."""

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="+",
        verbose_name=_("holds for"),
    )
    seat_kind = models.ForeignKey(
        SeatKind, models.PROTECT, related_name="+", verbose_name=_("seat")
    )
    amount = MoneyField(_("amount a month (yuan)"))
    basis = models.CharField(_("document behind it"), max_length=120, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(
        _("until (exclusive)"), null=True, blank=True, editable=False
    )

    triggers = inside_life("paystandard", "starts_on", lasting=True, voidable=True)
    objects = ValidStandards()
    all_objects = PayStandardQuerySet.as_manager()

    class Meta:
        verbose_name = _("standard of pay")
        verbose_name_plural = _("standards of pay")
        ordering = ["organization__path", "seat_kind", "-starts_on", "pk"]
        constraints = [
            plausible_dates(
                *("starts_on", "ends_on", "voided_at"),
                name="paystandard_plausible_dates",
            ),
            in_order(
                "starts_on",
                "ends_on",
                name="paystandard_ends_after_start",
                message=_("A standard ends after the day from which it holds."),
            ),
            NoOverlap(
                name="paystandard_no_overlap",
                keys=["organization", "seat_kind"],
                condition=NOT_VOIDED,
                violation_error_message=_(
                    "Another standard for this seat holds from a later day on. Nothing"
                    " was saved: void that one first, or choose a later day."
                ),
            ),
            bounded(
                "amount",
                least=LEAST_STANDARD,
                most=MOST_PAID,
                name="paystandard_amount",
            ),
            void_has_reason("paystandard_voided_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.seat_kind} {format_day(self.starts_on)}"

    def get_absolute_url(self) -> str:
        """The list of standards."""
        return reverse("communities:pay_standards")

    @property
    def until(self) -> dt.date | None:
        """The last day of this standard."""
        return self.ends_on - dt.timedelta(days=1) if self.ends_on else None
