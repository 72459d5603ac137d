"""A sheet of a superior's form as its page shows it: each cell with its content."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from core.web.components import Link
from reports.models import MappedCell, SuperiorForm
from reports.superior_forms.describing import describe_cell
from sheets.fill import Blank, Grid, GridCell


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One cell: what stands in it, what belongs into it, and where that is said."""

    cell: GridCell
    content: str = ""
    proposal: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of a sheet."""

    number: int
    cells: Sequence[ShownCell]


def find_grid(blank: Blank, number: str) -> Grid:
    """Return the sheet that an address names, the first one if it names none."""
    grids = {str(grid.number): grid for grid in blank.grids}
    return grids.get(number, blank.grids[0])


def sheet_links(form: SuperiorForm, blank: Blank, shown: Grid) -> list[Link]:
    """Return the other sheets of a form, the shown one without an address."""
    if len(blank.grids) == 1:
        return []
    url = form.get_absolute_url()
    return [
        Link(grid.name, "" if grid is shown else f"{url}?sheet={grid.number}")
        for grid in blank.grids
    ]


def show_rows(
    form: SuperiorForm, grid: Grid, proposals: Iterable[MappedCell], *, may_map: bool
) -> list[ShownRow]:
    """Return the rows of a sheet; cells that take a value lead to their page."""
    here = form.cells.filter(sheet=grid.number).select_related("place")
    contents = {(one.row, one.column): describe_cell(one) for one in here}
    proposed = {
        (one.row, one.column): describe_cell(one)
        for one in proposals
        if one.sheet == grid.number
    }
    return [
        ShownRow(
            row.number,
            [
                ShownCell(
                    cell,
                    contents.get((cell.row, cell.column), ""),
                    proposed.get((cell.row, cell.column), ""),
                    cell_url(form, grid, cell) if may_map and cell.takes_value else "",
                )
                for cell in row.cells
            ],
        )
        for row in grid.rows
    ]


def cell_url(form: SuperiorForm, grid: Grid, cell: GridCell) -> str:
    """Return the page on which it is said what belongs into a cell."""
    position = [form.pk, grid.number, cell.row, cell.column]
    return reverse("reports:map_cell", args=position)
