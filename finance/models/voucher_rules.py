"""What holds for every voucher, as constraints with their messages."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.db.bounds import bounded
from core.db.constraints import plausible_dates
from finance.bounds import MAX_AMOUNT, MAX_BALANCE, MAX_PAPERS
from finance.enums import UNSIGNED, VoucherKind, VoucherState

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
        condition=Q(booked_on__gte=F("happened_on")),
        name="voucher_counts_on_its_day_or_later",
        violation_error_message=_(
            "The day of booking or payment is before the day on the paper. Nothing was"
            " saved: choose that day or a later one."
        ),
    ),
    models.CheckConstraint(
        condition=Q(booked_on=F("happened_on"))
        | Q(kind=K.INCOME)
        | Q(kind=K.EXPENDITURE, state=S.POSTED),
        name="voucher_booked_later_is_paid_or_income",
        violation_error_message=_(
            "An expenditure counts later than its paper once it is paid, an income if"
            " it is booked later; a reversal counts on its own day."
        ),
    ),
    models.CheckConstraint(
        condition=Q(reviewed_by=None)
        | Q(reviewed_by_old_rule=True)
        | ~Q(reviewed_by=F("entered_by")),
        name="voucher_enterer_does_not_review",
        violation_error_message=_(
            "You entered this voucher yourself. Nothing was reviewed: another"
            " accountant must review it, or the secretary where there is no other."
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
