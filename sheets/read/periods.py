"""The month that a return is for, which often stands only in the lines above it."""

import datetime as dt
import re
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from sheets.read.content import half_width
from sheets.read.errors import UnreadableTable

LONGEST_LINE = 300
LABELS = "所属月份|所属期|报告期|统计月份|统计期|报表月份|填报月份|报告月份|月份"
MONTH = r"(\d{4})\s*[年.\-/]\s*(\d{1,2})(?!\d)\s*月?(?!\s*[.\-/\d])"
LABELLED = re.compile(rf"(?:{LABELS})\s*[:：]?\s*{MONTH}")
ANY = re.compile(rf"(?<![\d.\-/]){MONTH}")
DEADLINE = re.compile(r"[^\s:：]*(?:截止|日期|时间)[^\s:：]*\s*[:：]\s*\S*")


class SeveralMonths(UnreadableTable):
    """The lines above the table name more than one month."""

    message = _(
        "The lines above the table name several months (%(months)s), so it cannot be"
        " told which one the return is for. Nothing was imported. Leave one and upload"
        " again."
    )


def month_named(lines: Iterable[str]) -> dt.date | None:
    """Return the first day of the month that the lines name; None if none is named.

    A month behind a label such as 所属月份 goes before any other; deadlines and dates
    of filling in are not looked at.
    """
    texts = [half_width(line[:LONGEST_LINE]) for line in lines]
    labelled = _months(LABELLED, texts)
    months = labelled or _months(ANY, [DEADLINE.sub("", text) for text in texts])
    if len(months) > 1:
        shown = "、".join(f"{month:%Y-%m}" for month in sorted(months))
        raise SeveralMonths(months=shown)
    return next(iter(months), None)


def _months(pattern: re.Pattern[str], texts: list[str]) -> set[dt.date]:
    return {
        dt.date(int(year), int(month), 1)
        for text in texts
        for year, month in pattern.findall(text)
        if 1 <= int(month) <= 12 and int(year)
    }
