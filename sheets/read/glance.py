"""Look at the beginning of a sheet: its titles, headings and first values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sheets.read.cell_text import drop_placeholder
from sheets.read.cells import Cell, Kind, Row
from sheets.read.folding import MAX_HEADER_LENGTH
from sheets.read.header import Header, build_paths, is_serial
from sheets.read.vocabulary import Path

TOP = 15  # rows in which a header of unknown words is looked for


@dataclass(frozen=True, slots=True)
class Glance:
    """The beginning of a sheet: lines above, headings, values by heading.

    `fields` are the wanted columns that it has, `is_complete` says whether all required
    ones are among them.
    """

    sheet: str
    titles: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fields: frozenset[str] = frozenset()
    is_complete: bool = False


def glance_at(sheet: str, rows: Sequence[Row], header: Header | None) -> Glance:
    """Return the beginning of a sheet, from its first rows with content.

    Without a header of wanted columns the row with the most short texts is taken.
    """
    if header is not None:
        numbers, paths = header.rows, header.paths
    else:
        numbers, paths = _guess_header(rows)
    if not numbers:
        return Glance(sheet, _texts_of(rows))
    common = set.intersection(*map(set, paths.values())) if len(paths) > 1 else set()
    below = [row for row in rows if row.number > numbers[-1]]
    values: dict[str, tuple[str, ...]] = {}
    for column, path in paths.items():
        texts = (drop_placeholder(row.cell(column).text.strip()) for row in below)
        if not is_serial(path[-1]):
            heading = "/".join(part for part in path if part not in common)
            values[heading] = (*values.get(heading, ()), *filter(None, texts))
    above = [row for row in rows if row.number < numbers[0]]
    titles = (*_texts_of(above), *sorted(common))
    glance = Glance(sheet, titles, tuple(values), values)
    if header is None:
        return glance
    fields = frozenset(header.columns)
    return replace(glance, fields=fields, is_complete=not header.missing)


def _guess_header(rows: Sequence[Row]) -> tuple[tuple[int, ...], dict[int, Path]]:
    """Return the row with the most short texts as a header, if it has two or more."""
    counts = {row.number: sum(map(_is_word, row.cells.values())) for row in rows[:TOP]}
    best = max(rows[:TOP], key=lambda row: counts[row.number], default=None)
    if best is None or counts[best.number] < 2:
        return (), {}
    return (best.number,), build_paths([best])


def _is_word(cell: Cell) -> bool:
    return cell.kind is Kind.TEXT and len(cell.text) <= MAX_HEADER_LENGTH


def _texts_of(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(
        cell.text
        for row in rows
        for cell in row.cells.values()
        if cell.kind is Kind.TEXT
    )
