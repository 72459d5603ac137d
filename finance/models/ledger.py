"""The ledger."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.db.triggers import AppendOnly
from finance.enums import Account
from finance.models.funds import Fund
from finance.models.vouchers import Voucher
from finance.querysets import LineQuerySet


class Line(models.Model):
    """One line of a fund's double-entry ledger: written once, never touched again.

    `number` counts a fund's lines without a gap; `balance_after` is the balance of the
    fund's deposit after this line.
    """

    voucher = models.ForeignKey(
        Voucher, models.PROTECT, related_name="lines", verbose_name=_("voucher")
    )
    fund = models.ForeignKey(
        Fund, models.PROTECT, related_name="lines", verbose_name=_("fund")
    )
    number = models.PositiveIntegerField(_("ledger line no."))
    account = models.CharField(
        pgettext_lazy("in a ledger", "account"), max_length=8, choices=Account
    )
    debit = models.DecimalField(
        _("debit (yuan)"), max_digits=14, decimal_places=2, default=0
    )
    credit = models.DecimalField(
        _("credit (yuan)"), max_digits=14, decimal_places=2, default=0
    )
    balance_after = models.DecimalField(
        _("balance afterwards (yuan)"), max_digits=14, decimal_places=2
    )

    triggers = (AppendOnly("line_is_append_only"),)
    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = _("ledger line")
        verbose_name_plural = _("ledger lines")
        ordering = ["fund", "number"]
        indexes = [
            models.Index(fields=["fund", "account", "number"], name="line_of_account"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["fund", "number"],
                name="line_number_once_per_fund",
                violation_error_message=_(
                    "The fund already has a line of this number."
                ),
            ),
            models.CheckConstraint(
                condition=Q(debit__gt=0, credit=0) | Q(debit=0, credit__gt=0),
                name="line_is_debit_or_credit",
                violation_error_message=_(
                    "A line is either a debit or a credit, and above zero."
                ),
            ),
            models.CheckConstraint(
                condition=Q(balance_after__gte=0),
                name="line_never_below_zero",
                violation_error_message=_("A fund never falls below zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fund_id}/{self.number} {self.account}"
