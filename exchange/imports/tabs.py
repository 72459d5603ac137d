"""Doubt sheets of a file that may be left over from another time.

Whoever keeps a register copies the tab of last month or year and goes on in the copy.
The old tab has the same columns and mostly the same people; that it is old show its
title, the day below its table, or that its people stand on another tab as well.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from exchange.doubts import Doubt, DoubtSource
from exchange.import_kinds import RowPlan
from sheets.read import Reason, Table, fold

PERIOD = re.compile("((?:19|20)\\d\\d)(?:年|[-./](?=\\d))?(?:(\\d{1,2})月?)?")
MONTH = re.compile("^(\\d{1,2})月份?")
ABOUT_SHEET = {Reason.NOTE, Reason.TITLE, Reason.ABOVE}
SHARE = 3  # a third of the people of the smaller sheet on another one

Period = tuple[int, int]  # year and month, 0 where it is not said


def find_period(texts: Iterable[str]) -> Period | None:
    """Return the latest year and month that titles or lines of a sheet name."""
    found: list[Period] = []
    for text in texts:
        word = fold(text)
        found += [(int(y), int(m or 0)) for y, m in PERIOD.findall(word)]
        if month := MONTH.match(word):
            found.append((0, int(month[1])))
    return max(found, default=None)


class TabDoubts:
    """The sheets of one file, compared with each other once all rows are planned."""

    def __init__(self) -> None:
        self.tables: list[Table] = []

    def find(
        self, plans: Sequence[RowPlan], rows: Mapping[str, int]
    ) -> Iterator[Doubt]:
        """Yield a doubt about each sheet that is older, or has the people of another.

        `rows` is how many rows of data each sheet has.
        """
        evidence: dict[str, list[str]] = {t.sheet_name: [] for t in self.tables}
        for sheet, words in (*self._find_older(), *_find_shared(plans, rows)):
            evidence[sheet].append(words)
        for sheet, said in evidence.items():
            if said:
                yield Doubt(DoubtSource.TAB, sheet, "", "；".join(said))

    def _find_older(self) -> Iterator[tuple[str, str]]:
        periods = {
            table.sheet_name: period
            for table in self.tables
            if (period := find_period(_lines_of(table)))
        }
        latest = max(periods.values(), default=(0, 0))
        for sheet, period in periods.items():
            if _is_older(period, latest):
                words = _("it says %(own)s, another sheet %(latest)s")
                yield (
                    sheet,
                    words % {"own": _present(period), "latest": _present(latest)},
                )


def _lines_of(table: Table) -> list[str]:
    """Return the lines around the rows: title, name of the sheet, day below."""
    notes = [line.text for line in table.ignored if line.reason in ABOUT_SHEET]
    return [table.sheet_name, *table.preamble, *notes]


def _is_older(period: Period, latest: Period) -> bool:
    """Whether a period lies before the latest, by what both of them say."""
    (year, month), (last_year, last_month) = period, latest
    if year and last_year and year != last_year:
        return year < last_year
    return bool(month and last_month and month < last_month)


def _present(period: Period) -> str:
    """Return a period as people read it: its year, its month, or both."""
    year, month = period
    words = _("month %(month)s of %(year)s") if year else _("month %(month)s")
    if not month:
        words = _("the year %(year)s")
    return words % {"year": year, "month": month}


def _find_shared(
    plans: Iterable[RowPlan], rows: Mapping[str, int]
) -> Iterator[tuple[str, str]]:
    """Yield the sheets of which many people stand on another sheet of the file."""
    shared = Counter(
        (plan.sheet or "", plan.also_on)
        for plan in plans
        if plan.also_on and plan.also_on != plan.sheet
    )
    for (later, earlier), people in shared.items():
        if SHARE * people >= min(rows[later], rows[earlier]):
            words = _("%(people)s of its people also stand on sheet “%(other)s”")
            yield earlier, words % {"people": people, "other": later}
            yield later, words % {"people": people, "other": earlier}
