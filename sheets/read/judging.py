"""Telling the rows of the table from everything else that stands in a sheet."""

import re
from collections.abc import Mapping, Sequence

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from sheets.read.cells import Cell, Kind, Row
from sheets.read.errors import SecondTable
from sheets.read.folding import fold, with_brackets, without_brackets
from sheets.read.header import Header, is_serial
from sheets.read.wording import (
    EXAMPLES,
    LABEL,
    LABEL_INSIDE,
    NOTE,
    TOTAL,
    TOTAL_LABEL,
    TOTAL_WORD,
    all_go_with_heading,
    bare_heading,
    branch_of_label,
    is_caption,
    is_heading,
    is_lone_note,
    is_note,
    line,
    names_branch,
    names_kind,
    names_place,
)

Own = list[tuple[int, Cell]]


class Reason(TextChoices):
    """Why a row is no data."""

    BLANK = "blank", _("blank row")
    HEADER = "header", _("header row")
    TITLE = "title", _("repeated title")
    GROUP = "group", _("group heading")
    TOTAL = "total", _("total")
    NOTE = "note", _("note or signature")
    EXAMPLE = "example", _("example")
    UNFILLED = "unfilled", _("numbered, but not filled in")


LONGEST_LOOKED_AT = 120
MOST_BEFORE_HEADING = 2  # cells: a numeral, a label
PLACES = re.compile("支部|社区|组织|单位|街道|党委|总支")


