"""Classify the rows below a header: data, or the reason why not."""

import re
from collections.abc import Mapping, Sequence

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from sheets.read.cells import Cell, Kind, Row
from sheets.read.errors import SecondTable
from sheets.read.folding import drop_brackets, fold, unwrap_brackets
from sheets.read.group_headings import GroupHeading, OpenHeadings, read_headings
from sheets.read.header import Header, is_serial
from sheets.read.header_search import repeats_header
from sheets.read.line_wording import (
    EXAMPLES,
    LABEL,
    LABEL_INSIDE,
    NOTE,
    TOTAL,
    TOTAL_LABEL,
    TOTAL_WORD,
    all_go_with_heading,
    extract_branch,
    is_caption,
    is_heading,
    is_lone_note,
    is_note,
    names_branch,
    names_organization,
    normalize_line,
    says_nobody,
    strip_heading,
)
from sheets.read.vocabulary import ColumnSpec, Vocabulary

FilledCells = list[tuple[int, Cell]]


class Reason(TextChoices):
    """Why a row is not data."""

    BLANK = "blank", _("blank row")
    HEADER = "header", _("header row")
    TITLE = "title", _("repeated title")
    GROUP = "group", _("group heading")
    TOTAL = "total", _("total")
    NOTE = "note", _("note or signature")
    EXAMPLE = "example", _("example")
    UNFILLED = "unfilled", _("numbered, but not filled in")
    ABOVE = "above", _("above the table, below a header that lacks columns")


MAX_BEGINNING_LENGTH = 120
MAX_CELLS_BEFORE_HEADING = 2  # cells: a numeral, a label
PLACES = re.compile("支部|社区|组织|单位|街道|党委|总支")


