"""The words by which columns go, and the ways in which a header can mean one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sheets.read.folding import fold, stem, with_brackets, without_brackets

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column that is looked for: the field it fills and the words it goes by.

    Words stand in the order of preference. A word with a slash names groups above the
    column too: `本月增加/转入` is not `本月减少/转入`.
    """

    field: str
    words: tuple[str, ...]
    required: bool = False


class Match(NamedTuple):
    """One way in which a column answers to a spec; the least one is taken."""

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
        for place, spec in enumerate(specs):
            for order, word in enumerate(spec.words):
                self._add(word, order, place)

    def _add(self, word: str, order: int, place: int) -> None:
        parts = [with_brackets(fold(part)) for part in word.split("/")]
        joined = "".join(parts)
        self.plain.setdefault(joined, []).append((order, place))
        if len(parts) > 1:
            self.grouped.append((parts, order, place))
        else:
            self.stems.setdefault(stem(joined), []).append((order, place))

    def matches(self, column: int, path: Path) -> Iterator[Match]:
        """Yield the ways in which the column may be meant.

        Groups that are asked for come first, then the column's own words, with and
        without what is in brackets, then group and column read together, then stems,
        and words with a slash between them (手机/联系电话) if all mean the same.
        """
        folded = [fold(text) for text in path]
        kept = [with_brackets(text) for text in folded]
        dropped = [without_brackets(text) for text in folded]
        yield from self._of_groups(column, kept, dropped)
        keys = [
            (1, self.plain, kept[-1]),
            (2, self.plain, dropped[-1]),
            (5, self.stems, stem(dropped[-1])),
        ]
        if len(path) > 1:
            keys += [(3, self.plain, "".join(dropped[-2:]))]
            keys += [(4, self.plain, "".join(dropped))]
        for rank, words, key in keys:
            for order, place in words.get(key, ()):
                yield Match(rank, order, place, column)
        yield from self._of_alternatives(column, dropped[-1])

    def _of_groups(
        self, column: int, kept: list[str], dropped: list[str]
    ) -> Iterator[Match]:
        for parts, order, place in self.grouped:
            if _leads_to(parts, kept) or _leads_to(parts, dropped):
                yield Match(0, order, place, column)

    def _of_alternatives(self, column: int, text: str) -> Iterator[Match]:
        """Yield what 正式/预备 is as one word, and what 手机/联系电话 is as either."""
        if "/" not in text:
            return
        for order, place in self.plain.get(text.replace("/", ""), ()):
            yield Match(6, order, place, column)
        meant = [
            {place: order for order, place in self.plain.get(part, ())}
            for part in text.split("/")
        ]
        for place in set.intersection(*map(set, meant)):
            yield Match(7, meant[0][place], place, column)


def _leads_to(parts: list[str], path: list[str]) -> bool:
    """Whether the parts stand in the path in their order, the last at its end."""
    if parts[-1] != path[-1]:
        return False
    rest = iter(path[:-1])
    return all(part in rest for part in parts[:-1])
