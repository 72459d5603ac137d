"""Numbers in the characters that cannot be altered on paper (大写)."""

import datetime as dt

DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS_OF_TEN = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿")


def capital_number(number: int) -> str:
    """Write a whole number above zero and of up to twelve digits: 10 is 壹拾."""
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


def capital_month(month: dt.date) -> str:
    """Write a month as papers do, its year digit by digit: 贰零贰陆年零陆月."""
    year = "".join(DIGITS[int(digit)] for digit in f"{month.year:04}")
    zero = DIGITS[0] if month.month < 10 else ""
    return f"{year}年{zero}{capital_number(month.month)}月"
