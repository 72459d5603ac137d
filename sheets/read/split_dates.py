"""Dates of which year, month and day stand in columns of their own."""

from collections.abc import Mapping, Sequence

from sheets.read.cells import BLANK, Cell, Kind, Row
from sheets.read.folding import fold

PARTS = ("年", "月", "日")
DATE_PART_KINDS = (Kind.TEXT, Kind.NUMBER, Kind.BLANK)

Path = tuple[str, ...]


def merge_date_columns(
    paths: Mapping[int, Path],
) -> tuple[dict[int, Path], dict[int, tuple[int, ...]]]:
    """Make one column of those headed 年, 月 and 日 below one word: 入党时间.

    The second mapping tells of such a column which ones it was made of.
    """
    merged = dict(paths)
    split: dict[int, tuple[int, ...]] = {}
    for column, path in paths.items():
        *group, part = path
        columns = [column + place for place in range(len(PARTS))]
        parts = [_part(paths.get(other, ()), group) for other in columns]
        if not group or part != PARTS[0] or parts[1] != PARTS[1]:
            continue
        split[column] = tuple(columns if parts[2] == PARTS[2] else columns[:2])
        merged[column] = tuple(group)
        for other in split[column][1:]:
            del merged[other]
    return merged, split


def _part(path: Path, group: Sequence[str]) -> str:
    """Return the word that a column has below the group, if it stands there."""
    return fold(path[-1]) if path and path[:-1] == tuple(group) else ""


def join_date_parts(row: Row, columns: Sequence[int]) -> Cell:
    """Return year, month and day as one text; what is no part of a date as it is."""
    cells = [row.cell(column) for column in columns]
    unexpected_cells = (cell for cell in cells if cell.kind not in DATE_PART_KINDS)
    if unexpected := next(unexpected_cells, None):
        return unexpected
    text = ".".join(cell.text.strip().rstrip("年月日号") for cell in cells).rstrip(".")
    if not text:
        return BLANK
    return cells[0]._replace(value=text, text=text, kind=Kind.TEXT)
