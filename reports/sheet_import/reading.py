"""Read one row of a monthly return's sheet: community, month and numbers."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from core.dates import format_month
from core.errors import DomainError
from core.months import month_of, today
from core.numbers import format_number
from exchange.import_kinds import RowReason, row_reason
from exchange.sheet_context import SheetContext
from reports.returns.balance import CLOSING, GAINS, LOSSES, OPENING
from reports.returns.column_words import FIGURES
from reports.sheet_import.columns import THIS_MONTH
from reports.sheet_import.errors import (
    MonthMissing,
    MonthNotBegun,
    MonthsContradict,
    NoFiguresOfMonth,
    PartExceedsWhole,
    ReturnRowRefused,
    RowDoesNotBalance,
    UnitInDoubt,
    UnitMissing,
)
from sheets.read import Cell, Kind, TableRow, drop_placeholder, read_decimal, read_text

SPENDING = "spending"
TEN_THOUSAND = 10_000
# More than any community spends in a month: such a number was meant in yuan.
LARGEST_SPENDING = 10_000_000
PARTS = ("members_women", "members_young", "members_mobile")
LABELLED = re.compile(
    r"(?:所属月份|所属期|报告期|报告月份|统计月份|月份)\s*[:：]\s*(\d{4})\s*年\s*(\d{1,2})\s*月"
)
ANYWHERE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月(?!\s*\d{1,2}\s*日)")
BARE = re.compile(r"(\d{1,2})\s*月份?")
NUMERIC = re.compile(r"(20\d{2})[-./年]?\s*(1[0-2]|0?[1-9])月?")
UNITS = re.compile(r"(?<=\d)\s*(人次|人|个|次|项|小时|场|节)$")
IN_TEN_THOUSAND, IN_YUAN = re.compile("万元"), re.compile("(?<!万)元")


@dataclass(slots=True)
class ReturnRow:
    """One row as read; `values` are by indicator, money in yuan."""

    sheet: str
    excel_row: int
    community: str = ""
    month: Any = None
    values: dict[str, Decimal] = field(default_factory=dict)
    flags: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    reasons: list[RowReason] = field(default_factory=list)

    def refuse(self, column: Any, reason: DomainError) -> None:
        """Add a reason why the row is refused."""
        refusal = ReturnRowRefused(row=self.excel_row, column=column, reason=reason)
        self.problems.append(str(refusal))
        self.reasons.append(row_reason(column, reason))


class ReturnReader:
    """Reads rows; the month and the unit may be given above the table."""

    def __init__(self, context: SheetContext, labels: Mapping[str, Any]) -> None:
        self.headers, self.titles = context.headers, context.titles
        self.file_name = context.file_name
        self.divided = {
            sheet
            for sheet, headings in context.headers.items()
            if any(_is_divided(headings.get(figure, "")) for figure in FIGURES)
        }
        self.labels = labels

    def read(self, row: TableRow) -> ReturnRow:
        """Read everything that the sheet says by itself."""
        read = ReturnRow(row.sheet, row.excel_row, flags=[f.value for f in row.flags])
        read.flags += ["month_column"] if row.sheet in self.divided else []
        read.community = drop_placeholder(self._text(read, "community", row))
        self._read_month(read, row)
        for indicator in FIGURES:
            if indicator in row.cells:
                self._read_number(read, indicator, row.cells[indicator])
        if not any(figure in row.cells for figure in FIGURES):
            read.refuse(self.labels["month"], NoFiguresOfMonth())
        self._check_balance(read)
        return read

    def _text(self, read: ReturnRow, name: str, row: TableRow) -> str:
        cell = row.cells.get(name)
        if cell is None:
            return ""
        try:
            return read_text(cell) or ""
        except DomainError as refusal:
            read.refuse(self.labels[name], refusal)
            return ""

    def _read_month(self, read: ReturnRow, row: TableRow) -> None:
        above = list(self.titles.get(row.sheet, ()))
        own = self._text(read, "month", row)
        month = _find_month(NUMERIC, [own]) if own else None
        titled = _find_month(LABELLED, above) or _find_month(ANYWHERE, above)
        bare = BARE.fullmatch(own)
        if titled and (month or bare) and _differ(titled, month, bare):
            read.refuse(
                self.labels["month"],
                MonthsContradict(own=own, titled=format_month(titled)),
            )
        month = month or titled
        month = month or _find_month(ANYWHERE, [row.sheet, self.file_name])
        if month is None:
            read.refuse(self.labels["month"], MonthMissing())
        elif other := self._find_other_month(row.sheet, month):
            read.refuse(
                self.labels["month"],
                MonthsContradict(own=format_month(month), titled=other),
            )
        elif month > month_of(today()):
            read.refuse(self.labels["month"], MonthNotBegun(month=format_month(month)))
        read.month = month

    def _find_other_month(self, sheet: str, month: Any) -> str:
        """Return a heading of figures that names another month than the row's."""
        headings = self.headers.get(sheet, {})
        own = (headings.get(figure, "").rpartition("/")[2] for figure in FIGURES)
        months = (match for text in own if (match := BARE.fullmatch(text)))
        return next((m[0] for m in months if int(m[1]) != month.month), "")

    def _read_number(self, read: ReturnRow, indicator: str, cell: Cell) -> None:
        label = self.labels[indicator]
        if cell.kind is Kind.TEXT:
            cell = cell._replace(text=UNITS.sub("", cell.text.strip()))
            cell = cell._replace(value=cell.text)
        try:
            number = read_decimal(cell)
            if number is None:
                return
            if indicator == SPENDING:
                number = self._in_yuan(read, number)
        except DomainError as refusal:
            read.refuse(label, refusal)
            return
        read.values[indicator] = number

    def _in_yuan(self, read: ReturnRow, number: Decimal) -> Decimal:
        """Return an amount in yuan, by the unit of its heading or above the table."""
        heading = self.headers.get(read.sheet, {}).get(SPENDING, "")
        factor = _unit_of([heading]) or _unit_of(self.titles.get(read.sheet, ()))
        if factor is None:
            raise UnitMissing
        yuan = number * factor
        if factor == TEN_THOUSAND and yuan > LARGEST_SPENDING:
            raise UnitInDoubt(text=format_number(number), yuan=format_number(yuan))
        return yuan

    def _check_balance(self, read: ReturnRow) -> None:
        values = read.values
        if CLOSING not in values:
            return
        for part in PARTS:
            if values.get(part, Decimal()) > values[CLOSING]:
                refusal = PartExceedsWhole(
                    value=format_number(values[part]),
                    closing=format_number(values[CLOSING]),
                )
                read.refuse(self.labels[part], refusal)
        if OPENING not in values or not _has_changes(values):
            return
        gains, losses = _sum(values, GAINS), _sum(values, LOSSES)
        expected = values[OPENING] + gains - losses
        if expected != values[CLOSING]:
            numbers = {
                "opening": values[OPENING],
                "gains": gains,
                "losses": losses,
                "expected": expected,
                "closing": values[CLOSING],
            }
            words = {name: format_number(value) for name, value in numbers.items()}
            read.refuse(self.labels[CLOSING], RowDoesNotBalance(**words))


