"""Reads about money that need more than one row: the amount of dues."""

import datetime as dt
from decimal import Decimal

from finance.enums import Payer
from finance.errors import DuesNeedABase, NoDuesRate, NoDuesRateOnDay
from finance.models import Due, DuesRate
from finance.money import format_yuan
from finance.querysets import DuesRateQuerySet


def rates_of(payer: Payer, on: dt.date) -> DuesRateQuerySet:
    """Return a payer's rates of a day, or those of the payer whose bands they use.

    Annual salaries and the self-employed use the bands of monthly wages (R-53).
    """
    rates = DuesRate.objects.on(payer, on)
    borrowed = rates.exclude(bands_of="").first()
    return rates if borrowed is None else DuesRate.objects.on(borrowed.bands_of, on)


def rate_for(payer: Payer, base: Decimal | None, on: dt.date) -> DuesRate:
    """Return the rate that applies to a payer's base on a day; refuse if none does."""
    rates = rates_of(payer, on)
    if not rates.exists():
        raise NoDuesRateOnDay(payer=payer.label, day=on)
    rate = rates.over(base).first()
    if rate is not None and rate.due_on(base) is not None:
        return rate
    if base is None or base <= 0:
        raise DuesNeedABase(payer=payer.label)
    raise NoDuesRate(payer=payer.label, base=format_yuan(base), day=on)


def dues_for(payer: Payer, base: Decimal | None, on: dt.date) -> Due:
    """Return a payer's monthly dues on their base, by the rates of the day.

    One rate applies to the whole base, so that the amount leaps at each bound (R-50).
    """
    due = rate_for(payer, base, on).due_on(base)
    if due is None:
        raise DuesNeedABase(payer=payer.label)
    return due
