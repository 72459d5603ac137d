"""Format numbers."""

from decimal import Decimal


def format_number(value: Decimal, decimals: int = 0, divisor: int = 1) -> str:
    """Format with thousands separators and at least the given number of decimals."""
    short = (value / divisor).normalize()
    return f"{short:,.{max(decimals, _decimals(short))}f}"


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0
