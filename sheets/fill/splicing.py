"""Write cells into the markup of a sheet; every other byte stays as it is."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from sheets.fill.markup import CellMarkup, RowMarkup, SheetMarkup
from sheets.read.layout import column_letters

FilledValue = Decimal | int | str
"""A number, or a text."""
CellValues = Mapping[tuple[int, int], FilledValue]
"""Values by row (from 1) and column (from 0)."""
Patch = tuple[int, int, str]
"""What stands instead of the bytes from one position to another."""


def splice_cells(body: bytes, sheet: SheetMarkup, values: CellValues) -> bytes:
    """Return the markup with cells filled, and without saved results of formulas."""
    patches = sorted([*_drop_results(sheet), *_fill(body, sheet, values)])
    return apply_patches(body, patches)


def apply_patches(body: bytes, patches: list[Patch]) -> bytes:
    """Return the bytes with patches that do not overlap, in their order."""
    parts, last = list[bytes](), 0
    for start, end, text in patches:
        parts += [body[last:start], text.encode()]
        last = end
    return b"".join([*parts, body[last:]])


def _drop_results(sheet: SheetMarkup) -> Iterator[Patch]:
    for row in sheet.rows.values():
        for cell in row.cells.values():
            if cell.formula and cell.result:
                yield (*cell.result, "")


def _fill(body: bytes, sheet: SheetMarkup, values: CellValues) -> Iterator[Patch]:
    by_row: dict[int, dict[int, FilledValue]] = {}
    for (row, column), value in sorted(values.items()):
        by_row.setdefault(row, {})[column] = value
    if sheet.empty:
        rows = "".join(_new_row(sheet, number, by_row[number]) for number in by_row)
        tag = f"{sheet.prefix}sheetData"
        yield sheet.start, sheet.end, f"<{tag}>{rows}</{tag}>"
        return
    added: dict[int, str] = {}
    for number, cells in by_row.items():
        if number in sheet.rows:
            yield from _fill_row(body, sheet, sheet.rows[number], cells)
        else:
            at = _next_row(sheet, number)
            added[at] = added.get(at, "") + _new_row(sheet, number, cells)
    for at, text in added.items():
        yield at, at, text


def _next_row(sheet: SheetMarkup, number: int) -> int:
    place = bisect_right(sheet.numbers, number)
    later = sheet.numbers[place : place + 1]
    return sheet.rows[later[0]].start if later else sheet.inner_end


def _new_row(sheet: SheetMarkup, number: int, cells: Mapping[int, FilledValue]) -> str:
    tag = f"{sheet.prefix}row"
    texts = (
        write_cell(sheet.prefix, number, column, value, sheet.style_of_column(column))
        for column, value in cells.items()
    )
    return f'<{tag} r="{number}">{"".join(texts)}</{tag}>'


def _fill_row(
    body: bytes, sheet: SheetMarkup, row: RowMarkup, cells: Mapping[int, FilledValue]
) -> Iterator[Patch]:
    added: dict[int, str] = {}
    known = sorted(row.cells)
    for column, value in cells.items():
        old = row.cells.get(column)
        if old is not None and old.formula:
            continue
        style = _style(sheet, row, column, old)
        text = write_cell(sheet.prefix, row.number, column, value, style)
        if old is not None:
            yield old.start, old.end, text
        else:
            later = known[bisect_right(known, column) :][:1]
            at = row.cells[later[0]].start if later else row.inner_end
            added[at] = added.get(at, "") + text
    if row.empty and added:
        tag = body[row.start : row.end].decode().rstrip("/> \n\t\r")
        texts = "".join(added.values())
        yield row.start, row.end, f"{tag}>{texts}</{sheet.prefix}row>"
        return
    for at, text in added.items():
        yield at, at, text


def _style(
    sheet: SheetMarkup, row: RowMarkup, column: int, old: CellMarkup | None
) -> str:
    """Return the style of a cell: its own, else that of its row, else its column's."""
    if old is not None:
        return old.attributes.get("s", "")
    return row.attributes.get("s", "") or sheet.style_of_column(column)


def write_cell(
    prefix: str, row: int, column: int, value: FilledValue, style: str
) -> str:
    """Return the markup of one cell: numbers as numbers, texts as texts."""
    attributes = f' r="{column_letters(column)}{row}"'
    if style:
        attributes += f" s={quoteattr(style)}"
    if isinstance(value, str):
        inner = (
            f'<{prefix}is><{prefix}t xml:space="preserve">{escape(value)}'
            f"</{prefix}t></{prefix}is>"
        )
        return f'<{prefix}c{attributes} t="inlineStr">{inner}</{prefix}c>'
    number = f"{Decimal(value).normalize():f}"
    return f"<{prefix}c{attributes}><{prefix}v>{number}</{prefix}v></{prefix}c>"
