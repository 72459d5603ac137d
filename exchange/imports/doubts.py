"""Collect what no rule understands while the rows of a sheet are read."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from core.errors import DomainError
from exchange.doubts import Doubt, DoubtAnswers, DoubtSource, RowPosition, Understands
from exchange.enums import Verdict
from exchange.errors import LeftOutAsAnswered, LeftOutForMark
from exchange.import_kinds import RowPlan, RowReason
from exchange.imports.lines_above import LinesAbove
from exchange.imports.marks import SheetMarks
from exchange.imports.state_columns import (
    find_free_texts,
    find_state_columns,
    tells_of_gone,
)
from exchange.imports.tabs import TabDoubts
from sheets.read import (
    BLANK,
    Flag,
    HeadingKind,
    Reason,
    Table,
    TableRow,
    drop_placeholder,
    is_form_line,
    says_unknown,
)

MAX_TEXTS = 400  # of one column; a sheet with more has one line for all others
EXAMPLES = 3  # rows that are named beside a text
SENTENCES = {Reason.NOTE, Reason.GROUP}
FLAGGED = {Flag.STRUCK_ROW: DoubtSource.STRUCK, Flag.HIDDEN_ROW: DoubtSource.HIDDEN}
ORDER = {source: number for number, source in enumerate(DoubtSource)}
DOUBT_REASON = "doubt"


@dataclass(slots=True)
class FoundDoubt:
    """A doubt and its rows: how many there are, and the first ones by name."""

    doubt: Doubt
    rows: int = 0
    examples: list[str] | None = None


class SheetDoubts:
    """The doubts of one file, row by row.

    `watch` looks at the rows as they are read; once all are planned, `settle` refuses
    those that are left out by answer and says what is still to be looked at.
    """

    def __init__(
        self,
        understands: Understands | None,
        untitled: frozenset[str],
        answers: DoubtAnswers,
    ) -> None:
        self.understands = understands
        self.untitled = untitled
        self.answers = answers
        self.tabs = TabDoubts()
        self.left_out_rows: dict[str, int] = {}  # of sheets that are left out
        self.cells: dict[tuple[str, str], dict[RowPosition, str]] = defaultdict(dict)
        self.remarks: dict[tuple[str, str], dict[RowPosition, str]] = defaultdict(dict)
        self.of_row: dict[RowPosition, list[Doubt]] = defaultdict(list)
        self.of_sheet: dict[str, list[Doubt]] = {}
        self.marks = SheetMarks(self._ask)

    def watch(self, tables: Iterable[Table]) -> Iterator[TableRow]:
        """Yield the rows of the tables, remembering what stands around them.

        A sheet that somebody leaves out as a whole is not planned, so that its people
        are read from another one.
        """
        tables = self.tabs.tables = [*tables]
        for table in tables:
            if self.understands is None:
                yield from table.rows
            elif self._is_left_out(table) and len(self.left_out_rows) + 1 < len(tables):
                self.left_out_rows[table.sheet_name] = sum(1 for _row in table.rows)
            else:
                yield from self._watch_table(table)

    def _is_left_out(self, table: Table) -> bool:
        return _doubt_tab(table.sheet_name).key in self.answers.left_out

    def _watch_table(self, table: Table) -> Iterator[TableRow]:
        self.of_sheet[table.sheet_name] = [*self._find_above(table)]
        lines, last = LinesAbove(), 0
        for row in table.rows:
            self._look_at(row, lines.advance(table, row))
            last = row.excel_row
            yield row
        self.of_sheet[table.sheet_name] += self._find_below(table, last)
        self.of_sheet[table.sheet_name] += self.marks.find_around(table)

    def _find_above(self, table: Table) -> Iterator[Doubt]:
        sheet = table.sheet_name
        for text in dict.fromkeys((*table.preamble, sheet)):
            yield from self._ask(Doubt(DoubtSource.TITLE, sheet, "", text))
        if sheet in self.untitled and table.unknown_headers:
            strange = [
                heading
                for heading in table.unknown_headers
                if [*self._ask(Doubt(DoubtSource.HEADINGS, sheet, "", heading))]
            ]
            if strange:
                yield Doubt(DoubtSource.HEADINGS, sheet, "", "、".join(strange))

    def _find_below(self, table: Table, last: int) -> Iterator[Doubt]:
        """Yield what stands below the last row, which may be about any row above."""
        for line in table.ignored:
            says_more = line.excel_row > last and line.reason in SENTENCES
            if says_more and line.text and not is_form_line(line.text):
                yield from self._ask(
                    Doubt(DoubtSource.BELOW, table.sheet_name, "", line.text)
                )

    def _look_at(self, row: TableRow, lines: Iterable[str]) -> None:
        position = row.sheet, row.excel_row
        found = self.of_row[position]
        for line in lines:
            found += self._ask(Doubt(DoubtSource.LINE, row.sheet, "", line))
        marks = [
            Doubt(DoubtSource.GROUP, row.sheet, "", above.text)
            for above in row.above
            if above.kind is not HeadingKind.ORGANIZATION
        ]
        marks += [
            Doubt(FLAGGED[f], row.sheet, "", "") for f in row.flags if f in FLAGGED
        ]
        for mark in marks:
            found += self._ask(mark)
        if row.marks:
            found += self.marks.find_in_row(row)
        for heading, cell in row.others.items():
            self.cells[row.sheet, heading][position] = " ".join(cell.text.split())
        remark = drop_placeholder(row.cells.get("remark", BLANK).text.strip())
        if remark and not says_unknown(remark):
            self.remarks[row.sheet, ""][position] = " ".join(remark.split())

    def _ask(self, doubt: Doubt) -> list[Doubt]:
        assert self.understands is not None  # noqa: S101 -- otherwise nothing is watched
        return [] if self.understands(doubt) else [doubt]

    def settle(
        self, plans: Sequence[RowPlan]
    ) -> tuple[list[RowPlan], list[dict[str, Any]]]:
        """Return the plans without the rows left out by answer, and all doubts.

        Only rows that would be entered or changed are asked about.
        """
        answers = self.answers
        self._add_texts(self.remarks, DoubtSource.REMARK)
        self._add_texts(find_free_texts(self.cells), DoubtSource.REMARK)
        rows = Counter(sheet for sheet, _row in self.of_row)
        self._add_texts(find_state_columns(self.cells, rows), DoubtSource.COLUMN)
        for position, doubt in self.marks.find_colors(rows):
            self.of_row[position].append(doubt)
        found = self._find_tabs(plans, rows)
        settled = [self._settle_row(plan, answers, found) for plan in plans]
        in_order = sorted(found.values(), key=_rank)
        return settled, [_describe(one, answers) for one in in_order]

    def _find_tabs(
        self, plans: Sequence[RowPlan], rows: Mapping[str, int]
    ) -> dict[str, FoundDoubt]:
        """Doubt sheets as a whole; return those that are left out already, by key."""
        if self.understands is None:
            return {}
        doubts = {doubt.sheet: doubt for doubt in self.tabs.find(plans, rows)}
        for table in self.tabs.tables:
            if self._is_left_out(table):  # also the last one, which is read
                doubts.setdefault(table.sheet_name, _doubt_tab(table.sheet_name))
        for sheet, doubt in doubts.items():
            if sheet not in self.left_out_rows:
                self.of_sheet[sheet].append(doubt)
        left_out = (
            FoundDoubt(_doubt_tab(sheet), rows, [])
            for sheet, rows in self.left_out_rows.items()
        )
        return {one.doubt.key: one for one in left_out}

    def _add_texts(
        self,
        columns: dict[tuple[str, str], dict[RowPosition, str]],
        source: DoubtSource,
    ) -> None:
        """Add a doubt for each distinct text of a column to the rows that have it."""
        for (sheet, heading), texts in columns.items():
            asked = {
                text: doubt
                for text in dict.fromkeys(texts.values())
                for doubt in self._ask(Doubt(source, sheet, heading, text))
            }
            others = dict.fromkeys([*asked][MAX_TEXTS:])
            rest = Doubt(source, sheet, heading, _("all others"))
            for position, text in texts.items():
                if text in asked:
                    self.of_row[position].append(
                        rest if text in others else asked[text]
                    )

    def _settle_row(
        self, plan: RowPlan, answers: DoubtAnswers, found: dict[str, FoundDoubt]
    ) -> RowPlan:
        if plan.verdict not in {Verdict.CREATE, Verdict.UPDATE}:
            return plan
        sheet = plan.sheet or ""
        doubts = [
            *self.of_sheet.get(sheet, ()),
            *self.of_row.get((sheet, plan.excel_row), ()),
            *plan.doubts,
        ]
        doubts = self.marks.drop_explained(dict.fromkeys(doubts))
        for doubt in doubts:
            one = found.setdefault(doubt.key, FoundDoubt(doubt, examples=[]))
            one.rows += 1
            if one.examples is not None and len(one.examples) < EXAMPLES:
                one.examples.append(plan.label.partition(" · ")[0])
        out = next((d for d in doubts if answers.leaves_out(d.key)), None)
        return _leave_out(plan, out) if out else plan


def _doubt_tab(sheet: str) -> Doubt:
    """Return the doubt about a sheet as a whole that somebody left out."""
    return Doubt(DoubtSource.TAB, sheet, "", _("left out as a whole"))


def _leave_out(plan: RowPlan, doubt: Doubt) -> RowPlan:
    """Return the plan of a row that is not entered, because somebody said so."""
    source = doubt.source.label
    # Without words the row itself is struck through, or hidden.
    reason: DomainError = LeftOutForMark(source=source)
    if doubt.text:
        reason = LeftOutAsAnswered(source=source, text=doubt.text)
    return replace(
        plan,
        verdict=Verdict.REFUSE,
        message=str(reason),
        reasons=[RowReason(f"{DOUBT_REASON}/{doubt.key}", str(reason))],
        questions=(),
        payload=None,
        fields={},
    )


def _rank(found: FoundDoubt) -> tuple[int, bool]:
    """Order by where a text stands, words of somebody who is gone before others."""
    return ORDER[found.doubt.source], not tells_of_gone(found.doubt.text)


def _describe(found: FoundDoubt, answers: DoubtAnswers) -> dict[str, Any]:
    """Return a doubt as the preview keeps it; texts and names are masked there."""
    doubt = found.doubt
    return {
        "key": doubt.key,
        "source": doubt.source.value,
        "sheet": doubt.sheet,
        "heading": doubt.heading,
        "text": doubt.text,
        "rows": found.rows,
        "examples": found.examples,
        "open": answers.is_open(doubt.key),
        "left_out": answers.leaves_out(doubt.key),
    }
