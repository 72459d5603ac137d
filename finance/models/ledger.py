"""The ledger."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.db.bounds import bounded
from core.db.money import MoneyField
from core.db.triggers import AppendOnly, Forbidden
from finance.bounds import MAX_BALANCE
from finance.entries import ZERO
from finance.enums import Account
from finance.models.funds import Fund
from finance.models.vouchers import Voucher
from finance.querysets import LineQuerySet

OUT_OF_ORDER = """
NEW.number <> 1 + COALESCE((
    SELECT MAX(number) FROM finance_line WHERE fund_id = NEW.fund_id), 0)
OR NEW.balance_after <> COALESCE((
    SELECT balance_after FROM finance_line
    WHERE fund_id = NEW.fund_id AND number = NEW.number - 1), 0)
    + CASE NEW.account WHEN '1002' THEN NEW.debit - NEW.credit ELSE 0 END
OR NOT EXISTS (
    SELECT 1 FROM finance_voucher AS posted WHERE posted.id = NEW.voucher_id
    AND posted.fund_id = NEW.fund_id AND posted.state = 'posted')
"""
BELOW_ZERO_ON_A_DAY = """
NEW.account = '1002' AND NEW.credit > 0 AND EXISTS (
    SELECT 1 FROM finance_voucher AS own
    WHERE own.id = NEW.voucher_id AND NEW.credit > COALESCE((
        SELECT MIN(held) FROM (
            SELECT day, SUM(SUM(moved)) OVER (ORDER BY day) AS held FROM (
                SELECT booked_on AS day, debit - credit AS moved
                FROM finance_line JOIN finance_voucher
                ON finance_voucher.id = finance_line.voucher_id
                WHERE finance_line.fund_id = NEW.fund_id AND account = '1002'
                UNION ALL SELECT own.booked_on, 0
            ) AS movements GROUP BY day
        ) AS days WHERE day >= own.booked_on), 0))
"""


class Line(models.Model):
    """One line of a fund's double-entry ledger; written once, never changed.

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
    debit = MoneyField(_("debit (yuan)"), default=0)
    credit = MoneyField(_("credit (yuan)"), default=0)
    balance_after = MoneyField(_("balance afterwards (yuan)"))

    triggers = (
        AppendOnly("line_is_append_only"),
        Forbidden(
            "line_follows_the_last",
            event="INSERT",
            when=OUT_OF_ORDER,
            message="a line follows the last of its fund; lines are never changed",
        ),
        Forbidden(
            "line_never_below_zero_on_any_day",
            event="INSERT",
            when=BELOW_ZERO_ON_A_DAY,
            message="a fund is never below zero at the end of a day",
        ),
    )
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
            bounded(
                *("debit", "credit", "balance_after"),
                least=0,
                most=MAX_BALANCE,
                name="line_bounds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fund_id}/{self.number} {self.account}"

    @property
    def income(self) -> Decimal:
        """What it adds to the fund's income, in yuan; a reversed income takes away."""
        return self._deposit_change if self.voucher.moves_income else ZERO

    @property
    def expenditure(self) -> Decimal:
        """What it adds to the fund's expenditure; a reversed one takes away."""
        return ZERO if self.voucher.moves_income else -self._deposit_change

    @property
    def _deposit_change(self) -> Decimal:
        return self.debit - self.credit if self.account == Account.BANK else ZERO

    @property
    def summary(self) -> str:
        """What the books say of it, and whether it was put back (`with_reversal`)."""
        number = getattr(self, "reversal_number", None)
        if number is None:
            return self.voucher.summary
        values = {"summary": self.voucher.summary, "number": number}
        return gettext("%(summary)s (reversed by voucher no. %(number)s)") % values
