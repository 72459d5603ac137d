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
from members.mobile.wording import direction_of_heading, find_direction, find_flow
from sheets.read import BLANK, TableRow, drop_placeholder

if TYPE_CHECKING:
    from members.mobile.reading import RegisterRow

DIRECTION = "direction"
TITLE = re.compile("党员")
COME, LEFT = re.compile("流入"), re.compile("流出|[/（(]出")
STATE = re.compile("流动|流入|流出|外出|状态|方向")
SHORT_BRANCH = re.compile("支部|党小组")


class Directions:
    """Reads the direction of rows: by cell, places, heading, title or answer."""

    def __init__(self, context: SheetContext, places: Places) -> None:
        self.places = places
        self.answers, self.headers = context.answers, context.headers
        self.titles = context.titles

    def read(self, entry: "RegisterRow", row: TableRow) -> Direction | None:
        """Return the direction of a row, and flag who says it; None: it is asked."""
        if said := self._find_stated(row):
            return said
        placed, titled = self._find_placed(row), self._find_titled(row)
        headed = self._find_headed(row)
        if self._is_doubtful(row, placed, titled, headed):
            return self._use_answer(entry, row)
        if placed is not None and titled in {None, placed}:
            entry.flag("direction_from_places")
            return placed
        named = titled or headed
        if placed is None and named is not None:
            entry.flag("direction_from_heading")
            return named
        return self._use_answer(entry, row)

    def names_both_places(self, row: TableRow) -> bool:
        """Whether one column has the place, whichever way somebody went."""
        heading = self.headers.get(row.sheet, {}).get("destination", "")
        return LEFT.search(heading) is not None and COME.search(heading) is not None

    def has_destination(self, row: TableRow) -> bool:
        """Whether a column of the sheet says where people have gone."""
        return bool({"destination", "branch_in"} & {*self.headers.get(row.sheet, {})})

    def _find_stated(self, row: TableRow) -> Direction | None:
        """Return the direction that the row's own words say, in whatever column."""
        if said := find_direction(_text(row, DIRECTION)):
            return said
        words = (
            cell.text for heading, cell in row.others.items() if STATE.search(heading)
        )
        found = {*filter(None, map(find_flow, words))}
        return found.pop() if len(found) == 1 else None

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
        if not places and self.names_both_places(row):
            places = [_text(row, "destination")]
        words = filter(None, dict.fromkeys((_text(row, DIRECTION), *places)))
        return " → ".join(words) or row.subgroup or row.group or row.sheet

    def _find_placed(self, row: TableRow) -> Direction | None:
        """Return which way the row's two places mean, if one of them is one's own."""
        left = self._drop_branch_of(row, "place_out", "branch_out", self._left(row))
        come = self._drop_branch_of(row, "destination", "branch_in", self._come(row))
        for is_own in (self.places.is_own, self.places.is_above):
            gone, here = any(map(is_own, left)), any(map(is_own, come))
            if gone != here:
                return Direction.OUT if gone else Direction.IN
            if gone:
                return None
        return None

    def _drop_branch_of(
        self, row: TableRow, place: str, branch: str, texts: list[str]
    ) -> list[str]:
        """Return the texts without a branch that lies at a place elsewhere.

        第一党支部 is one's own only where the place beside it does not say otherwise.
        """
        if not self.places.is_far(_text(row, place)):
            return texts
        return [text for text in texts if text != _text(row, branch)]

    def _is_doubtful(
        self,
        row: TableRow,
        placed: Direction | None,
        titled: Direction | None,
        headed: Direction | None,
    ) -> bool:
        """Whether the row's places make it unsure, whatever a heading says.

        A community of one's own name in another city is never taken for one's own.
        """
        if self._is_contradictory(row):
            return True
        if placed is not None:
            is_weak = self._is_weak(row)
            return is_weak and titled is None and headed not in {None, placed}
        left = _text(row, "place_out")
        is_far = self.places.is_far(left)
        return is_far and (titled is None or self.places.names_inside(left))

    def _is_contradictory(self, row: TableRow) -> bool:
        """Whether the row names a branch of one's own at a place that is elsewhere."""
        return any(
            self.places.names_inside(_text(row, branch))
            and self.places.is_own(_text(row, branch))
            and self.places.is_far(_text(row, place))
            for place, branch in (
                ("place_out", "branch_out"),
                ("destination", "branch_in"),
            )
        )

    def _is_weak(self, row: TableRow) -> bool:
        """Whether the only place of one's own is a branch that any community has."""
        texts = [*self._left(row), *self._come(row)]
        own = [text for text in texts if self.places.is_own(text)]
        above = any(map(self.places.is_above, texts))
        return bool(own) and not above and not any(map(self._says_where, own))

    def _says_where(self, text: str) -> bool:
        return self.places.names_inside(text) or not SHORT_BRANCH.search(text)

    def _left(self, row: TableRow) -> list[str]:
        """Return the places that the row says were left."""
        return [*filter(None, (_text(row, n) for n in ("place_out", "branch_out")))]

    def _come(self, row: TableRow) -> list[str]:
        """Return the places to which the row says somebody has come."""
        headings = self.headers.get(row.sheet, {})
        names = ["branch_in"]
        is_come = COME.search(headings.get("destination", ""))
        if is_come and not self.names_both_places(row):
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
