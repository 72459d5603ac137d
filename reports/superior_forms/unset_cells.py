"""The blank cells of a form's tables for which nothing is set."""

from collections.abc import Collection

from reports.superior_forms.labels import LabelFinder
from reports.superior_forms.vocabulary import content_of
from sheets.fill import Blank, Grid, GridCell


def count_unset(blank: Blank, mapped: Collection[tuple[int, int, int]]) -> int:
    """Return how many blank cells between labels stay blank: nobody said a thing."""
    return sum(
        (grid.number, cell.row, cell.column) not in mapped
        for grid in blank.grids
        if not grid.hidden
        for cell in _blank_cells(grid)
    )


def _blank_cells(grid: Grid) -> list[GridCell]:
    """Return blank cells with a label of their row and one of their column."""
    finder = LabelFinder(grid)
    return [
        cell
        for row in grid.rows
        for cell in row.cells
        if cell.takes_value and not cell.text.strip() and _is_inside(finder, cell, grid)
    ]


def _is_inside(finder: LabelFinder, cell: GridCell, grid: Grid) -> bool:
    """Whether a cell belongs to a table; lines of signatures and titles head none."""
    labels = finder.around(cell)
    if not labels.left or not labels.above or content_of(labels.left[0].text):
        return False
    return labels.above[0].columns < grid.columns
