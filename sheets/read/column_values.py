"""Choose between columns by their values where the headings leave it open."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from sheets.read.cell_text import drop_placeholder
from sheets.read.cells import Row
from sheets.read.header import Header
from sheets.read.vocabulary import ColumnSpec

ENOUGH = 0.5  # of the values that a column shows
EMPTY = 0.5  # a column without values may be meant, if no other one is


def choose_by_values(
    header: Header, rows: Sequence[Row], specs: Sequence[ColumnSpec]
) -> Header:
    """Return the header with each open field at the column whose values fit it.

    A field whose columns may all be meant remains undecided; one that no column fits
    remains without one.
    """
    fitting = [
        spec
        for spec in specs
        if spec.field in header.candidates and spec.field not in header.duplicates
    ]
    fields = {spec.field for spec in fitting}
    columns = {f: c for f, c in header.columns.items() if f not in fields}
    for spec in fitting:
        used = {*columns.values(), *chain.from_iterable(header.duplicates.values())}
        shares = {
            column: _measure_fit(spec, column, rows)
            for column in header.candidates[spec.field]
            if column not in used
        }
        best = max(shares, key=lambda column: shares[column], default=None)
        if best is not None and shares[best] >= ENOUGH:
            columns[spec.field] = best
    in_order = {s.field: columns[s.field] for s in specs if s.field in columns}
    return replace(header, columns=in_order)


def _measure_fit(spec: ColumnSpec, column: int, rows: Iterable[Row]) -> float:
    """Return the share of a column's values that fit."""
    texts = [drop_placeholder(row.cell(column).text) for row in rows]
    values = [text for text in texts if text]
    if not values or spec.fits is None:
        return EMPTY
    return sum(map(spec.fits, values)) / len(values)
