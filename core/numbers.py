"""Format numbers, everywhere with the same minus sign."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

MINUS = "−"
"""The sign of numbers that people read; a hyphen is shorter and breaks from them."""
DIVIDED = Decimal("0.01")
"""How exactly an amount is shown in a larger unit, such as 万元."""


def format_number(value: Decimal, decimals: int = 0, divisor: int = 1) -> str:
    """Format with thousands separators and at least the given number of decimals.

    In a larger unit it is rounded to hundredths: what is exact stands in the small one.
    """
    if divisor != 1:
        value = (value / divisor).quantize(DIVIDED, rounding=ROUND_HALF_UP)
    short = value.normalize()
    return sign_number(f"{short:,.{max(decimals, _decimals(short))}f}")


def percent_of(
    part: Decimal, whole: Decimal, decimals: int = 1, *, rounded_down: bool = False
) -> Decimal | None:
    """Return a part of a whole in percent; None where the whole is not above zero.

    Rounded down, 100 is all of the whole and nothing less.
    """
    if whole <= 0:
        return None
    rounding = ROUND_DOWN if rounded_down else ROUND_HALF_UP
    return (part * 100 / whole).quantize(Decimal(1).scaleb(-decimals), rounding)


def sign_number(text: str) -> str:
    """Put the minus sign before a formatted number below zero; −0 is 0."""
    digits = text.removeprefix("-")
    is_below = text != digits and any(digit in "123456789" for digit in digits)
    return f"{MINUS}{digits}" if is_below else digits


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0
