"""Find the tables of a file and yield their rows of data."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from sheets.read.cell_marks import ShownMark, find_marks, list_comments
from sheets.read.cells import Cell, Row, Sheet
from sheets.read.column_values import choose_by_values
from sheets.read.errors import (
    MissingColumns,
    NoTable,
    UnreadableTable,
    UnwantedTable,
)
from sheets.read.folding import fold, unwrap_brackets
from sheets.read.glance import Glance, glance_at
from sheets.read.group_headings import GroupHeading, HeadingKind, groups_of
from sheets.read.header import Header
from sheets.read.header_search import find_header
from sheets.read.ignored import (
    IgnoredRow,
    IgnoredSheet,
    SheetReason,
    note_short_groups,
)
from sheets.read.other_cells import OtherCells
from sheets.read.rival_columns import (
    ChosenColumns,
    refuse_rivals,
    settle_rivals,
    use_chosen,
)
from sheets.read.row_classifier import Reason, RowClassifier
from sheets.read.row_columns import RowColumns
from sheets.read.row_flags import Flag, find_flags
from sheets.read.vocabulary import ColumnSpec

HEADER_WITHIN = 40  # rows with content that are searched for a header
REPORTED_BLANKS = 50  # of one run of blank rows
MAX_WORDS = 120  # characters of a line that is not data


# Refuses what a sheet shows, by raising `UnwantedTable`.
Judge = Callable[[Glance], None]


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of data: its cells by field, and the headings above it.

    `above` are the headings that hold for it, from the outermost to the innermost.
    `others` are the filled cells of columns that were not asked for, by their heading,
    or by their letter where they have none; columns about relatives are not among them.
    `headings` are those of the fields whose column is chosen by the row's own values,
    `marks` what the file shows of the row and its cells beside their words.
    """

    sheet: str
    excel_row: int
    cells: dict[str, Cell]
    above: tuple[GroupHeading, ...] = ()
    flags: tuple[Flag, ...] = ()
    others: dict[str, Cell] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    marks: Sequence[ShownMark] = ()

    @property
    def group(self) -> str:
        """The innermost heading that does not say what people are, but where."""
        return next(iter(groups_of(self.above)), "")

    @property
    def subgroup(self) -> str:
        """The innermost heading that says what people are: 预备党员."""
        names = [h.name for h in self.above if h.kind is HeadingKind.PEOPLE]
        return names[-1] if names else ""


