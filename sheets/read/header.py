"""The header of a table: its rows, and the field of each column."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from operator import eq
from typing import NamedTuple

from sheets.read.cells import Cell, Row
from sheets.read.folding import (
    GROUP_OF_OTHERS,
    MAX_HEADER_LENGTH,
    drop_brackets,
    fold,
)
from sheets.read.split_dates import join_date_parts, merge_date_columns
from sheets.read.vocabulary import (
    LIKE_A_WORD,
    ColumnSpec,
    Match,
    Path,
    Vocabulary,
)

REASON_HEADING = "未采纳原因"
"""The heading of our own column, which is passed over when such a sheet comes back."""
SERIAL_WORDS = {"序号", "编号", "序", "号", "no", "行号", "顺序号"}


@dataclass(frozen=True, slots=True)
class Header:
    """A recognized header; required columns may be missing."""

    rows: tuple[int, ...]
    paths: dict[int, Path]
    columns: dict[str, int]
    duplicates: dict[str, tuple[int, ...]]
    missing: tuple[str, ...]
    width: int
    split: dict[int, tuple[int, ...]]  # dates in columns of their parts
    candidates: dict[str, tuple[int, ...]]  # columns to choose from by their values
    firm: dict[str, tuple[int, ...]]  # those read even where no value fits
    passed_over: tuple[int, ...] = ()  # rows below an earlier header that lacks columns
    rivals: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    turned_down: int = 0  # columns of a known name that mean another thing

    @property
    def unknown(self) -> tuple[str, ...]:
        """The headers of columns that were not asked for, except serial numbers."""
        return self.list_unread(set())

    def list_unread(self, used: Set[int]) -> tuple[str, ...]:
        """Return the headers of columns that are not read, nor `used` by any row."""
        known = {*self.columns.values(), *used}
        return tuple(
            "/".join(path)
            for column, path in sorted(self.paths.items())
            if column not in known and not is_serial(path[-1])
        )

    def cell(self, row: Row, field: str) -> Cell:
        """Return a row's cell for a field."""
        column = self.columns[field]
        if column in self.split:
            return join_date_parts(row, self.split[column])
        return row.cell(column)

    def full_heading(self, field: str) -> str:
        """Return a field's header as written, with its groups first."""
        return "/".join(self.paths[self.columns[field]])


def is_serial(text: str) -> bool:
    """Whether the header names a column of running numbers."""
    return drop_brackets(fold(text)) in SERIAL_WORDS


def make_header(group: Sequence[Row], vocabulary: Vocabulary) -> Header:
    """Return what the rows are as a header."""
    paths, split = merge_date_columns(build_paths(group))
    undivided = _find_undivided(group, paths, vocabulary)
    over_all = set.intersection(*map(set, paths.values())) if paths else set()
    found = [
        match
        for column, path in paths.items()
        if not GROUP_OF_OTHERS.search(
            "".join(p for p in path[:-1] if p not in over_all)
        )
        for match in vocabulary.matches(column, path)
    ]
    matches = [
        match
        for match in found
        if vocabulary.specs[match.spec].is_meant(match.column, paths)
        and not (match.column in undivided and vocabulary.specs[match.spec].itself)
    ]
    columns, duplicates = _assign_columns(matches, vocabulary.specs)
    return Header(
        rows=tuple(row.number for row in group),
        paths=paths,
        columns={
            s.field: columns[s.field] for s in vocabulary.specs if s.field in columns
        },
        duplicates=duplicates,
        missing=tuple(
            spec.field
            for spec in vocabulary.specs
            if spec.required and spec.field not in columns | duplicates
        ),
        width=max(_measure_width(row) for row in group),
        split=split,
        candidates=_list_candidates(matches, vocabulary.specs),
        firm=_list_candidates(
            [match for match in matches if not _is_loose(match, vocabulary.specs)],
            vocabulary.specs,
        ),
        rivals=_list_rivals(matches, vocabulary.specs, columns),
        turned_down=len({m.column for m in found} - {m.column for m in matches}),
    )


def _find_undivided(
    group: Sequence[Row], paths: Mapping[int, Path], vocabulary: Vocabulary
) -> set[int]:
    """Return the columns of headings over several, where others say which is which.

    Beside 党课/本年累计 and 党课/本月, 支委会 over two columns says neither.
    """
    if not any(vocabulary.divides(path) for path in paths.values()):
        return set()
    spans = {span for row in group for span in row.cover.values()}
    return {
        span.first_column for span in spans if span.last_column > span.first_column
    } & {column for column, path in paths.items() if not vocabulary.divides(path)}


