"""Amounts in yuan: parsed from input, formatted, and in words for paper forms."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

from core.numbers import sign_number

CENT = Decimal("0.01")
SHEET_FORMAT = "#,##0.00;[Red]-#,##0.00"
WRITTEN = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?")
SIGNS = re.compile(r"^[¥￥]\s*|\s*元$")
DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS_OF_TEN = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿")  # amounts have twelve digits before the point


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
    words = f"{_whole(yuan)}元" if yuan else ""
    if jiao:
        words += f"{DIGITS[jiao]}角"
    elif fen and yuan:
        words += DIGITS[0]
    words += f"{DIGITS[fen]}分" if fen else "整"
    return words if cents else "零元整"


def _whole(number: int) -> str:
    """Write a whole number above zero, four digits at a time."""
    words, gap = "", False
    for index in range(len(GROUPS) - 1, -1, -1):
        part = number // 10_000**index % 10_000
        if not part:
            gap = bool(words)
            continue
        if words and (gap or part < 1_000):
            words += DIGITS[0]
        words += _four(part) + GROUPS[index]
        gap = False
    return words


def _four(part: int) -> str:
    """Write up to four digits; a run of zeros is written once, trailing zeros never."""
    words, gap = "", False
    for index in range(3, -1, -1):
        digit = part // 10**index % 10
        if not digit:
            gap = bool(words)
            continue
        words += (DIGITS[0] if gap else "") + DIGITS[digit] + UNITS_OF_TEN[index]
        gap = False
    return words
