"""Say of each row whether the person has gone or has come, or ask.

The row's own word comes first, then its places: whoever went from 东社区 to 深圳市 has
gone, whoever came from 周口市 to 东社区 has come. Headings and titles hold for rows
that say nothing themselves; where a title contradicts a row's places, somebody is
asked.
"""

import re
from typing import TYPE_CHECKING

from exchange.import_kinds import AskedGroup
from exchange.sheet_context import SheetContext
from members.enums import Direction
from members.mobile.places import Places
from members.mobile.wording import direction_of_heading, find_direction
from sheets.read import BLANK, TableRow, drop_placeholder

if TYPE_CHECKING:
    from members.mobile.reading import RegisterRow

DIRECTION = "direction"
TITLE = re.compile("党员")
COME = re.compile("流入")
OWN = re.compile(
    "(我|本)(地|市|省|县|区|辖区|社区|村|街道|镇|乡|支部|党支部)|当地|辖区内?"
)


class Directions:
    """Reads the direction of rows: by cell, places, heading, title or answer."""

    def __init__(self, context: SheetContext, places: Places) -> None:
        self.places = places
        self.answers, self.headers = context.answers, context.headers
        self.titles = context.titles

    def read(self, entry: "RegisterRow", row: TableRow) -> Direction | None:
        """Return the direction of a row, and flag who says it; None: it is asked."""
        if said := find_direction(_text(row, DIRECTION)):
            return said
        placed, titled = self._find_placed(row), self._find_titled(row)
        if placed is not None and titled in {None, placed}:
            entry.flag("direction_from_places")
            return placed
        named = titled or self._find_headed(row)
        if placed is None and named is not None:
            entry.flag("direction_from_heading")
            return named
        return self._use_answer(entry, row)

    def _use_answer(self, entry: "RegisterRow", row: TableRow) -> Direction | None:
        """Return the answer for rows like this one, or ask for it."""
        asked = AskedGroup(DIRECTION, self._name_group(row))
        entry.parsed.asked.append(asked)
        answer = self.answers.get_for_group(DIRECTION, asked.key)
        if answer in Direction.values:
            entry.flag("direction_answered")
            return Direction(answer)
        entry.ask(DIRECTION)
        return None

    def _name_group(self, row: TableRow) -> str:
        """Return what a row has in common with others of the same direction."""
        places = [*self._left(row), *self._come(row)]
        own = _text(row, DIRECTION) or " → ".join(dict.fromkeys(places))
        return own or row.subgroup or row.group or row.sheet

    def _find_placed(self, row: TableRow) -> Direction | None:
        """Return which way the row's two places mean, if one of them is one's own."""
        for is_own in (self.places.is_own, self.places.is_above):
            gone = any(map(is_own, self._left(row)))
            come = any(map(is_own, self._come(row)))
            if gone != come:
                return Direction.OUT if gone else Direction.IN
            if gone:
                return None
        return None

    def _left(self, row: TableRow) -> list[str]:
        """Return the places that the row says were left."""
        return [*filter(None, (_text(row, n) for n in ("place_out", "branch_out")))]

    def _come(self, row: TableRow) -> list[str]:
        """Return the places to which the row says somebody has come."""
        headings = self.headers.get(row.sheet, {})
        names = ["branch_in"]
        if COME.search(headings.get("destination", "")):
            names.append("destination")
        return [*filter(None, (_text(row, name) for name in names))]

    def _find_titled(self, row: TableRow) -> Direction | None:
        """Return the direction that the group or the title says."""
        titles = [*self.titles.get(row.sheet, ()), row.sheet]
        lines = (line for line in titles if TITLE.search(line))
        texts = (row.subgroup, row.group, *lines)
        return next(filter(None, map(direction_of_heading, texts)), None)

    def _find_headed(self, row: TableRow) -> Direction | None:
        """Return the direction that the heading of the day says: 流入时间."""
        heading = self.headers.get(row.sheet, {}).get("starts_on", "")
        return direction_of_heading(heading)


def _text(row: TableRow, name: str) -> str:
    return drop_placeholder(row.cells.get(name, BLANK).text.strip())
