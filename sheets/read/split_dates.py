"""Dates whose year, month and day are in separate columns."""

from collections.abc import Mapping, Sequence

from sheets.read.cells import BLANK, Cell, Kind, Row
from sheets.read.folding import fold

PARTS = ("年", "月", "日")
DATE_PART_KINDS = (Kind.TEXT, Kind.NUMBER, Kind.BLANK)

Path = tuple[str, ...]


def merge_date_columns(
    paths: Mapping[int, Path],
) -> tuple[dict[int, Path], dict[int, tuple[int, ...]]]:
    """Merge the columns 年, 月 and 日 below one header, such as 入党时间.

    The second mapping gives the columns that each merged column consists of.
    """
    merged = dict(paths)
    split: dict[int, tuple[int, ...]] = {}
    for column, path in paths.items():
        *group, part = path
        columns = [column + part for part in range(len(PARTS))]
        parts = [_part(paths.get(other, ()), group) for other in columns]
        if not group or part != PARTS[0] or parts[1] != PARTS[1]:
            continue
        split[column] = tuple(columns if parts[2] == PARTS[2] else columns[:2])
        merged[column] = tuple(group)
        for other in split[column][1:]:
            del merged[other]
    return merged, split


def _part(path: Path, group: Sequence[str]) -> str:
    """Return a column's word below the group, or nothing if it is elsewhere."""
    return fold(path[-1]) if path and path[:-1] == tuple(group) else ""


def join_date_parts(row: Row, columns: Sequence[int]) -> Cell:
    """Return year, month and day as one text; return an unexpected cell unchanged."""
    cells = [row.cell(column) for column in columns]
    unexpected_cells = (cell for cell in cells if cell.kind not in DATE_PART_KINDS)
    if unexpected := next(unexpected_cells, None):
        return unexpected
    text = ".".join(cell.text.strip().rstrip("年月日号") for cell in cells).rstrip(".")
    if not text:
        return BLANK
    return cells[0]._replace(value=text, text=text, kind=Kind.TEXT)
