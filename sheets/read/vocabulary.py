"""The names of expected columns, and the ways in which a header matches them."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import methodcaller
from typing import NamedTuple

from sheets.read.folding import drop_brackets, fold, stem, unwrap_brackets

Path = tuple[str, ...]
OF_THE_ROW = re.compile("本人|党员")
LIKE_A_WORD = 5  # the rank of a match by stems


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """An expected column: the field it fills and the names it may have.

    Words are in order of preference. A word with a slash also names the groups above
    the column: `本月增加/转入` is not `本月减少/转入`.

    If several columns match, `fits` chooses by the value of each row, so that the
    outcome of a row never depends on other rows. Where no value fits, the first filled
    column is read, but for those that `loose` words head: they may mean something else
    and are read only where their value fits.

    `near` and `far` are for words of two trades: of the headings that either pattern
    matches the closest one must match `near`, of two equally close ones the left one.
    Right of a heading that matches `not_after` the column belongs to the person whom
    that heading names, unless its own says 本人 or 党员.

    Of a field that stands `alone` columns under other names are compared: where their
    values differ, somebody is asked.

    A heading with words of `another` is not this column, in brackets or below it as
    well: 党课（累计）. Below a heading a word of `itself` says nothing else: 党课/本月.
    """

    field: str
    words: tuple[str, ...]
    required: bool = False
    fits: Callable[[str], bool] | None = None
    loose: frozenset[str] = frozenset()
    near: re.Pattern[str] | None = None
    far: re.Pattern[str] | None = None
    not_after: re.Pattern[str] | None = None
    alone: bool = False
    another: re.Pattern[str] | None = None
    itself: re.Pattern[str] | None = None

    def is_meant(self, column: int, paths: Mapping[int, Path]) -> bool:
        """Whether the headings around a column allow it to be this one."""
        if self._is_somebody_else_s(column, paths):
            return False
        common = set.intersection(*map(set, paths.values()))  # a title over all
        if self.another is not None:
            own = "/".join(part for part in paths[column] if part not in common)
            return self.another.search(own) is None
        if self.near is None:
            return True
        headings = {
            c: "".join(part for part in path if part not in common)
            for c, path in paths.items()
        }
        distances = [
            (abs(c - column), c > column, self.near.search(heading) is None)
            for c, heading in headings.items()
            if self.near.search(heading) or (self.far and self.far.search(heading))
        ]
        return bool(distances) and not min(distances)[-1]

    def _is_somebody_else_s(self, column: int, paths: Mapping[int, Path]) -> bool:
        """Whether the heading to the left names another person, whose column it is."""
        if self.not_after is None or column - 1 not in paths:
            return False
        own, left = paths[column][-1], paths[column - 1][-1]
        return not OF_THE_ROW.search(own) and bool(self.not_after.search(left))


class Match(NamedTuple):
    """One way in which a column matches a spec; the smallest one is chosen."""

    rank: int
    word: int
    spec: int
    column: int


class Vocabulary:
    """The words of all specs, ready to be compared with headers."""

    def __init__(self, specs: Sequence[ColumnSpec]) -> None:
        self.specs = specs
        self.plain: dict[str, list[tuple[int, int]]] = {}
        self.stems: dict[str, list[tuple[int, int]]] = {}
        self.grouped: list[tuple[list[str], int, int]] = []
        below = [pattern for s in specs for pattern in (s.itself, s.another) if pattern]
        self.below = tuple(dict.fromkeys(below))
        for spec_number, spec in enumerate(specs):
            for order, word in enumerate(spec.words):
                self._add(word, order, spec_number)

    def _add(self, word: str, order: int, spec_number: int) -> None:
        parts = [unwrap_brackets(fold(part)) for part in word.split("/")]
        joined = "".join(parts)
        self.plain.setdefault(joined, []).append((order, spec_number))
        if len(parts) > 1:
            self.grouped.append((parts, order, spec_number))
        else:
            self.stems.setdefault(stem(joined), []).append((order, spec_number))

    def matches(self, column: int, path: Path) -> Iterator[Match]:
        """Yield the ways in which the column matches.

        Words with groups come first, then the column's own words, with and without the
        content of brackets, then group and column joined, then stems, and words with a
        slash between them (手机/联系电话) if all mean the same.
        """
        folded = [fold(text) for text in path]
        with_brackets = [unwrap_brackets(text) for text in folded]
        without_brackets = [drop_brackets(text) for text in folded]
        yield from self._match_groups(column, with_brackets, without_brackets)
        keys = [
            (1, self.plain, with_brackets[-1]),
            (2, self.plain, without_brackets[-1]),
            (LIKE_A_WORD, self.stems, stem(without_brackets[-1])),
        ]
        if len(path) > 1:
            keys += [(3, self.plain, "".join(without_brackets[-2:]))]
            keys += [(4, self.plain, "".join(without_brackets))]
            yield from self._match_itself(column, without_brackets)
        for rank, words, key in keys:
            for order, spec_number in words.get(key, ()):
                yield Match(rank, order, spec_number, column)
        yield from self._match_alternatives(column, without_brackets[-1])

    def _match_itself(self, column: int, path: list[str]) -> Iterator[Match]:
        """Match a heading below which a word says nothing else: 党课/本月."""
        for order, spec_number in self.plain.get(path[-2], ()):
            if self._says_itself(spec_number, path[-1]):
                yield Match(1, order, spec_number, column)

    def _says_itself(self, spec_number: int, word: str) -> bool:
        itself = self.specs[spec_number].itself
        return itself is not None and itself.fullmatch(word) is not None

    def divides(self, path: Path) -> bool:
        """Whether the words of a column end with one that divides its heading."""
        word = drop_brackets(fold(path[-1]))
        return len(path) > 1 and any(map(methodcaller("fullmatch", word), self.below))

    def is_word(self, text: str) -> bool:
        """Whether a folded text is a name of a column, or a word below one."""
        return text in self.plain or any(
            map(methodcaller("fullmatch", text), self.below)
        )

    def _match_groups(
        self, column: int, with_brackets: list[str], without_brackets: list[str]
    ) -> Iterator[Match]:
        for parts, order, spec_number in self.grouped:
            if _ends_path(parts, with_brackets) or _ends_path(parts, without_brackets):
                yield Match(0, order, spec_number, column)

    def _match_alternatives(self, column: int, text: str) -> Iterator[Match]:
        """Match 正式/预备 as one word, and 手机/联系电话 as either word."""
        if "/" not in text:
            return
        for order, spec_number in self.plain.get(text.replace("/", ""), ()):
            yield Match(6, order, spec_number, column)
        orders_by_spec = [
            {spec_number: order for order, spec_number in self.plain.get(part, ())}
            for part in text.split("/")
        ]
        for spec_number in set.intersection(*map(set, orders_by_spec)):
            yield Match(7, orders_by_spec[0][spec_number], spec_number, column)


def _ends_path(parts: list[str], path: list[str]) -> bool:
    """Whether the path has the parts in their order, the last one at its end."""
    if parts[-1] != path[-1]:
        return False
    rest = iter(path[:-1])
    return all(part in rest for part in parts[:-1])
