"""Rules about money that are data: what funds are for, and rates of dues."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from core.dates import format_day
from core.db.bounds import bounded
from core.db.constraints import in_order, plausible_dates
from core.db.money import MoneyField
from finance.bounds import MAX_AMOUNT, MAX_POSITION
from finance.enums import FundKind, Payer
from finance.money import to_cents
from finance.querysets import DuesRateQuerySet, FundUseQuerySet


class FundUse(models.Model):
    """One thing a kind of fund may, or must not, be spent on (R-60, R-65)."""

    fund_kind = models.CharField(_("kind of fund"), max_length=20, choices=FundKind)
    name = models.CharField(_("use"), max_length=60)
    is_allowed = models.BooleanField(_("permitted"), default=True)
    basis = models.CharField(_("basis"), max_length=120, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (exclusive)"), null=True, blank=True)

    objects = FundUseQuerySet.as_manager()

    class Meta:
        verbose_name = _("use of a fund")
        verbose_name_plural = _("uses of funds")
        ordering = ["fund_kind", "-is_allowed", "position"]
        constraints = [
            plausible_dates("starts_on", "ends_on", name="funduse_plausible_dates"),
            bounded(
                "position", least=0, most=MAX_POSITION, name="funduse_position_bounds"
            ),
            models.UniqueConstraint(
                fields=["fund_kind", "name", "starts_on"],
                name="funduse_once",
                violation_error_message=_("This kind of fund already has this use."),
            ),
            in_order(
                "starts_on",
                "ends_on",
                name="funduse_ends_after_start",
                message=_("The end date is before the start date."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Due:
    """What is due for a month; the two differ only where the rule leaves a range."""

    least: Decimal
    most: Decimal


class DuesRate(models.Model):
    """How dues of one kind of payer are calculated, effective-dated (R-50 to R-53).

    Either a band with one rate on the whole base, or a fixed amount or range, or the
    bands of another kind of payer.
    """

    payer = models.CharField(_("kind of payer"), max_length=20, choices=Payer)
    above = MoneyField(_("base above (yuan)"), null=True, blank=True)
    up_to = MoneyField(_("base up to (yuan)"), null=True, blank=True)
    percent = models.DecimalField(
        _("rate (percent)"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    least = MoneyField(_("fixed, at least (yuan)"), null=True, blank=True)
    most = MoneyField(_("fixed, at most (yuan)"), null=True, blank=True)
    bands_of = models.CharField(
        _("calculated like"), max_length=20, choices=Payer, blank=True
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (exclusive)"), null=True, blank=True)

    objects = DuesRateQuerySet.as_manager()

    class Meta:
        verbose_name = _("dues rate")
        verbose_name_plural = _("dues rates")
        ordering = ["payer", "starts_on", "above"]
        constraints = [
            plausible_dates("starts_on", "ends_on", name="duesrate_plausible_dates"),
            bounded(
                *("above", "up_to", "least", "most"),
                least=0,
                most=MAX_AMOUNT,
                name="duesrate_amount_bounds",
            ),
            bounded("percent", least=0, most=100, name="duesrate_percent_bounds"),
            models.UniqueConstraint(
                F("payer"),
                F("starts_on"),
                Coalesce("above", Value(Decimal(-1), MoneyField())),
                name="duesrate_once",
                violation_error_message=_("This band is recorded already."),
            ),
            models.CheckConstraint(
                condition=Q(above__isnull=False, percent__isnull=False)
                & Q(least=None, most=None, bands_of="")
                | Q(above=None, up_to=None, percent=None)
                & (
                    Q(least__isnull=False, most__isnull=False, bands_of="")
                    | Q(least=None, most=None) & ~Q(bands_of="")
                ),
                name="duesrate_reckoned_one_way",
                violation_error_message=_(
                    "Dues are calculated in one way: by a band and its rate, by a fixed"
                    " amount, or like those of another kind of payer."
                ),
            ),
            models.CheckConstraint(
                condition=Q(up_to=None) | Q(up_to__gt=F("above")),
                name="duesrate_band_in_order",
                violation_error_message=_("A band ends above where it begins."),
            ),
            in_order(
                "starts_on",
                "ends_on",
                name="duesrate_ends_after_start",
                message=_("The end date is before the start date."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_payer_display()} {format_day(self.starts_on)}"

    def due_on(self, base: Decimal | None) -> Due | None:
        """Return what is due on a base: one rate on the whole of it (R-50)."""
        if self.percent is not None and base is not None:
            amount = to_cents(base * self.percent / 100)
            return Due(amount, amount)
        if self.least is not None and self.most is not None:
            return Due(self.least, self.most)
        return None
