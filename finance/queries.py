"""Reads about money that need more than one row: what dues come to."""

import datetime as dt
from decimal import Decimal

from finance.enums import Payer
from finance.errors import NoDuesRate
from finance.models import Due, DuesRate


def dues_for(payer: Payer, base: Decimal | None, on: dt.date) -> Due:
    """Return a payer's monthly dues on their base, by the rates of the day.

    One rate applies to the whole base, so that the amount leaps at each bound (R-50);
    annual salaries and the self-employed use the bands of monthly wages (R-53).
    """
    rates = DuesRate.objects.on(payer, on)
    borrowed = rates.exclude(bands_of="").first()
    if borrowed is not None:
        rates = DuesRate.objects.on(borrowed.bands_of, on)
    rate = rates.over(base).first()
    due = rate.due_on(base) if rate is not None else None
    if due is None:
        raise NoDuesRate(payer=payer.label, base=base, day=on)
    return due
