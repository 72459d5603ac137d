"""Amounts in yuan: parsed from input, formatted, and in words for paper forms."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

from core.capital_numerals import DIGITS, capital_number
from core.numbers import sign_number

CENT = Decimal("0.01")
SHEET_FORMAT = "#,##0.00;[Red]-#,##0.00"
WRITTEN = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?")
SIGNS = re.compile(r"^[¥￥]\s*|\s*元$")


def to_cents(amount: Decimal) -> Decimal:
    """Round to two decimals, halves away from zero, as money is rounded here."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def read_yuan(text: str) -> Decimal | None:
    """Return the amount that somebody typed, or None for other texts.

    Full-width digits, ¥, 元 and commas between thousands are understood; a comma
    anywhere else is refused, and so is a blank between digits.
    """
    plain = SIGNS.sub("", unicodedata.normalize("NFKC", text).strip())
    return Decimal(plain.replace(",", "")) if WRITTEN.fullmatch(plain) else None


def format_yuan(amount: Decimal | None) -> str:
    """Format an amount with thousands separators and two decimals."""
    return "" if amount is None else sign_number(f"{to_cents(amount):,.2f}")


def in_words(amount: Decimal) -> str:
    """Write an amount in the characters that cannot be altered on paper (大写金额)."""
    cents = int(to_cents(amount) * 100)
    yuan, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    words = f"{capital_number(yuan)}元" if yuan else ""
    if jiao:
        words += f"{DIGITS[jiao]}角"
    elif fen and yuan:
        words += DIGITS[0]
    words += f"{DIGITS[fen]}分" if fen else "整"
    return words if cents else "零元整"
