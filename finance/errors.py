"""Refusals about money."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class FundTooLow(DomainError):
    """A fund never falls below zero."""

    message = _(
        "%(fund)s holds %(balance)s yuan, and this voucher takes %(amount)s. Nothing"
        " was posted: return the voucher or keep it as a draft, or have the missing"
        " income entered first."
    )


class FundTooLowOnDay(FundTooLow):
    """Counted by the vouchers' own days, the fund would fall below zero."""

    message = _(
        "By the days of its vouchers, %(fund)s holds only %(balance)s yuan at the end"
        " of %(day)s, and this voucher takes %(amount)s before that. Nothing was"
        " saved: choose a day on which the money is there, or have the missing income"
        " entered first."
    )


class HoldsBothRoles(DomainError):
    """Accountant and cashier of one fund are never one person (R-61)."""

    message = _(
        "You are both accountant and cashier of %(fund)s. Nothing was changed: ask the"
        " street office to end one of the two roles."
    )


class NotInThatState(DomainError):
    """The voucher is in another state than the step needs."""

    message = _(
        "This voucher is now “%(state)s”, so this can no longer be done with it."
        " Nothing was changed: open the voucher again and see what comes next."
    )


class PostedIsFinal(DomainError):
    """Posted vouchers are never edited."""

    message = _(
        "This voucher is posted, and posted vouchers are never changed. Nothing was"
        " lost: enter a reversal, then enter it again correctly."
    )


class OnlyPostedIsReversed(DomainError):
    """The voucher is not posted, or is a reversal itself."""

    message = _(
        "Only a posted income or expenditure can be reversed. Nothing was changed: a"
        " voucher not posted yet is corrected or cancelled, and what was reversed by"
        " mistake is entered again."
    )


class VoucherChanged(DomainError):
    """A signature applies only to the version that was read."""

    message = _(
        "The voucher was changed after you opened it. Nothing was signed: read it as it"
        " is now, then try again."
    )


class DayOfPaymentMissing(DomainError):
    """An expenditure counts on the day on which it is paid."""

    message = _(
        "Say on which day it was paid, today at the latest. Nothing was paid or posted"
        " yet: choose the day and press the button again."
    )


class ReversalBeforeOriginal(DomainError):
    """A reversal is dated no earlier than its original."""

    message = _(
        "%(day)s is before the day of the voucher to be reversed (%(first)s). Nothing"
        " was saved: choose that day or a later one."
    )


class UseOfAnotherFund(DomainError):
    """Each kind of fund has its own list of uses."""

    message = _(
        "“%(use)s” is not among the uses of this kind of fund on %(day)s. Nothing was"
        " saved: choose a use from the fund's own list."
    )


class UseForbidden(DomainError):
    """The negative list of the special fund blocks the use (R-65)."""

    message = _(
        "“%(use)s” is on the negative list: this fund must not be spent on it"
        " (%(basis)s). Nothing was saved: choose another fund or another use."
    )


class ProjectElsewhere(DomainError):
    """A fund is not charged for a project of another place."""

    message = _(
        "The project “%(project)s” does not belong to %(organization)s. Nothing was"
        " saved: choose one of the projects there, or none."
    )


class TemporaryTakesNoDues(DomainError):
    """Whoever works in a temporary branch pays dues where they belong (R-07)."""

    message = _(
        "%(name)s is a temporary branch: its members pay dues to the branch to which"
        " they belong. Nothing was saved: open the fund there."
    )


class NoDuesRate(DomainError):
    """No rate fits the base."""

    message = _(
        "No dues rate is on record for “%(payer)s” with a base of %(base)s yuan on"
        " %(day)s. Nothing was calculated: check the base and the date."
    )


class NoDuesRateOnDay(NoDuesRate):
    """No rate was in force on the day."""

    message = _(
        "No dues rate is on record for “%(payer)s” on %(day)s. Nothing was calculated:"
        " check the date."
    )


class DuesNeedABase(NoDuesRate):
    """Rates in percent need a base above zero."""

    message = _(
        "The dues of “%(payer)s” are calculated from a monthly income above zero, and"
        " none is given. Nothing was calculated: enter the income."
    )


class RuleRuns(DomainError):
    """The same rule is in force already."""

    message = _(
        "“%(name)s” has been in force since %(day)s. Nothing was saved: end it first,"
        " or let the new one begin on a later day."
    )


class RuleNotBegun(DomainError):
    """A rule ends after it began, and once."""

    message = _(
        "“%(name)s” is in force from %(day)s and ends on a later day, once. Nothing was"
        " changed: choose a later day."
    )


class FundUseSpent(DomainError):
    """A use ends after the last voucher that names it (R-60)."""

    message = _(
        "A voucher of %(day)s is for “%(name)s”. Nothing was changed: let the use end"
        " after that day."
    )


class DuesBandsOverlap(DomainError):
    """Each base of a payer falls into one band (R-50)."""

    message = _(
        "The band overlaps another one in force: %(other)s. Nothing was saved: end that"
        " band on the same day first."
    )