@dataclass(slots=True)
class Table:
    """A table whose rows can be iterated once.

    `ignored` fills during the iteration. `headers` gives each field's header as
    written, with units and groups, `preamble` the lines above: the period, the unit.
    `comments` are those on cells that are not data; they fill like `ignored`. From
    `unknown_headers` those drop out of which any row has read a cell.
    """

    sheet_name: str
    header_rows: tuple[int, ...]
    columns: dict[str, int]
    headers: dict[str, str]
    unknown_headers: tuple[str, ...]
    preamble: tuple[str, ...]
    rows: Iterator[TableRow]
    ignored: list[IgnoredRow] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a file, and the sheets that were left out."""

    tables: list[Table]
    ignored: list[IgnoredSheet]


def find_tables(
    sheets: Sequence[Sheet],
    columns: Sequence[ColumnSpec],
    judge: Judge | None = None,
    chosen: Mapping[str, ChosenColumns] | None = None,
) -> Tables:
    """Find the table on each visible sheet; refuse a file without any.

    A sheet whose header lacks a column, or that the judge refuses, is left out if
    another sheet is read. `chosen` are the columns that somebody chose, by sheet.
    """
    result = Tables([], [])
    refusals: list[UnreadableTable] = []
    for sheet in sheets:
        if sheet.hidden:
            result.ignored.append(IgnoredSheet(sheet.name, SheetReason.HIDDEN))
            continue
        try:
            table = find_table(sheet, columns, judge, (chosen or {}).get(sheet.name))
        except (MissingColumns, UnwantedTable) as refusal:
            refusals.append(refusal)
            result.ignored.append(_leave_out(sheet, refusal))
            continue
        if table is None:
            result.ignored.append(_leave_out(sheet, None))
        else:
            result.tables.append(table)
    if not result.tables:
        unwanted = [r for r in refusals if isinstance(r, UnwantedTable)]
        raise next(iter([*unwanted, *refusals]), NoTable(columns=_join_words(columns)))
    return result


def _leave_out(sheet: Sheet, refusal: UnreadableTable | None) -> IgnoredSheet:
    if isinstance(refusal, UnwantedTable):
        return IgnoredSheet(sheet.name, SheetReason.UNWANTED, str(refusal))
    return IgnoredSheet(sheet.name, SheetReason.NO_TABLE)


def find_table(
    sheet: Sheet,
    columns: Sequence[ColumnSpec],
    judge: Judge | None = None,
    chosen: ChosenColumns | None = None,
) -> Table | None:
    """Find the table on a sheet; None if no rows look like its header.

    Before it is read the judge may refuse what the first rows show. Which of several
    columns under one heading is meant all rows decide, or `chosen`.
    """
    rows = sheet.rows()
    first = list(_read_first_rows(rows))
    filled = [row for row in first if row.cells]
    header = find_header(filled, columns)
    if judge is not None:
        judge(glance_at(sheet.name, filled, header))
    if header is None:
        return None
    rows_below = [row for row in first if row.number > header.rows[-1]]
    header = use_chosen(header, chosen or {})
    if header.duplicates or header.rivals:
        header = settle_rivals(header, sheet.rows(), columns)
    header = choose_by_values(header, rows_below, columns)
    _refuse_flaws(header, sheet, columns)
    rows_above = [row for row in first if row.number < header.rows[0]]
    lines = [cell.text for row in rows_above for cell in row.cells.values()]
    classifier = RowClassifier(
        sheet.name,
        header,
        [row for row in first if row.number in header.rows],
        {unwrap_brackets(fold(line)) for line in lines},
        columns,
    )
    table = Table(
        sheet_name=sheet.name,
        header_rows=header.rows,
        columns=header.columns,
        headers={name: header.full_heading(name) for name in header.columns},
        unknown_headers=header.unknown,
        preamble=tuple(lines),
        rows=iter(()),
        ignored=[
            IgnoredRow(sheet.name, number, Reason.ABOVE)
            for number in header.passed_over
        ],
        comments=[
            comment
            for row in filled
            if row.number <= header.rows[-1]
            for comment in list_comments(row)
        ],
    )
    row_columns = RowColumns(header, columns)
    table.rows = _iter_data_rows(
        table, classifier, row_columns, chain(rows_below, rows)
    )
    return table


def _read_first_rows(rows: Iterator[Row]) -> Iterator[Row]:
    """Yield rows until enough of them had content."""
    filled = 0
    for row in islice(rows, HEADER_WITHIN * 10):
        yield row
        filled += bool(row.cells)
        if filled == HEADER_WITHIN:
            return


def _refuse_flaws(header: Header, sheet: Sheet, specs: Sequence[ColumnSpec]) -> None:
    if header.missing:
        missing_specs = [spec for spec in specs if spec.field in header.missing]
        raise MissingColumns(
            sheet=sheet.name, row=header.rows[-1], columns=_join_words(missing_specs)
        )
    if header.duplicates:
        raise refuse_rivals(header, sheet)


def _join_words(specs: Sequence[ColumnSpec]) -> str:
    return "、".join(spec.words[0] for spec in specs if spec.required) or "、".join(
        spec.words[0] for spec in specs
    )


def _iter_data_rows(
    table: Table,
    classifier: RowClassifier,
    row_columns: RowColumns,
    rows: Iterator[Row],
) -> Iterator[TableRow]:
    """Yield the rows of data; add the others to `ignored`, with few blank ones."""
    blanks = 0
    named = {*chain.from_iterable(classifier.header_texts)}
    used: set[int] = set()
    others = OtherCells(classifier.header, row_columns.taken, named)
    headings = {c: "/".join(path) for c, path in classifier.header.paths.items()}
    first = next(iter(classifier.header.columns.values()))
    for row in _fill_gaps(rows, table.header_rows[-1]):
        reason = classifier.classify(row)
        blanks = blanks + 1 if reason is Reason.BLANK else 0
        if reason is None:
            read = row_columns.read(row)
            used |= read.used
            yield TableRow(
                sheet=table.sheet_name,
                excel_row=row.number,
                cells=read.cells,
                headings=read.headings,
                above=classifier.headings,
                flags=find_flags(row, classifier),
                others=others.read(row, read.used),
                marks=find_marks(row, headings, first),
            )
            continue
        table.comments += list_comments(row)
        if blanks <= REPORTED_BLANKS:
            table.ignored.append(
                IgnoredRow(table.sheet_name, row.number, reason, _words_of(row))
            )
    table.unknown_headers = classifier.header.list_unread(used)
    classifier.open_headings.close()
    note_short_groups(table.ignored, classifier.open_headings.short)


def _words_of(row: Row) -> str:
    """Return the beginning of a line's words, whatever cells they stand in."""
    return " ".join(cell.text for cell in row.cells.values())[:MAX_WORDS].strip()


def _fill_gaps(rows: Iterator[Row], last: int) -> Iterator[Row]:
    """Insert blank rows where the file omits them; of a long gap only the first."""
    for row in rows:
        until = min(row.number, last + 1 + REPORTED_BLANKS)
        yield from (Row(number, {}) for number in range(last + 1, until))
        yield row
        last = row.number