def _is_divided(heading: str) -> bool:
    """Whether the figure of the month stands below its heading, beside others."""
    _group, _slash, own = heading.rpartition("/")
    return THIS_MONTH.fullmatch(own) is not None


def _differ(titled: Any, month: Any, bare: re.Match[str] | None) -> bool:
    """Whether a row names another month than the title, with its year or without."""
    return bool(month != titled if month else bare and int(bare[1]) != titled.month)


def _has_changes(values: Mapping[str, Decimal]) -> bool:
    """Whether the row says gains and losses, without which nothing can balance."""
    return any(key in values for key in GAINS) and any(key in values for key in LOSSES)


def _sum(values: Mapping[str, Decimal], keys: Iterable[str]) -> Decimal:
    return sum((values.get(key, Decimal()) for key in keys), Decimal())


def _find_month(pattern: re.Pattern[str], texts: Iterable[str]) -> Any:
    """Return the first month that one of the texts names, as its first day."""
    for text in texts:
        match = pattern.search(text)
        if match and 1 <= int(match[2]) <= 12:
            return month_of(today()).replace(year=int(match[1]), month=int(match[2]))
    return None


def _unit_of(texts: Iterable[str]) -> int | None:
    """Return the factor to yuan that the texts name, if they name just one."""
    text = " ".join(texts)
    factors = [
        factor
        for pattern, factor in ((IN_TEN_THOUSAND, TEN_THOUSAND), (IN_YUAN, 1))
        if pattern.search(text)
    ]
    return factors[0] if len(factors) == 1 else None