class Judge:
    """Looks at the rows below a header one after the other.

    It remembers under which group heading the rows stand (and under which heading
    below it that only sorts them: 预备党员), and whether notes have begun, because a
    note's second line looks like a heading.
    """

    def __init__(
        self, sheet: str, header: Header, header_rows: Sequence[Row], titles: set[str]
    ) -> None:
        self.sheet = sheet
        self.header = header
        self.mapped = set(header.columns.values())
        self.titles = titles
        self.header_texts = [_texts(row.cells) for row in header_rows]
        self.leaves = {
            without_brackets(fold(header.paths[column][-1])): column
            for column in self.mapped
        }
        self.header_words = set(self.leaves).union(
            *(texts.values() for texts in self.header_texts)
        )
        self.group = self.subgroup = ""
        self.in_notes = False
        self.at_top = True

    def reason(self, row: Row) -> Reason | None:
        """Return why the row is no data, or None if it is."""
        own = sorted(row.cells.items())
        if all(_says_nothing(cell) for _column, cell in own):
            return Reason.BLANK
        reason = (
            self._repeated(row, own)
            or self._caption(own)
            or self._total(own)
            or self._note(own)
            or self._heading(row, own)
            or self._unfilled(own)
        )
        self.at_top = reason is Reason.HEADER or (self.at_top and reason is not None)
        return reason

    def _repeated(self, row: Row, own: Own) -> Reason | None:
        """Recognize the header of the next page, and the title above it."""
        beginning = {with_brackets(fold(_head(cell))) for _column, cell in own[:2]}
        if len(own) == 1 and beginning & self.titles:
            if names_branch(_head(own[0][1])):
                self._begin_group(own[0][1].text)
            return Reason.TITLE
        if not beginning & self.header_words:
            return None
        texts = _texts(row.cells)
        if any(texts.items() <= known.items() for known in self.header_texts):
            self.in_notes = False
            return Reason.HEADER
        moved = sum(without_brackets(text) in self.leaves for text in texts.values())
        if moved >= 2 and 2 * moved > len(self.mapped):
            raise SecondTable(sheet=self.sheet, row=row.number)
        return None

    def _total(self, own: Own) -> Reason | None:
        first, *others = [_word(cell) for _column, cell in own[:2]]
        if TOTAL_LABEL.fullmatch(first) or any(map(TOTAL_WORD.fullmatch, others)):
            self._end_other_group(re.split(TOTAL, first)[0])
            return Reason.TOTAL
        return None

    def _end_other_group(self, named: str) -> None:
        """Know no longer whose the rows are, if the total is that of another branch."""
        if names_place(named) and bare_heading(named) != self.group:
            self.group = self.subgroup = ""

    def _caption(self, own: Own) -> Reason | None:
        """Recognize what still belongs to the header: units, numbers of columns."""
        texts = [line(_head(cell)) for _column, cell in own]
        if texts[0].strip("():.") in EXAMPLES:
            return Reason.EXAMPLE
        return Reason.HEADER if self.at_top and is_caption(texts) else None

    def _note(self, own: Own) -> Reason | None:
        column, cell = own[0]
        text = line(_head(cell))
        labelled = LABEL_INSIDE.match(text)
        if labelled and (branch := branch_of_label(_head(cell))):
            self._begin_group(branch)
        elif not labelled and names_place(_head(cell)) and not NOTE.match(text):
            return None
        if is_note(text) or self._is_tail(own, text):
            self.in_notes = True
            return Reason.NOTE
        if LABEL.fullmatch(text) and column not in self.mapped:
            return Reason.NOTE
        return None

    def _is_tail(self, own: Own, text: str) -> bool:
        """Whether a cell that stands alone is a note, or the next line of one."""
        if len(own) > 1 or own[0][1].kind is not Kind.TEXT:
            return False
        return is_lone_note(text) or (self.in_notes and not names_place(text))

    def _heading(self, row: Row, own: Own) -> Reason | None:
        if len(own) == 1:
            column, cell = own[0]
            if cell.kind is Kind.TEXT and (
                self._spans(row, column) or self._stands_apart(column, cell.text)
            ):
                return self._begin_group(cell.text)
            return None
        return self._heading_of_many(own)

    def _heading_of_many(self, own: Own) -> Reason | None:
        """Recognize 一 | 第一党支部 | 16人, and 第一党支部 | 书记 | 张三."""
        texts = [line(_head(cell)) for _column, cell in own]
        for place, (column, cell) in enumerate(own[:MOST_BEFORE_HEADING]):
            if (
                cell.kind is Kind.TEXT
                and is_heading(_head(cell))
                and self._stands_apart(column, _head(cell))
                and all_go_with_heading(texts[:place] + texts[place + 1 :])
            ):
                return self._begin_group(cell.text)
        return None

    def _begin_group(self, text: str) -> Reason:
        """Open a group; a heading without a name, such as 共16人, opens none."""
        bare = bare_heading(text)
        self.in_notes = False
        if names_kind(text):
            self.subgroup = bare
        elif bare:
            self.group, self.subgroup = bare, ""
        return Reason.GROUP

    def _spans(self, row: Row, column: int) -> bool:
        """Whether the cell is merged across more than one column of the table."""
        span = row.cover.get(column)
        return span is not None and span.last_column > span.first_column

    def _stands_apart(self, column: int, text: str) -> bool:
        """Whether the text is no value of its column, though nothing is merged.

        In the column of running numbers any text is a heading. In a column that is
        read, only what is worded like one, and never where such words are values.
        """
        if column not in self.mapped:
            return is_serial(self.header.paths.get(column, ("序号",))[-1]) or (
                is_heading(text)
            )
        above = "".join(self.header.paths[column])
        return is_heading(text) and PLACES.search(above) is None

    def _unfilled(self, own: Own) -> Reason | None:
        if any(column in self.mapped for column, _cell in own):
            return None
        return Reason.UNFILLED


def _says_nothing(cell: Cell) -> bool:
    """Whether only dots or dashes were entered."""
    return cell.kind is Kind.TEXT and re.search(r"\w", cell.text) is None


def _head(cell: Cell) -> str:
    """Return as much of a cell as it takes to know what kind of line it begins."""
    return cell.text[:LONGEST_LOOKED_AT]


def _texts(cells: Mapping[int, Cell]) -> dict[int, str]:
    return {c: with_brackets(fold(_head(cell))) for c, cell in cells.items()}


def _word(cell: Cell) -> str:
    return without_brackets(fold(_head(cell))) if cell.kind is Kind.TEXT else ""
