"""Collect what no rule understands while the rows of a sheet are read."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from exchange.doubts import Doubt, DoubtAnswers, RowPosition, Source, Understands
from exchange.enums import Verdict
from exchange.errors import LeftOutAsAnswered
from exchange.import_kinds import RowPlan, RowReason
from exchange.imports.marks import SheetMarks
from exchange.imports.state_columns import (
    find_free_texts,
    find_state_columns,
    tells_of_gone,
)
from sheets.read import (
    Flag,
    GroupHeading,
    HeadingKind,
    IgnoredRow,
    Kind,
    Reason,
    Table,
    TableRow,
    is_form_line,
)

MAX_TEXTS = 400  # of one column; a sheet with more has one line for all others
MAX_NAME_LENGTH = 4  # characters of a person's name that stands alone in a row
EXAMPLES = 3  # rows that are named beside a text
SENTENCES = {Reason.NOTE, Reason.GROUP}
FLAGGED = {Flag.STRUCK_ROW: Source.STRUCK, Flag.HIDDEN_ROW: Source.HIDDEN}
ORDER = {source: number for number, source in enumerate(Source)}
DOUBT_REASON = "doubt"


@dataclass(slots=True)
class FoundDoubt:
    """A doubt and its rows: how many there are, and the first ones by name."""

    doubt: Doubt
    rows: int = 0
    examples: list[str] | None = None


@dataclass(slots=True)
class LinesAbove:
    """The last note and the last total since the last heading above a row.

    Rows below a total may belong to another group than the rows above it.
    """

    note: str = ""
    total: str = ""
    headings: tuple[GroupHeading, ...] = ()
    seen: int = 0

    def advance(self, table: Table, row: TableRow) -> Iterable[str]:
        """Go on to the next row; return the lines that it has to be judged by."""
        for ignored in table.ignored[self.seen :]:
            self._pass(ignored)
        self.seen = len(table.ignored)
        if lone := _lone_words(row):
            self.note = lone
        if row.above != self.headings:
            self.total, self.headings = "", row.above
        return filter(None, (self.note, self.total if row.above else ""))

    def _pass(self, line: IgnoredRow) -> None:
        if line.reason is Reason.GROUP:
            self.note = ""
        elif line.reason is Reason.NOTE and not is_form_line(line.text):
            self.note = line.text
        elif line.reason is Reason.TOTAL:
            self.total = line.text


def _lone_words(row: TableRow) -> str:
    """Return the words of a row that has one cell, too long for a name."""
    filled = [cell.text for cell in row.cells.values() if cell.kind is not Kind.BLANK]
    is_line = len(filled) == 1 and not row.others
    return filled[0] if is_line and len(filled[0]) > MAX_NAME_LENGTH else ""


class SheetDoubts:
    """The doubts of one file, row by row.

    `watch` looks at the rows as they are read; once all are planned, `settle` refuses
    those that are left out by answer and says what is still to be looked at.
    """

    def __init__(
        self, understands: Understands | None, untitled: frozenset[str]
    ) -> None:
        self.understands = understands
        self.untitled = untitled
        self.cells: dict[tuple[str, str], dict[RowPosition, str]] = defaultdict(dict)
        self.remarks: dict[tuple[str, str], dict[RowPosition, str]] = defaultdict(dict)
        self.of_row: dict[RowPosition, list[Doubt]] = defaultdict(list)
        self.of_sheet: dict[str, list[Doubt]] = {}
        self.marks = SheetMarks(self._ask)

    def watch(self, tables: Iterable[Table]) -> Iterator[TableRow]:
        """Yield the rows of the tables, remembering what stands around them."""
        for table in tables:
            if self.understands is None:
                yield from table.rows
            else:
                yield from self._watch_table(table)

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
            yield from self._ask(Doubt(Source.TITLE, sheet, "", text))
        if sheet in self.untitled and table.unknown_headers:
            strange = [
                heading
                for heading in table.unknown_headers
                if [*self._ask(Doubt(Source.HEADINGS, sheet, "", heading))]
            ]
            if strange:
                yield Doubt(Source.HEADINGS, sheet, "", "、".join(strange))

    def _find_below(self, table: Table, last: int) -> Iterator[Doubt]:
        """Yield what stands below the last row, which may be about any row above."""
        for line in table.ignored:
            says_more = line.excel_row > last and line.reason in SENTENCES
            if says_more and line.text and not is_form_line(line.text):
                yield from self._ask(
                    Doubt(Source.BELOW, table.sheet_name, "", line.text)
                )

    def _look_at(self, row: TableRow, lines: Iterable[str]) -> None:
        position = row.sheet, row.excel_row
        found = self.of_row[position]
        for line in lines:
            found += self._ask(Doubt(Source.LINE, row.sheet, "", line))
        marks = [
            Doubt(Source.GROUP, row.sheet, "", above.text)
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
        if (remark := row.cells.get("remark")) and remark.text.strip():
            words = " ".join(remark.text.split())
            self.remarks[row.sheet, ""][position] = words

    def _ask(self, doubt: Doubt) -> list[Doubt]:
        assert self.understands is not None  # noqa: S101 -- otherwise nothing is watched
        return [] if self.understands(doubt) else [doubt]

    def settle(
        self, plans: Sequence[RowPlan], answers: DoubtAnswers
    ) -> tuple[list[RowPlan], list[dict[str, Any]]]:
        """Return the plans without the rows left out by answer, and all doubts.

        Only rows that would be entered or changed are asked about.
        """
        self._add_texts(self.remarks, Source.REMARK)
        self._add_texts(find_free_texts(self.cells), Source.REMARK)
        rows = Counter(sheet for sheet, _row in self.of_row)
        self._add_texts(find_state_columns(self.cells, rows), Source.COLUMN)
        for position, doubt in self.marks.find_colors(rows):
            self.of_row[position].append(doubt)
        found: dict[str, FoundDoubt] = {}
        settled = [self._settle_row(plan, answers, found) for plan in plans]
        in_order = sorted(found.values(), key=_rank)
        return settled, [_describe(one, answers) for one in in_order]

    def _add_texts(
        self, columns: dict[tuple[str, str], dict[RowPosition, str]], source: Source
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


def _leave_out(plan: RowPlan, doubt: Doubt) -> RowPlan:
    """Return the plan of a row that is not entered, because somebody said so."""
    reason = LeftOutAsAnswered(source=doubt.source.label, text=doubt.text)
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
