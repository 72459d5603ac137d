"""The voucher: one movement of money on paper, before and after it is in the ledger."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.models import Project
from core.db.money import MoneyField
from core.db.signatures import signature
from core.db.triggers import AppendOnly
from finance.enums import NOT_POSTED, IncomeSource, VoucherKind, VoucherState
from finance.models.funds import Fund
from finance.models.rules import FundUse
from finance.models.voucher_rules import RULES
from finance.money import format_yuan
from finance.querysets import VoucherQuerySet


class Voucher(models.Model):
    """Money that came, went, or is put back.

    The accountant enters it, another one reviews it (where there is none, the secretary
    or the street), the secretary or the street approves it, the cashier pays what goes
    out. It moves no money until it is posted: an expenditure
    when it is paid, anything else when it is approved. Once posted it cannot be
    changed. `happened_on` is the day on the paper; `booked_on` is the day on which it
    counts in the ledger and the figures: for a paid expenditure the day of payment,
    for an income the day of booking, if it is later than the day on the paper, for
    anything else the day on the paper. `month` is that of `booked_on`.
    `by_cashier` marks those posted while the cashier approved vouchers,
    `reviewed_by_old_rule` those from the time when who entered one might review it.
    """

    fund = models.ForeignKey(
        Fund, models.PROTECT, related_name="vouchers", verbose_name=_("fund")
    )
    kind = models.CharField(_("kind of voucher"), max_length=12, choices=VoucherKind)
    number = models.PositiveIntegerField(
        _("voucher number"), null=True, blank=True, editable=False
    )
    happened_on = models.DateField(_("date"))
    booked_on = models.DateField(_("day it counts"), editable=False)
    month = models.DateField(_("month"), editable=False)
    amount = MoneyField(_("amount (yuan)"))
    purpose = models.CharField(_("voucher summary"), max_length=120)
    counterparty = models.CharField(
        _("received from or paid to"), max_length=80, blank=True
    )
    papers = models.PositiveSmallIntegerField(_("papers attached"), default=0)
    source = models.CharField(
        _("source of income"), max_length=20, choices=IncomeSource, blank=True
    )
    is_recurring = models.BooleanField(_("comes every year"), default=False)  # S0-03
    use = models.ForeignKey(
        FundUse,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="vouchers",
        verbose_name=_("use"),
    )
    decision = models.CharField(
        _("meeting and decision"), max_length=120, blank=True
    )
    project = models.ForeignKey(
        Project,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="vouchers",
        verbose_name=_("for the project"),
    )
    reverses = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reversals",
        verbose_name=_("reverses"),
    )
    state = models.CharField(
        _("state"), max_length=12, choices=VoucherState, default=VoucherState.DRAFT
    )
    return_reason = models.CharField(_("reason of return"), max_length=200, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("entered by"),
    )
    entered_at = models.DateTimeField(_("entered at"), auto_now_add=True)
    reviewed_by = signature(_("reviewed by"))
    approved_by = signature(_("approved by"))
    paid_by = signature(_("paid by"))
    by_cashier = models.BooleanField(
        _("approved by the cashier, as was the rule"), default=False, editable=False
    )
    reviewed_by_old_rule = models.BooleanField(
        _("reviewed while who entered it might do so"), default=False, editable=False
    )
    posted_at = models.DateTimeField(_("posted at"), null=True, blank=True)

    triggers = (AppendOnly("voucher_posted_is_frozen", when="OLD.state = 'posted'"),)
    objects = VoucherQuerySet.as_manager()

    class Meta:
        verbose_name = _("voucher")
        verbose_name_plural = _("vouchers")
        ordering = ["-happened_on", "-pk"]
        constraints = RULES
        indexes = [
            models.Index(fields=["fund", "state"], name="voucher_fund_state"),
            models.Index(fields=["month"], name="voucher_month"),
        ]

    def __str__(self) -> str:
        values = {
            "kind": self.get_kind_display(),
            "number": self.number,
            "amount": format_yuan(self.amount),
            "purpose": self.purpose,
        }
        if self.number is None:
            return gettext("%(kind)s %(amount)s yuan, %(purpose)s") % values
        text = gettext("No. %(number)s, %(kind)s %(amount)s yuan, %(purpose)s")
        return text % values

    def get_absolute_url(self) -> str:
        """The voucher's page."""
        return reverse("finance:voucher", args=[self.pk])

    @property
    def summary(self) -> str:
        """What the books say of it: a reversal names the voucher that it puts back."""
        if self.reverses is None:
            return self.purpose
        values = {"number": self.reverses.number, "reason": self.purpose}
        return gettext("Reverses voucher no. %(number)s: %(reason)s") % values

    @property
    def moves_income(self) -> bool:
        """Whether it is an income or puts one back; all others move expenditure."""
        moved = self if self.reverses is None else self.reverses
        return moved.kind == VoucherKind.INCOME

    @property
    def counts_on(self) -> dt.date | None:
        """The day on which it counts, known once it is posted."""
        return self.booked_on if self.is_posted else None

    @property
    def standing(self) -> str:
        """Its state, and whether it is reversed; the rows come `with_reversal`."""
        number = getattr(self, "reversal_number", None)
        if number is None:
            return self.get_state_display()
        return gettext("Reversed by voucher no. %(number)s") % {"number": number}

    @property
    def is_posted(self) -> bool:
        """Whether it is posted to the ledger, which is final."""
        return self.state == VoucherState.POSTED

    @property
    def can_be_amended(self) -> bool:
        """Whether it can still be corrected or cancelled."""
        return self.state in NOT_POSTED

    @property
    def can_be_reversed(self) -> bool:
        """Whether it is a posted income or expenditure."""
        return self.is_posted and self.kind != VoucherKind.REVERSAL
