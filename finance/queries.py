"""Reads about money that need more than one row: the amount of dues."""

import datetime as dt
from decimal import Decimal

from finance.enums import Payer
from finance.errors import DuesNeedABase, NoDuesRate, NoDuesRateOnDay
from finance.models import Due, DuesRate
from finance.money import format_yuan


def dues_for(payer: Payer, base: Decimal | None, on: dt.date) -> Due:
    """Return a payer's monthly dues on their base, by the rates of the day.

    One rate applies to the whole base, so that the amount leaps at each bound (R-50);
    annual salaries and the self-employed use the bands of monthly wages (R-53).
    """
    rates = DuesRate.objects.on(payer, on)
    borrowed = rates.exclude(bands_of="").first()
    if borrowed is not None:
        rates = DuesRate.objects.on(borrowed.bands_of, on)
    if not rates.exists():
        raise NoDuesRateOnDay(payer=payer.label, day=on)
    rate = rates.over(base).first()
    due = rate.due_on(base) if rate is not None else None
    if due is not None:
        return due
    if base is None or base <= 0:
        raise DuesNeedABase(payer=payer.label)
    raise NoDuesRate(payer=payer.label, base=format_yuan(base), day=on)
