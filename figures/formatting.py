"""Format the numbers of indicators."""

from decimal import Decimal

from core.numbers import format_number
from core.text import StrOrPromise
from figures.definitions import indicators


def format_figure(key: str, value: Decimal, divisor: int = 1) -> str:
    """Return an indicator's number with the decimals of its unit (yuan, hours)."""
    decimals = indicators.get(key).decimals if key in indicators else 0
    return format_number(value, decimals, divisor)


def format_difference(key: str, value: Decimal) -> str:
    """Return by how much an indicator's number differs, always with its sign."""
    text = format_figure(key, value)
    return f"+{text}" if value > 0 else text


def format_with_unit(key: str, value: Decimal) -> str:
    """Return an indicator's number with its unit, for a sentence or a lone cell."""
    unit = f" {indicators.get(key).unit}" if key in indicators else ""
    return f"{format_figure(key, value)}{unit}"


def label_with_unit(label: StrOrPromise, unit: StrOrPromise) -> str:
    """Return the heading of a column of numbers, with their unit, once.

    One figure may stand in 元 on one page and in 万元 on another: no heading leaves
    it open.
    """
    text = f"{label}"
    return text if f"{unit}" in text else f"{text}（{unit}）"
