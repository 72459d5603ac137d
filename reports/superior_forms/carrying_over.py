"""Carry over to a changed form what belongs into cells of the former one."""

from collections.abc import Iterator

from reports.models import MappedCell, SuperiorForm
from reports.superior_forms.labels import LabelFinder, key_of
from sheets.fill import Blank, Grid, GridCell

Surroundings = tuple[str, str, tuple[str, ...], tuple[str, ...]]
NOWHERE: Surroundings = ("", "", (), ())


def carry_over(
    old: SuperiorForm, old_blank: Blank, new: SuperiorForm, new_blank: Blank
) -> list[MappedCell]:
    """Return the cells of the new form whose sheet and labels are as they were.

    A cell may have moved: what is around it says which one it is. Where that fits
    several cells, the one in the same place is meant.
    """
    known = _surroundings(old_blank)
    found: dict[Surroundings, list[tuple[int, int, int]]] = {}
    for place, around in _surroundings(new_blank).items():
        found.setdefault(around, []).append(place)
    copies = []
    for cell in old.cells.select_related("place"):
        around = known.get(cell.position, NOWHERE)
        position = _choose(cell.position, found.get(around, []))
        if position is not None:
            copies.append(_copy(cell, new, position))
    return copies


def _choose(
    old: tuple[int, int, int], candidates: list[tuple[int, int, int]]
) -> tuple[int, int, int] | None:
    if old in candidates:
        return old
    return candidates[0] if len(candidates) == 1 else None


def _copy(
    cell: MappedCell, form: SuperiorForm, position: tuple[int, int, int]
) -> MappedCell:
    sheet, row, column = position
    values = {name: getattr(cell, name) for name in MappedCell.said}
    return MappedCell(form=form, sheet=sheet, row=row, column=column, **values)


def _surroundings(blank: Blank) -> dict[tuple[int, int, int], Surroundings]:
    return {
        (grid.number, cell.row, cell.column): around
        for grid in blank.grids
        for cell, around in _surroundings_in(grid)
    }


def _surroundings_in(grid: Grid) -> Iterator[tuple[GridCell, Surroundings]]:
    finder = LabelFinder(grid)
    for row in grid.rows:
        for cell in row.cells:
            if cell.takes_value:
                labels = finder.around(cell)
                above = tuple(key_of(one.text) for one in labels.above)
                left = tuple(key_of(one.text) for one in labels.left)
                yield cell, (grid.name, cell.text.strip(), above, left)
