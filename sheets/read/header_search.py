"""Search the rows of a sheet for the header of its table."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from sheets.read.cells import Kind, Row
from sheets.read.folding import MAX_HEADER_LENGTH, drop_brackets, fold
from sheets.read.header import Header, make_header
from sheets.read.vocabulary import ColumnSpec, Vocabulary

LAST_ROW = 1 << 20
DEEPEST = 4  # rows that a header may take; three are common


def find_header(rows: Sequence[Row], specs: Sequence[ColumnSpec]) -> Header | None:
    """Return the first header that has all required columns, else the first likely one.

    Of the rows that may belong to it those with the most expected columns win, among
    equals those with more header words, then fewer rows, then the earlier ones. A
    richer header further down is another one: rows of data lie between.
    """
    vocabulary = Vocabulary(specs)
    found = [
        _Candidate(score, header)
        for top in range(len(rows))
        for depth in range(1, DEEPEST + 1)
        if (header := _try_header(rows, top, depth, vocabulary)) is not None
        and _is_enough(header, specs)
        for score in [_rate(header, rows[top : top + depth], vocabulary)]
    ]
    complete = [one for one in found if not one.header.missing]
    best = _pick_first(complete or found, rows, vocabulary)
    if best is None:
        return None
    earlier = _pick_first(
        [one for one in found if one.header.rows[-1] < best.rows[0]], rows, vocabulary
    )
    between = earlier.rows[0] if earlier else best.rows[0]
    return replace(
        best,
        passed_over=tuple(
            row.number for row in rows if between <= row.number < best.rows[0]
        ),
    )


class _Candidate(NamedTuple):
    """Rows that may be the header, and how well they do."""

    score: tuple[int, ...]
    header: Header


def _try_header(
    rows: Sequence[Row], top: int, depth: int, vocabulary: Vocabulary
) -> Header | None:
    """Return what these rows are as a header, or None if they cannot be one."""
    group = rows[top : top + depth]
    rows_below = rows[top + depth :]
    until = rows_below[0].number if rows_below else LAST_ROW
    if len(group) < depth or not _may_be_header(group, until):
        return None
    return make_header(group, vocabulary)


def _rate(
    header: Header, group: Sequence[Row], vocabulary: Vocabulary
) -> tuple[int, ...]:
    match_count = len(header.columns) + len(header.duplicates) + len(header.split)
    words = _count_words(group, vocabulary)
    return -len(header.missing), match_count, words, -len(group)


def _pick_first(
    candidates: Sequence[_Candidate], rows: Sequence[Row], vocabulary: Vocabulary
) -> Header | None:
    """Return the best of the candidates that share rows with the one that ends first.

    Those that reach over a row of data into a header below are none.
    """
    if not candidates:
        return None
    first = min(candidates, key=lambda one: one.header.rows[-1]).header
    by_number = {row.number: row for row in rows}
    joined = [
        one
        for one in candidates
        if one.header.rows[0] <= first.rows[-1] + 1
        and not any(
            _fills(by_number[number], first, vocabulary)
            for number in range(first.rows[-1] + 1, one.header.rows[-1])
            if number in by_number
        )
    ]
    return max(joined, key=lambda one: one.score).header


def _fills(row: Row, header: Header, vocabulary: Vocabulary) -> bool:
    """Whether the row has values, not words of a header, below a header's columns."""
    values = [
        column
        for column in header.columns.values()
        if (text := row.cell(column).text.strip())
        and drop_brackets(fold(text)) not in vocabulary.plain
    ]
    return len(values) >= 2


def repeats_header(row: Row, header: Header, vocabulary: Vocabulary) -> bool | None:
    """Whether a row below is a header with the same columns; None if it is none."""
    if _count_words([row], vocabulary) < 2:
        return None
    other = make_header([row], vocabulary)
    if not _is_enough(other, vocabulary.specs):
        return None
    by_values = header.candidates.keys()
    return other.candidates == header.candidates and (
        {f: c for f, c in other.columns.items() if f not in by_values}
        == {f: c for f, c in header.columns.items() if f not in by_values}
    )


def _is_enough(header: Header, specs: Sequence[ColumnSpec]) -> bool:
    """Whether enough columns match for the rows to be a header."""
    required = sum(spec.required for spec in specs)
    match_count = len(header.columns) + len(header.duplicates)
    if not header.missing:
        return match_count + header.turned_down >= min(2, len(specs))
    return match_count >= 2 and 2 * (required - len(header.missing)) >= required


def _may_be_header(group: Sequence[Row], until: int) -> bool:
    """Whether the rows follow one another and no merged range sticks out of them.

    Empty rows count as part of the rows that are merged down over them; `until` is the
    next row with content.
    """
    spans = {span for row in group for span in row.cover.values()}
    first, end = group[0].number, group[0].number
    for row in group:
        if row.number > end + 1:
            return False
        last_rows = [s.last_row for s in spans if s.first_row <= row.number]
        end = max(row.number, *last_rows, end)
    return all(first <= span.first_row and span.last_row < until for span in spans)


def _count_words(group: Iterable[Row], vocabulary: Vocabulary) -> int:
    """Count the different words of the vocabulary in the rows."""
    texts = {
        drop_brackets(fold(cell.text))
        for row in group
        for cell in row.cells.values()
        if cell.kind is Kind.TEXT and len(cell.text) <= MAX_HEADER_LENGTH
    }
    return sum(map(vocabulary.is_word, texts))
