"""The voucher: one movement of money on paper, before and after it is in the ledger."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.models import Project
from core.db.bounds import bounded
from core.db.constraints import plausible_dates
from core.db.money import MoneyField
from core.db.triggers import AppendOnly
from core.text import StrOrPromise
from finance.bounds import MAX_AMOUNT, MAX_BALANCE, MAX_PAPERS
from finance.enums import NOT_POSTED, UNSIGNED, IncomeSource, VoucherKind, VoucherState
from finance.models.funds import Fund
from finance.models.rules import FundUse
from finance.money import format_yuan
from finance.querysets import VoucherQuerySet

K, S = VoucherKind, VoucherState
NOT_IN_THE_BOOKS = Q(posted_at=None, number=None)
NO_SIGNATURES = Q(NOT_IN_THE_BOOKS, reviewed_by=None, approved_by=None, paid_by=None)
RULES: list[Any] = [
    plausible_dates("happened_on", "booked_on", name="voucher_plausible_dates"),
    bounded("papers", least=0, most=MAX_PAPERS, name="voucher_papers_bounds"),
    bounded(
        "amount",
        least=0,
        most=MAX_AMOUNT,
        name="voucher_amount_bounds",
        unless=Q(kind=K.REVERSAL) | Q(state__in=[S.POSTED, S.CANCELLED]),
    ),
    bounded("amount", least=0, most=MAX_BALANCE, name="voucher_recorded_amount_bounds"),
    models.CheckConstraint(
        condition=Q(amount__gt=0),
        name="voucher_amount_above_zero",
        violation_error_message=_("The amount must be above zero."),
    ),
    models.CheckConstraint(
        condition=Q(
            month__day=1,
            booked_on__year=F("month__year"),
            booked_on__month=F("month__month"),
        ),
        name="voucher_counts_in_its_month",
        violation_error_message=_("A voucher counts in the month of its day."),
    ),
    models.CheckConstraint(
        condition=Q(booked_on=F("happened_on"))
        | Q(kind=K.EXPENDITURE, state=S.POSTED, booked_on__gt=F("happened_on")),
        name="voucher_paid_on_its_day_or_later",
        violation_error_message=_(
            "The day of payment is before the day of the voucher. Nothing was paid:"
            " choose the voucher's day or a later one."
        ),
    ),
    models.CheckConstraint(
        condition=Q(approved_by=None) | ~Q(approved_by=F("entered_by")),
        name="voucher_two_hands",
        violation_error_message=_(
            "You entered this voucher yourself. Nothing was posted: another person must"
            " approve it."
        ),
    ),
    models.CheckConstraint(
        condition=Q(approved_by=None) | ~Q(approved_by=F("reviewed_by")),
        name="voucher_reviewer_does_not_approve",
        violation_error_message=_(
            "You reviewed this voucher yourself. Nothing was approved: another person"
            " must approve it."
        ),
    ),
    models.CheckConstraint(
        condition=Q(paid_by=None)
        | ~Q(paid_by=F("entered_by"))
        & ~Q(paid_by=F("reviewed_by"))
        & ~Q(paid_by=F("approved_by")),
        name="voucher_payer_only_pays",
        violation_error_message=_(
            "You entered, reviewed or approved this voucher yourself. Nothing was paid:"
            " another cashier must pay it."
        ),
    ),
    models.CheckConstraint(
        condition=Q(NO_SIGNATURES, state__in=UNSIGNED, by_cashier=False)
        | Q(state=S.REVIEWED, reviewed_by__isnull=False, by_cashier=False)
        & Q(NOT_IN_THE_BOOKS, approved_by=None, paid_by=None)
        | Q(state=S.APPROVED, kind=K.EXPENDITURE, by_cashier=False)
        & Q(NOT_IN_THE_BOOKS, reviewed_by__isnull=False, approved_by__isnull=False)
        & Q(paid_by=None)
        | Q(state=S.POSTED, approved_by__isnull=False)
        & Q(posted_at__isnull=False, number__isnull=False)
        & (
            Q(by_cashier=True, reviewed_by=None, paid_by=None)
            | Q(by_cashier=False, reviewed_by__isnull=False)
            & (
                Q(kind=K.EXPENDITURE, paid_by__isnull=False)
                | ~Q(kind=K.EXPENDITURE) & Q(paid_by=None)
            )
        ),
        name="voucher_signed_as_far_as_it_has_come",
        violation_error_message=_(
            "A voucher names those who have reviewed, approved and paid it, and nobody"
            " else; once posted, it has a number and a time."
        ),
    ),
    models.CheckConstraint(
        condition=Q(kind=K.INCOME) & ~Q(source="")
        | ~Q(kind=K.INCOME) & Q(source="", is_recurring=False),
        name="voucher_income_says_its_source",
        violation_error_message=_(
            "An income, and nothing else, says who it came from."
        ),
    ),
    models.CheckConstraint(
        condition=Q(kind=K.EXPENDITURE, use__isnull=False) & ~Q(decision="")
        | ~Q(kind=K.EXPENDITURE) & Q(use=None, decision=""),
        name="voucher_expenditure_says_use_and_decision",
        violation_error_message=_(
            "An expenditure says what it is for and which meeting decided on it."
        ),
    ),
    models.CheckConstraint(
        condition=Q(kind=K.REVERSAL, reverses__isnull=False)
        | ~Q(kind=K.REVERSAL) & Q(reverses=None),
        name="voucher_reversal_names_what_it_reverses",
        violation_error_message=_(
            "A reversal, and nothing else, names the voucher that it reverses."
        ),
    ),
    models.UniqueConstraint(
        fields=["reverses"],
        condition=~Q(state=S.CANCELLED),
        name="voucher_reversed_once",
        violation_error_message=_(
            "A reversal of this voucher is entered already. Nothing was entered twice."
        ),
    ),
    models.UniqueConstraint(
        fields=["fund", "number"],
        name="voucher_number_once_per_fund",
        violation_error_message=_("The fund already has a voucher of this number."),
    ),
]


def signature(label: StrOrPromise) -> Any:
    """Return the column with the person who took one step; empty until then."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=label,
    )


class Voucher(models.Model):
    """Money that came, went, or is put back.

    The accountant enters and reviews it, the secretary or the street approves it, the
    cashier pays what goes out. It moves no money until it is posted: an expenditure
    when it is paid, anything else when it is approved. Once posted it cannot be
    changed. `happened_on` is the day on the paper; `booked_on` is the day on which it
    counts in the ledger and the figures: for a paid expenditure the day of payment,
    for anything else the day on the paper. `month` is that of `booked_on`.
    `by_cashier` marks those posted while the cashier approved vouchers.
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
        return gettext("%(kind)s %(amount)s yuan, %(purpose)s") % {
            "kind": self.get_kind_display(),
            "amount": format_yuan(self.amount),
            "purpose": self.purpose,
        }

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
