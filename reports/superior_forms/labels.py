"""The labels around a cell of a grid: those above it and those on its left."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sheets.fill import Grid, GridCell
from sheets.read import drop_brackets, fold

MAX_LENGTH = 40
"""What is longer is a sentence, not a label."""
MOST_LABELS = 30
"""So many labels of a row or a column are looked at, the nearest ones."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels above a cell, the nearest first, and those on its left."""

    above: Sequence[GridCell]
    left: Sequence[GridCell]


class LabelFinder:
    """Finds the labels around the cells of one grid."""

    def __init__(self, grid: Grid) -> None:
        self.at: dict[tuple[int, int], GridCell] = {
            (row, column): cell
            for line in grid.rows
            for cell in line.cells
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        }

        self.columns: dict[int, list[GridCell]] = {}
        self.rows: dict[int, list[GridCell]] = {}
        for line in grid.rows:
            for cell in line.cells:
                if is_label(cell):
                    self._note(cell)
        for found in self.rows.values():
            found.sort(key=_column_of)

    def _note(self, label: GridCell) -> None:
        """Note a label once in each row and column over which it stands."""
        for column in range(label.column, label.column + label.columns):
            self.columns.setdefault(column, []).append(label)
        for row in range(label.row, label.row + label.rows):
            self.rows.setdefault(row, []).append(label)

    def around(self, cell: GridCell) -> Labels:
        """Return the nearest labels around a cell; numbers and sentences are none."""
        above = _before(self.columns.get(cell.column, []), cell.row, _row_of)
        left = _before(self.rows.get(cell.row, []), cell.column, _column_of)
        return Labels(above, left)

    def next_to(self, cell: GridCell) -> GridCell | None:
        """Return the cell on the right of one."""
        return self.at.get((cell.row, cell.column + cell.columns))


def _before(
    labels: Sequence[GridCell], place: int, key: Callable[[GridCell], int]
) -> list[GridCell]:
    """Return the labels that begin before a place, the nearest first."""
    end = bisect_left(labels, place, key=key)
    return list(reversed(labels[max(end - MOST_LABELS, 0) : end]))


def _row_of(cell: GridCell) -> int:
    return cell.row


def _column_of(cell: GridCell) -> int:
    return cell.column


def touching(above: Sequence[GridCell]) -> list[GridCell]:
    """Return the nearest label above a cell, and the groups right over it.

    What stands over a gap belongs to another table.
    """
    found = list(above[:1])
    for one in above[1:]:
        if one.row + one.rows != found[-1].row:
            break
        found.append(one)
    return found


def is_label(cell: GridCell) -> bool:
    """Whether a cell says what stands beside or below it."""
    text = cell.text.strip()
    is_number = text.replace(".", "", 1).lstrip("-").isdecimal()
    return bool(text) and len(text) <= MAX_LENGTH and not is_number and not cell.formula


@lru_cache(maxsize=16_384)
def key_of(text: str) -> str:
    """Return a label as it is compared: folded, without brackets."""
    return drop_brackets(fold(text))
