"""Format the numbers of indicators."""

from decimal import Decimal

from core.numbers import format_number
from figures.definitions import indicators


def format_figure(key: str, value: Decimal, divisor: int = 1) -> str:
    """Return an indicator's number with the decimals of its unit (yuan, hours)."""
    decimals = indicators.get(key).decimals if key in indicators else 0
    return format_number(value, decimals, divisor)