class RowClassifier:
    """Classifies the rows below a header one after the other.

    It remembers the headings that hold, and whether notes have begun, because a note's
    second line looks like a heading.
    """

    def __init__(
        self,
        sheet: str,
        header: Header,
        header_rows: Sequence[Row],
        titles: set[str],
        specs: Sequence[ColumnSpec],
    ) -> None:
        self.sheet = sheet
        self.header = header
        self.vocabulary = Vocabulary(specs)
        self.mapped = set(header.columns.values())
        self.titles = titles
        self.header_texts = [_fold_texts(row.cells) for row in header_rows]
        self.leaves = {
            drop_brackets(fold(header.paths[column][-1])): column
            for column in self.mapped
        }
        self.header_words = set(self.leaves).union(
            *(texts.values() for texts in self.header_texts)
        )
        self.open_headings = OpenHeadings()
        self.is_beyond_count = False
        self.in_notes = False
        self.at_top = True
        self.row_number = 0

    @property
    def headings(self) -> tuple[GroupHeading, ...]:
        """The headings that hold for the row, from the outermost to the innermost."""
        return self.open_headings.chain

    def classify(self, row: Row) -> Reason | None:
        """Return why the row is not data, or None if it is."""
        self.row_number = row.number
        filled = sorted(row.cells.items())
        if all(_is_blank(cell) for _column, cell in filled):
            return Reason.BLANK
        reason = (
            self._match_repeated_line(row, filled)
            or self._match_caption(filled)
            or self._match_total(filled)
            or self._match_note(filled)
            or self._match_heading(row, filled)
            or self._match_unfilled(filled)
        )
        if reason is None:
            self._open_side_heading(filled)
        self.is_beyond_count = reason is None and self.open_headings.add_row()
        self.at_top = reason is Reason.HEADER or (self.at_top and reason is not None)
        return reason

    def _match_repeated_line(self, row: Row, filled: FilledCells) -> Reason | None:
        """Recognize a repeated header of the next page, and the title above it."""
        first_words = {
            unwrap_brackets(fold(_beginning_of(cell))) for _column, cell in filled[:2]
        }
        if len(filled) == 1 and first_words & self.titles:
            if names_branch(_beginning_of(filled[0][1])):
                self._begin_group(filled[0][1].text)
            return Reason.TITLE
        if not first_words & self.header_words:
            return self._match_header_below(row)
        return self._match_header_row(row)

    def _match_header_row(self, row: Row) -> Reason | None:
        texts = _fold_texts(row.cells)
        if any(texts.items() <= known.items() for known in self.header_texts):
            self.in_notes = False
            return Reason.HEADER
        if reason := self._match_header_below(row):
            return reason
        moved_count = sum(drop_brackets(text) in self.leaves for text in texts.values())
        if moved_count >= 2 and 2 * moved_count > len(self.mapped):
            raise SecondTable(sheet=self.sheet, row=row.number)
        return None

    def _match_header_below(self, row: Row) -> Reason | None:
        """Recognize a header worded otherwise; refuse one with other columns.

        Read as a row of data it would let all rows below it be read wrongly.
        """
        if any(map(_is_number, row.cells.values())):
            return None
        same = repeats_header(row, self.header, self.vocabulary)
        if same is None:
            return None
        if not same:
            raise SecondTable(sheet=self.sheet, row=row.number)
        self.in_notes = False
        return Reason.HEADER

    def _match_total(self, filled: FilledCells) -> Reason | None:
        first, *others = [_fold_word(cell) for _column, cell in filled[:2]]
        if TOTAL_LABEL.fullmatch(first) or any(map(TOTAL_WORD.fullmatch, others)):
            self._end_other_group(re.split(TOTAL, first)[0])
            return Reason.TOTAL
        return None

    def _end_other_group(self, branch: str) -> None:
        """End the group if the total names another branch."""
        if (
            names_organization(branch)
            and strip_heading(branch) != self.open_headings.organization
        ):
            self.open_headings.close()

    def _match_caption(self, filled: FilledCells) -> Reason | None:
        """Recognize examples, and lines of units or column numbers."""
        texts = [normalize_line(_beginning_of(cell)) for _column, cell in filled]
        if texts[0].strip("():.") in EXAMPLES:
            return Reason.EXAMPLE
        return Reason.HEADER if self.at_top and is_caption(texts) else None

    def _match_note(self, filled: FilledCells) -> Reason | None:
        column, cell = filled[0]
        text = normalize_line(_beginning_of(cell))
        labelled = LABEL_INSIDE.match(text)
        if labelled and (branch := extract_branch(_beginning_of(cell))):
            self._begin_group(branch)
        elif (
            not labelled
            and names_organization(_beginning_of(cell))
            and not NOTE.match(text)
        ):
            return None
        if is_note(text) or self._is_tail(filled, text):
            self.in_notes = True
            return Reason.NOTE
        if LABEL.fullmatch(text) and column not in self.mapped:
            return Reason.NOTE
        return None

    def _is_tail(self, filled: FilledCells, text: str) -> bool:
        """Whether a single cell is a note, or the next line of one."""
        if len(filled) > 1 or filled[0][1].kind is not Kind.TEXT:
            return False
        return is_lone_note(text) or (self.in_notes and not names_organization(text))

    def _match_heading(self, row: Row, filled: FilledCells) -> Reason | None:
        if len(filled) == 1:
            column, cell = filled[0]
            if cell.kind is Kind.TEXT and says_nobody(cell.text):
                self.open_headings.mark_empty()
                return Reason.NOTE
            if cell.kind is Kind.TEXT and (
                self._spans(row, column)
                or self._stands_apart(column, cell.text)
                or len(cell.text.strip()) == 1  # nobody has a name of one sign
            ):
                return self._begin_group(cell.text)
            return None
        return self._match_wide_heading(filled)

    def _match_wide_heading(self, filled: FilledCells) -> Reason | None:
        """Recognize 一 | 第一党支部 | 16人, and 第一党支部 | 书记 | 张三."""
        texts = [normalize_line(_beginning_of(cell)) for _column, cell in filled]
        for number, (column, cell) in enumerate(filled[:MAX_CELLS_BEFORE_HEADING]):
            if (
                cell.kind is Kind.TEXT
                and is_heading(_beginning_of(cell))
                and self._stands_apart(column, _beginning_of(cell))
                and all_go_with_heading(texts[:number] + texts[number + 1 :])
            ):
                return self._begin_group(cell.text)
        return None

    def _begin_group(self, text: str) -> Reason:
        """Open the headings of a line, unless it names nothing, such as 共16人."""
        self.in_notes = False
        for heading in read_headings(text, self.row_number):
            self.open_headings.open(heading)
        return Reason.GROUP

    def _open_side_heading(self, filled: FilledCells) -> None:
        """Open a heading that stands left of the table, mostly merged downwards."""
        for column, cell in filled:
            if column >= min(self.mapped) or column in self.header.paths:
                return
            if cell.kind is Kind.TEXT and is_heading(_beginning_of(cell)):
                self._begin_group(cell.text)

    def _spans(self, row: Row, column: int) -> bool:
        """Whether the cell is merged across more than one column of the table."""
        span = row.cover.get(column)
        return span is not None and span.last_column > span.first_column

    def _stands_apart(self, column: int, text: str) -> bool:
        """Whether the text is a heading in its column although nothing is merged.

        In the column of running numbers any text is a heading; in a column that is read
        only text worded like one, and never where such words are values.
        """
        if column not in self.mapped:
            return is_serial(self.header.paths.get(column, ("序号",))[-1]) or (
                is_heading(text)
            )
        above = "".join(self.header.paths[column])
        return is_heading(text) and PLACES.search(above) is None

    def _match_unfilled(self, filled: FilledCells) -> Reason | None:
        if any(column in self.mapped for column, _cell in filled):
            return None
        return Reason.UNFILLED


def _is_number(cell: Cell) -> bool:
    """Whether the cell begins with figures, as identity numbers and days do."""
    return cell.text[:4].isdigit()


def _is_blank(cell: Cell) -> bool:
    """Whether only dots or dashes were entered."""
    return cell.kind is Kind.TEXT and re.search(r"\w", cell.text) is None


def _beginning_of(cell: Cell) -> str:
    """Return the beginning of a cell, enough to classify its line."""
    return cell.text[:MAX_BEGINNING_LENGTH]


def _fold_texts(cells: Mapping[int, Cell]) -> dict[int, str]:
    return {c: unwrap_brackets(fold(_beginning_of(cell))) for c, cell in cells.items()}


def _fold_word(cell: Cell) -> str:
    return drop_brackets(fold(_beginning_of(cell))) if cell.kind is Kind.TEXT else ""
