"""Fill cells of a workbook that somebody else laid out, and change nothing else in it.

`open_blank` reads a workbook as grids of cells; `fill_cells` returns its bytes with
some cells filled. Only the markup of those cells is written anew: everything else is
copied byte for byte, so that fonts, merged cells, print areas, drawings and lists of
choices stay as they were. Formulas stay, too, and lose the results that were saved
with them: every program computes them anew when it opens the file.
"""

from sheets.fill.blank import Blank, open_blank
from sheets.fill.grid import Grid, GridCell, GridRow, name_cell
from sheets.fill.package import FilledCells, fill_cells

__all__ = [
    "Blank",
    "FilledCells",
    "Grid",
    "GridCell",
    "GridRow",
    "fill_cells",
    "name_cell",
    "open_blank",
]
