"""The voucher: one movement of money on paper, before and after it is in the ledger."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.models import Project
from core.db.constraints import plausible_dates
from core.db.triggers import AppendOnly
from finance.enums import NOT_POSTED, IncomeSource, VoucherKind, VoucherState
from finance.models.funds import Fund
from finance.models.rules import FundUse
from finance.querysets import VoucherQuerySet

K, S = VoucherKind, VoucherState
RULES: list[Any] = [
    plausible_dates("happened_on", name="voucher_plausible_dates"),
    models.CheckConstraint(
        condition=Q(amount__gt=0),
        name="voucher_amount_above_zero",
        violation_error_message=_("The amount must be above zero."),
    ),
    models.CheckConstraint(
        condition=Q(
            month__day=1,
            happened_on__year=F("month__year"),
            happened_on__month=F("month__month"),
        ),
        name="voucher_counts_in_its_month",
        violation_error_message=_("A voucher counts in the month of its day."),
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
        condition=Q(
            state=S.POSTED,
            approved_by__isnull=False,
            posted_at__isnull=False,
            number__isnull=False,
        )
        | Q(
            state__in=[*NOT_POSTED, S.CANCELLED],
            approved_by=None,
            posted_at=None,
            number=None,
        ),
        name="voucher_posted_is_approved_and_numbered",
        violation_error_message=_(
            "A posted voucher, and no other, says who approved it and when, and has a"
            " number."
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


class Voucher(models.Model):
    """An income, expenditure or reversal: one person enters it, another approves it.

    It moves no money until it is posted; once posted it cannot be changed.
    """

    fund = models.ForeignKey(
        Fund, models.PROTECT, related_name="vouchers", verbose_name=_("fund")
    )
    kind = models.CharField(_("kind of voucher"), max_length=12, choices=VoucherKind)
    number = models.PositiveIntegerField(
        _("voucher number"), null=True, blank=True, editable=False
    )
    happened_on = models.DateField(_("date"))
    month = models.DateField(_("month"), editable=False)
    amount = models.DecimalField(_("amount (yuan)"), max_digits=14, decimal_places=2)
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
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("approved by"),
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
        return f"{self.get_kind_display()} {self.amount} {self.purpose}"

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
    def awaits_approval(self) -> bool:
        """Whether the cashier has to look at it."""
        return self.state == VoucherState.SUBMITTED

    @property
    def is_posted(self) -> bool:
        """Whether it is posted to the ledger for good."""
        return self.state == VoucherState.POSTED

    @property
    def can_be_amended(self) -> bool:
        """Whether it can still be corrected or cancelled."""
        return self.state in NOT_POSTED

    @property
    def can_be_reversed(self) -> bool:
        """Whether it is a posted income or expenditure."""
        return self.is_posted and self.kind != VoucherKind.REVERSAL
