"""Choose between columns under one heading: by all rows, else somebody is asked."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from sheets.read.cell_text import drop_placeholder
from sheets.read.cells import Row, Sheet
from sheets.read.column_values import ENOUGH
from sheets.read.errors import DuplicateColumn, Rivals
from sheets.read.header import Header
from sheets.read.layout import column_letters
from sheets.read.vocabulary import ColumnSpec

EXAMPLES = 3  # values that are shown of a column
SHOWN_ROWS = 200  # rows in which they are looked for
MAX_LENGTH = 24  # of a value that is shown

ChosenColumns = Mapping[str, str]  # the letters of a column by field, or NO_COLUMN
NO_COLUMN = "none"
FIGURES = re.compile(r"\d+")
WHOLE_DAY = re.compile(r"(?<!\d)(\d{4})(\d\d)(\d\d)?(?!\d)")  # 19900701, 199007


def use_chosen(header: Header, chosen: ChosenColumns) -> Header:
    """Return the header with the columns that somebody chose between rivals."""
    columns, duplicates = dict(header.columns), dict(header.duplicates)
    candidates, firm = dict(header.candidates), dict(header.firm)
    rivals = dict(header.rivals)
    for name, places in {**header.rivals, **header.duplicates}.items():
        letters = {column_letters(place): place for place in places}
        place = letters.get(chosen.get(name, ""))
        if place is None and chosen.get(name) != NO_COLUMN:
            continue
        duplicates.pop(name, None)
        rivals.pop(name, None)
        columns.pop(name, None)
        if place is not None:
            columns[name] = place
        if name in candidates:
            candidates[name] = firm[name] = () if place is None else (place,)
    return replace(
        header,
        columns=columns,
        duplicates=duplicates,
        rivals=rivals,
        candidates=candidates,
        firm=firm,
    )


@dataclass(slots=True)
class _Rival:
    """One of several columns under a heading: what its rows say in all."""

    filled: int = 0
    fits: int = 0
    is_like_first: bool = True
    values: list[str] = field(default_factory=list)

    def add(self, spec: ColumnSpec, text: str, first: str) -> None:
        self.is_like_first = self.is_like_first and text == first
        if text:
            self.filled += 1
            self.fits += spec.fits is None or spec.fits(text)

    @property
    def is_meant(self) -> bool:
        """Whether it has values, and most of them are such as the field has."""
        return self.filled > 0 and self.fits >= ENOUGH * self.filled


def settle_rivals(
    header: Header, rows: Iterable[Row], specs: Sequence[ColumnSpec]
) -> Header:
    """Return the header without the rivals that all rows decide.

    Of columns under one heading an empty one, or one whose values do not fit, is not
    meant; where all say the same in each row the first is read. Else both may be meant.
    A field that is chosen by values is left to the values of each row.
    """
    by_field = {spec.field: spec for spec in specs}
    rivals = {
        name: {place: _Rival() for place in places}
        for name, places in header.duplicates.items()
    }
    differing: set[str] = set()
    for row in rows:
        if row.number > header.rows[-1]:
            _compare(row, rivals, by_field)
            differing |= {n for n, c in header.rivals.items() if _differ(row, c)}
    columns = {n: place for n, place in header.columns.items() if n not in differing}
    duplicates = {name: tuple(sorted(header.rivals[name])) for name in differing}
    return _settle(replace(header, columns=columns), rivals, duplicates, by_field)


def _settle(
    header: Header,
    rivals: Mapping[str, Mapping[int, _Rival]],
    duplicates: dict[str, tuple[int, ...]],
    by_field: Mapping[str, ColumnSpec],
) -> Header:
    """Return the header with what the rows of the rivals decide."""
    columns = dict(header.columns)
    for name, places in rivals.items():
        place = _decide(places)
        if place is None:
            duplicates[name] = header.duplicates[name]
        elif by_field[name].fits is None:
            columns[name] = place
    return replace(header, columns=columns, duplicates=duplicates)


def _differ(row: Row, columns: Iterable[int]) -> bool:
    """Whether columns under several names say other days of a row."""
    texts = filter(None, (drop_placeholder(row.cell(c).text) for c in columns))
    apart = (WHOLE_DAY.sub(r"\1 \2 \3", text) for text in texts)
    days = [[int(figure) for figure in FIGURES.findall(text)] for text in apart]
    return any(not _is_same(days[0], other) for other in days[1:])


def _is_same(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two days are the same as far as both are known: 1990.7, 1990-07-01."""
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]


def _compare(
    row: Row,
    rivals: Mapping[str, Mapping[int, _Rival]],
    specs: Mapping[str, ColumnSpec],
) -> None:
    for name, columns in rivals.items():
        texts = {place: drop_placeholder(row.cell(place).text) for place in columns}
        first = texts[min(texts)]
        for place, rival in columns.items():
            rival.add(specs[name], texts[place], first)


def _decide(columns: Mapping[int, _Rival]) -> int | None:
    """Return the column that is meant, or None if several may be."""
    meant = [place for place in sorted(columns) if columns[place].is_meant]
    if len(meant) == 1:
        return meant[0]
    if not meant or all(rival.is_like_first for rival in columns.values()):
        return min(columns)
    return None


def refuse_rivals(header: Header, sheet: Sheet) -> DuplicateColumn:
    """Return the refusal that asks which of the columns is meant, with some values."""
    rows = [
        row for row in islice(sheet.rows(), SHOWN_ROWS) if row.number > header.rows[-1]
    ]
    rivals = [
        Rivals(
            sheet.name,
            name,
            "、".join(dict.fromkeys(header.paths[place][-1] for place in places)),
            {column_letters(place): _show_values(rows, place) for place in places},
        )
        for name, places in header.duplicates.items()
    ]
    refusal = DuplicateColumn(
        sheet=sheet.name, word=rivals[0].heading, columns="、".join(rivals[0].columns)
    )
    refusal.rivals = tuple(rivals)
    return refusal


def _show_values(rows: Iterable[Row], place: int) -> list[str]:
    texts = (drop_placeholder(row.cell(place).text)[:MAX_LENGTH] for row in rows)
    return list(dict.fromkeys(filter(None, texts)))[:EXAMPLES]
