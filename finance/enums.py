"""Closed lists of money: funds, vouchers, accounts, payers of dues."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FundKind(TextChoices):
    """What a fund is for; its kind decides what it may be spent on (S4-21)."""

    OPERATING = "operating", _("Community running costs")
    PARTY_BUILDING = "party_building", _("Party-building working funds")
    PUBLIC_SERVICE = "public_service", _("Special fund for serving the public")
    DUES = "dues", _("Party dues")


class VoucherKind(TextChoices):
    """The effect of a voucher on its fund."""

    INCOME = "income", _("Income")
    EXPENDITURE = "expenditure", _("Expenditure")
    REVERSAL = "reversal", _("Reversal")


class VoucherState(TextChoices):
    """The state of a voucher; only a posted one has moved money."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waits for review")
    REVIEWED = "reviewed", _("Waits for approval")
    APPROVED = "approved", _("Waits for payment")
    POSTED = "posted", _("Posted")
    RETURNED = "returned", _("Returned")
    CANCELLED = "cancelled", _("Voided")


S = VoucherState
AWAITING = (S.SUBMITTED, S.REVIEWED, S.APPROVED)
NOT_POSTED = (S.DRAFT, *AWAITING, S.RETURNED)
UNSIGNED = (S.DRAFT, S.SUBMITTED, S.RETURNED, S.CANCELLED)


class IncomeSource(TextChoices):
    """Who money comes from (S0-02)."""

    BUDGET = "budget", _("Government budget")
    SUPERIOR = "superior", _("Allotted by the superior organization")
    RESIDENTS_COMMITTEE = "residents_committee", _("Residents' committee")
    UNIT = "unit", _("Sponsored by a resident unit")
    DUES = "dues", _("Dues collected or shared")
    INTEREST = "interest", _("Bank interest")
    CARRIED_OVER = "carried_over", _("Carried over from earlier books")
    OTHER = "other", _("Other")


class Account(TextChoices):
    """An account of the double entry; the first one is the fund's deposit."""

    BANK = "1002", _("Bank deposit")
    INCOME = "4001", _("Fund income")
    SPENDING = "5001", _("Fund expenditure")


class Payer(TextChoices):
    """What a member's dues are calculated from (R-50 to R-53)."""

    MONTHLY_WAGE = "monthly_wage", _("Monthly wage")
    RETIRED = "retired", _("Retired")
    ANNUAL_SALARY = "annual_salary", _("Annual salary")
    SELF_EMPLOYED = "self_employed", _("Self-employed")
    FARMER = "farmer", _("Farmer")
    STUDENT = "student", _("Student")
    LAID_OFF = "laid_off", _("Laid off")
    RELIEF_DEPENDENT = "relief_dependent", _("Living on relief")
    MINIMUM_LIVING = "minimum_living", _("On minimum living allowance")
