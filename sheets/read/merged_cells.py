"""Merged cells: assign rows the merged ranges over them and their values."""

from collections.abc import Iterable, Iterator, Mapping

from sheets.read.cells import NO_SPANS, Cell, Row, Span
from sheets.read.errors import DamagedFile


def apply_merges(rows: Iterable[Row], spans: Iterable[Span]) -> Iterator[Row]:
    """Yield the rows in order, each with the merged ranges over it.

    Values that a file stores underneath a merged cell are invisible to the office and
    dropped. A range costs time only where it begins and ends, not in between.
    """
    waiting = sorted(spans, reverse=True)
    if not waiting:
        yield from rows
        return
    active: list[Span] = []
    cover: Mapping[int, Span] = NO_SPANS
    anchors: dict[Span, Cell] = {}
    next_change = 0
    for row in rows:
        if row.number >= next_change:
            active = _update_active(row.number, active, waiting)
            cover = _build_cover(active)
            anchors = {s: anchors[s] for s in active if s in anchors}
            next_change = _next_change(active, waiting)
        if cover:
            _cover_row(row, cover, anchors)
        yield row


def _update_active(number: int, active: list[Span], waiting: list[Span]) -> list[Span]:
    while waiting and waiting[-1].first_row <= number:
        active.append(waiting.pop())
    return [span for span in active if span.last_row >= number]


def _build_cover(active: list[Span]) -> Mapping[int, Span]:
    cover: dict[int, Span] = {}
    for span in active:
        columns = range(span.first_column, span.last_column + 1)
        if not cover.keys().isdisjoint(columns):
            raise DamagedFile  # no office program lets merged ranges overlap
        cover.update(dict.fromkeys(columns, span))
    return cover


def _next_change(active: list[Span], waiting: list[Span]) -> int:
    changes = [span.last_row + 1 for span in active]
    changes += [waiting[-1].first_row] if waiting else []
    return min(changes, default=1 << 62)


def _cover_row(row: Row, cover: Mapping[int, Span], anchors: dict[Span, Cell]) -> None:
    for column in [column for column in row.cells if column in cover]:
        span = cover[column]
        if (span.first_row, span.first_column) != (row.number, column):
            del row.cells[column]
            continue
        anchored = row.cells[column]._replace(anchor=span[:2])
        row.cells[column] = anchors[span] = anchored
    row.cover = cover
    row.anchors = anchors
