"""The labels around a cell of a grid: those above it and those on its left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sheets.fill import Grid, GridCell
from sheets.read import drop_brackets, fold

MAX_LENGTH = 40
"""What is longer is a sentence, not a label."""


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

    def around(self, cell: GridCell) -> Labels:
        """Return the labels around a cell; numbers and sentences are none."""
        above = (self.at.get((row, cell.column)) for row in range(cell.row - 1, 0, -1))
        left = (
            self.at.get((cell.row, column)) for column in range(cell.column - 1, -1, -1)
        )
        return Labels(_labels(above), _labels(left))

    def next_to(self, cell: GridCell) -> GridCell | None:
        """Return the cell on the right of one."""
        return self.at.get((cell.row, cell.column + cell.columns))


def _labels(cells: Iterable[GridCell | None]) -> list[GridCell]:
    found: list[GridCell] = []
    for cell in cells:
        if cell is not None and is_label(cell) and cell not in found:
            found.append(cell)
    return found


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


def key_of(text: str) -> str:
    """Return a label as it is compared: folded, without brackets."""
    return drop_brackets(fold(text))
