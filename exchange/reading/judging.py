"""Telling the rows of the table from everything else that stands in a sheet."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from exchange.reading.cells import Cell, Kind, Row
from exchange.reading.errors import SecondTable
from exchange.reading.folding import fold, with_brackets, without_brackets
from exchange.reading.header import Header, is_serial

Own = list[tuple[int, Cell]]


class Reason(TextChoices):
    """Why a row is no data."""

    BLANK = "blank", _("blank row")
    HEADER = "header", _("repeated header")
    TITLE = "title", _("repeated title")
    GROUP = "group", _("group heading")
    TOTAL = "total", _("total")
    NOTE = "note", _("note or signature")
    UNFILLED = "unfilled", _("numbered, but not filled in")


TOTAL = "(合计|小计|总计|共计|累计)"
TOTAL_LABEL = re.compile(rf".{{0,12}}{TOTAL}(\d*人?次?|人数|数)")
TOTAL_WORD = re.compile(rf"(本页|本表|全表)?{TOTAL}")
LABELS = (
    "填表人|填报人|制表人|制表|审核人|审核|审批人|复核人|经办人|报送人|负责人|联系人"
    "|单位负责人|主要负责人|党组织书记|联系电话|咨询电话|填表日期|填报日期|填报时间"
    "|制表日期|报送日期|报送时间|填报单位|填表单位|报送单位|制表单位|统计截止时间"
    "|签字|签名|盖章|公章"
)
SIGNATURE = re.compile(rf"({LABELS})(\([^()]*\))?:")
LONE_LABEL = re.compile(rf"({LABELS})(\([^()]*\))?")
NOTE = re.compile(
    r"(注|备注|附注|说明|填表说明|填报说明|填写说明|附)\d?[:、.]|注\d|※|\*"
)
NUMBERED = re.compile(r"\(?\d{1,2}[.、)]")
ONLY_DATE = re.compile(r"\d{4}年\d{1,2}月(\d{1,2}日)?")
LONGEST_HEADING = 40
HEADING = re.compile(
    r".*(支部|总支|党委|工委|党组|小组|社区|街道|委员会|单位|网格|片区)$"
)
COUNT = re.compile(r"[(（][^()（）]*\d+[^()（）]*[)）]\s*$|共\s*\d+\s*[人名]\s*$")
ORDINAL = re.compile(r"^\s*[(（]?[一二三四五六七八九十]+[)）、.．]\s*")
PLACES = re.compile("支部|社区|组织|单位|街道|党委|总支")


class Judge:
    """Looks at the rows below a header one after the other.

    It remembers under which group heading the rows stand, and whether notes have
    begun, because a note's second line looks like a heading.
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
        self.group = ""
        self.in_notes = False

    def reason(self, row: Row) -> Reason | None:
        """Return why the row is no data, or None if it is."""
        own = sorted(row.cells.items())
        if not own:
            return Reason.BLANK
        return (
            self._repeated(row, own)
            or self._total(own)
            or self._note(own)
            or self._heading(row, own)
            or self._unfilled(own)
        )

    def _repeated(self, row: Row, own: Own) -> Reason | None:
        """Recognize the header of the next page, and the title above it."""
        beginning = {with_brackets(_folded(cell.text)) for _column, cell in own[:2]}
        if len(own) == 1 and beginning & self.titles:
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
            return Reason.TOTAL
        return None

    def _note(self, own: Own) -> Reason | None:
        column, cell = own[0]
        text = _line(cell)
        if NOTE.match(text) or SIGNATURE.match(text) or self._is_tail(own, text):
            self.in_notes = True
            return Reason.NOTE
        if LONE_LABEL.fullmatch(text) and column not in self.mapped:
            return Reason.NOTE
        return None

    def _is_tail(self, own: Own, text: str) -> bool:
        """Whether a cell alone holds a sentence, a date or the next line of a note."""
        if len(own) > 1 or own[0][1].kind is not Kind.TEXT:
            return False
        if ONLY_DATE.fullmatch(text) or SIGNATURE.search(text):
            return True
        if text.startswith(("*", "※")):
            return True
        if len(text) > LONGEST_HEADING or text.endswith("。"):
            return True
        return self.in_notes and HEADING.match(_bare(text)) is None

    def _heading(self, row: Row, own: Own) -> Reason | None:
        column, cell = own[0]
        if cell.kind is not Kind.TEXT or len(own) > 2:
            return None
        filled = sum(place in self.mapped for place, _cell in own)
        if len(own) == 1 and (
            self._spans(row, column) or self._stands_apart(column, cell.text)
        ):
            return self._begin_group(cell.text)
        if len(own) == 2 and filled <= 1 and self._stands_apart(column, cell.text):
            return self._begin_group(cell.text) if _is_heading(cell.text) else None
        return None

    def _begin_group(self, text: str) -> Reason:
        self.group = _bare(text)
        self.in_notes = False
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
                _is_heading(text)
            )
        above = "".join(self.header.paths[column])
        return _is_heading(text) and PLACES.search(above) is None

    def _unfilled(self, own: Own) -> Reason | None:
        if any(column in self.mapped for column, _cell in own):
            return None
        return Reason.UNFILLED


_folded = lru_cache(maxsize=4096)(fold)


def _texts(cells: Mapping[int, Cell]) -> dict[int, str]:
    return {c: with_brackets(_folded(cell.text)) for c, cell in cells.items()}


def _word(cell: Cell) -> str:
    return without_brackets(_folded(cell.text)) if cell.kind is Kind.TEXT else ""


def _line(cell: Cell) -> str:
    """Return the text without blanks, with half-width punctuation."""
    wide = "：（）．＊，"
    return "".join(cell.text.split()).translate(str.maketrans(wide, ":().*,"))


def _bare(text: str) -> str:
    """Return a heading without its ordinal and without the count behind it."""
    return ORDINAL.sub("", COUNT.sub("", text.strip())).strip()


def _is_heading(text: str) -> bool:
    if len(text) > LONGEST_HEADING:
        return False
    bare = _bare(text)
    return bool(COUNT.search(text) or ORDINAL.match(text) or HEADING.match(bare))
