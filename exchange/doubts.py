"""What a sheet says that no rule understands, and that may contradict its rows.

Lists of words never end: a remark, a column of yes and no, a line between two rows or a
title may say in words that nobody foresaw that its people are not what the sheet is
read for. Each such text is shown once for the whole sheet, with the rows it is about,
and somebody who can read it says whether these rows are entered.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.crypto import blind_index
from core.text import StrOrPromise
from sheets.read import Color

DOUBTS = "doubts"  # the key of the answers
RowPosition = tuple[str, int]  # sheet and row
ENTER, LEAVE_OUT = "enter", "leave_out"  # an answer for all of them at once


class DoubtSource(TextChoices):
    """Where on a sheet a text stands, what is about most rows first."""

    TAB = "tab", _("sheet that may be of another time")
    TITLE = "title", _("title or name of the sheet")
    HEADINGS = "headings", _("columns of a sheet without a title")
    BELOW = "below", _("line below the table")
    GROUP = "group", _("heading of a group of rows")
    LINE = "line", _("line between the rows")
    HIDDEN = "hidden", _("hidden in the file")
    STRUCK = "struck", _("crossed out")
    COLOR = "color", _("marked by a colour")
    COMMENT = "comment", _("comment on a cell")
    PERSON = "person", _("may be the same person")
    MEMBER = "member", _("may be no Party member")
    DATE = "date", _("Party dates far from the usual")
    COLUMN = "column", _("column that is not read")
    REMARK = "remark", _("remark")
    NUMBER = "number", _("number that is far from the usual")


# What stands beside the words of a cell: its heading alone does not say where.
BESIDE = {DoubtSource.STRUCK, DoubtSource.COMMENT}


@dataclass(frozen=True, slots=True)
class Doubt:
    """A text that no rule understands: where it stands, its column, its words.

    Of a colour the heading is its name, and the words are those of its legend. Of a
    sheet as a whole the words give the evidence, and it is answered whatever that is.
    """

    source: DoubtSource
    sheet: str
    heading: str
    text: str

    @property
    def key(self) -> str:
        """A short digest by which it is answered; nobody can guess the text from it."""
        text = "" if self.source is DoubtSource.TAB else self.text
        body = f"{self.source.value}\0{self.sheet}\0{self.heading}\0{text}"
        return blind_index(body, purpose="import doubt")[:16]


class NotedDoubt(NamedTuple):
    """A doubt as the preview shows it: masked, with its rows and the answer so far."""

    key: str
    source: str
    sheet: str
    heading: str
    text: str
    rows: int
    examples: list[str]
    open: bool
    left_out: bool

    @property
    def where(self) -> StrOrPromise:
        """Where on the sheet it stands: the column by its heading, or the source."""
        source = DoubtSource(self.source)
        if source is DoubtSource.COLOR:
            return Color(self.heading).label
        if source in BESIDE and self.heading:
            return _("%(heading)s, %(source)s") % {
                "heading": self.heading,
                "source": source.label,
            }
        return self.heading or source.label

    @property
    def words(self) -> str:
        """Its words and where they stand, in one phrase."""
        return f"{self.where}：{self.text}" if self.text else str(self.where)


# Says of a doubt whether a rule of the kind understands its text.
Understands = Callable[[Doubt], bool]


@dataclass(frozen=True, slots=True)
class DoubtAnswers:
    """Which doubts a person has looked at, and of which the rows are left out."""

    seen: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()
    for_all: str = ""

    @classmethod
    def of(cls, answers: Mapping[str, Any]) -> Self:
        """Return those that an import stores; the command line answers all at once."""
        stored = answers.get(DOUBTS) or {}
        if isinstance(stored, str):
            return cls(for_all=stored)
        return cls(
            frozenset(stored.get("seen", ())), frozenset(stored.get("left_out", ()))
        )

    def is_open(self, key: str) -> bool:
        """Whether nobody has looked at it yet."""
        return not self.for_all and key not in self.seen

    def leaves_out(self, key: str) -> bool:
        """Whether its rows are left out."""
        return self.for_all == LEAVE_OUT or key in self.left_out