def _is_loose(match: Match, specs: Sequence[ColumnSpec]) -> bool:
    """Whether the heading may mean something else: a loose word, or only like a word.

    类别 is like 党员类别, and may be anything.
    """
    spec = specs[match.spec]
    return spec.words[match.word] in spec.loose or (
        match.rank == LIKE_A_WORD and bool(spec.loose)
    )


def _list_rivals(
    matches: Sequence[Match], specs: Sequence[ColumnSpec], columns: Mapping[str, int]
) -> dict[str, tuple[int, ...]]:
    """Return the column of each field that stands alone, with others that may be it."""
    rivals = {}
    taken = set(columns.values())
    for number, spec in enumerate(specs):
        if not spec.alone or spec.field not in columns:
            continue
        others = {
            match.column
            for match in matches
            if match.spec == number and match.rank < LIKE_A_WORD
        } - taken
        if others:
            rivals[spec.field] = (columns[spec.field], *sorted(others))
    return rivals


def _list_candidates(
    matches: list[Match], specs: Sequence[ColumnSpec]
) -> dict[str, tuple[int, ...]]:
    """Return the columns of each field that is chosen by values, best words first."""
    candidates: dict[str, dict[int, None]] = {}
    for match in sorted(matches, key=lambda m: (m.rank, m.word, m.column)):
        spec = specs[match.spec]
        if spec.fits is not None:
            candidates.setdefault(spec.field, {})[match.column] = None
    return {field: tuple(columns) for field, columns in candidates.items()}


def _assign_columns(
    matches: list[Match], specs: Sequence[ColumnSpec]
) -> tuple[dict[str, int], dict[str, tuple[int, ...]]]:
    """Assign each field its best column; equally good ones are duplicates."""
    columns: dict[str, int] = {}
    duplicates: dict[str, tuple[int, ...]] = {}
    used_columns: set[int] = set()
    for match in sorted(matches, key=lambda m: (m.rank, m.spec, m.word, m.column)):
        field = specs[match.spec].field
        if match.column in used_columns or field in columns or field in duplicates:
            continue
        rivals = {
            other.column
            for other in matches
            if other[:3] == match[:3] and other.column not in used_columns
        }
        used_columns |= rivals
        if len(rivals) == 1:
            columns[field] = match.column
        else:
            duplicates[field] = tuple(sorted(rivals))
    in_order = [spec.field for spec in specs if spec.field in columns]
    return {field: columns[field] for field in in_order}, duplicates


def build_paths(group: Sequence[Row]) -> dict[int, Path]:
    """Return each column's words, from the top group down to its own.

    A cell merged sideways with nothing below it is one column, where it begins.
    """
    levels = [_read_level(group, number) for number in range(len(group))]
    paths: dict[int, Path] = {}
    for column in sorted(set().union(*levels)):
        words = [level[column] for level in levels if column in level]
        if words and words[-1].begins_at in {None, column}:
            texts = [word.text for word in words]
            if texts[-1] == REASON_HEADING:
                continue
            repeated = [False, *map(eq, texts, texts[1:])]
            paths[column] = tuple(
                text for text, same in zip(texts, repeated, strict=True) if not same
            )
    return paths


class HeaderWord(NamedTuple):
    """A word over a column, and the column where its merged cell begins."""

    text: str
    begins_at: int | None


def _read_level(group: Sequence[Row], number: int) -> dict[int, HeaderWord]:
    """Return the words of one header row for all columns that they cover."""
    row = group[number]
    words: dict[int, HeaderWord] = {}
    for column, cell in row.cells.items():
        text = "".join(cell.text.split()) if len(cell.text) <= MAX_HEADER_LENGTH else ""
        span = row.cover.get(column)
        if text and span is None:
            words[column] = HeaderWord(text, None)
        elif text and span is not None:
            covered = range(span.first_column, span.last_column + 1)
            words.update(dict.fromkeys(covered, HeaderWord(text, column)))
    _spread_groups(words, row, group[number + 1 :])
    return words


def _spread_groups(
    words: dict[int, HeaderWord], row: Row, rows_below: Sequence[Row]
) -> None:
    """Extend a group that is not merged over the blanks to its right.

    Only if both have words of their own below.
    """
    under = set().union(*(lower.cells for lower in rows_below)) if rows_below else set()
    for column in sorted(under - words.keys()):
        left = column - 1
        if left not in words or left not in under or column in row.cover:
            continue
        if words[left].begins_at is None:
            words[column] = words[left]


def _measure_width(row: Row) -> int:
    """Return how many columns the row is wide, merged cells included."""
    ends = [span.last_column for span in row.cover.values()]
    return max([*row.cells, *ends]) + 1
