"""Take names and numbers of people out of a text that strangers will read (R-72).

A text is compared without its writing: in half width, and inside names without marks,
blanks and ends of lines. What is found is hidden where it stands in the text as it was
typed.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from core.identity import IN_TEXT
from core.names import IDEOGRAPH, INVISIBLE
from core.registries.registry import Registry
from exchange.accounts_in_texts import find_accounts
from exchange.numbers_in_texts import PHONE_IN_TEXT, find_numbers
from organizations.models import Organization

CHINESE = re.compile(f"[{IDEOGRAPH}]+")
STOPS = frozenset("、。,;:!?")
"""Between these stand different names and sentences; all other marks are writing."""
LONGEST_WORD = 4
"""Longer names, and those with a dot, are looked up the other way round."""
HIDDEN = "******"
"""Stands for a number: with a surname beside it even its last digits say too much."""


@dataclass(frozen=True, slots=True)
class NameFinder:
    """Finds names of people around an organization.

    `find` says which of some words are names; `find_long` returns the names that are
    too long to be looked up as words, or have a dot.
    """

    key: str
    find: Callable[[Organization, set[str]], Iterable[str]]
    find_long: Callable[[Organization], Iterable[str]]


name_finders: Registry[NameFinder] = Registry("Name finder")


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A text in one writing, and where its characters stand in the typed one."""

    text: str
    places: tuple[int, ...]

    @classmethod
    def fold(cls, typed: str) -> "FoldedText":
        """Fold the width and drop what nobody sees."""
        pairs = [
            (folded, place)
            for place, character in enumerate(typed)
            if not INVISIBLE.match(character)
            for folded in _narrow(character)
        ]
        return cls._of(pairs)

    @classmethod
    def _of(cls, pairs: list[tuple[str, int]]) -> "FoldedText":
        return cls("".join(one for one, _p in pairs), tuple(p for _one, p in pairs))

    def join_names(self) -> "FoldedText":
        """Return the text in small letters without what may stand inside a name."""
        pairs = zip(self.text, self.places, strict=True)
        return self._of(
            [
                (lower, place)
                for character, place in pairs
                for lower in unicodedata.normalize("NFD", character.lower())
                if not is_mark(lower)
            ]
        )

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a piece of the folded text stands in the typed one."""
        return self.places[start], self.places[end - 1] + 1


def is_mark(character: str) -> bool:
    """Whether a character is writing alone: neither letter, figure nor stop."""
    return not (unicodedata.category(character)[0] in "LN" or character in STOPS)


def _narrow(character: str) -> str:
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    folded = unicodedata.normalize("NFKC", character)
    return " " if folded.isspace() and folded != "\n" else folded


def strip_personal_data(text: str, organization: Organization) -> str:
    """Return the text with the names of recorded people and all numbers hidden.

    So are addresses of e-mail and of chat programs.
    """
    narrow = FoldedText.fold(text)
    found = [*_find_numbers(narrow.text), *find_accounts(narrow.text)]
    numbers = (narrow.span(*span) for span in found)
    hidden = [(start, end, HIDDEN) for start, end in numbers]
    joined = narrow.join_names()
    for name in sorted(_find_names(joined.text, organization), key=len, reverse=True):
        sign = f"{name[0]}某某"
        spans = (joined.span(*span) for span in _places_of(_key(name), joined.text))
        hidden += [(start, end, sign) for start, end in spans]
    return _hide(text, hidden)


def _hide(text: str, hidden: list[tuple[int, int, str]]) -> str:
    """Put signs instead of pieces; of pieces that overlap, the longest goes first."""
    parts, last = list[str](), 0
    for start, end, sign in sorted(hidden, key=lambda one: (one[0], -one[1])):
        if start >= last:
            parts += [text[last:start], sign]
        last = max(last, end)
    return "".join([*parts, text[last:]])


def _find_numbers(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (IN_TEXT, PHONE_IN_TEXT):
        yield from (found.span() for found in pattern.finditer(text))
    yield from find_numbers(text)


def _places_of(word: str, text: str) -> Iterator[tuple[int, int]]:
    start = text.find(word)
    while start >= 0:
        yield start, start + len(word)
        start = text.find(word, start + 1)


def _key(name: str) -> str:
    """Return a name as it is compared with a text."""
    return FoldedText.fold(name).join_names().text


def _find_names(text: str, organization: Organization) -> set[str]:
    """Return the names of recorded people that stand in a text."""
    words = words_of(text)
    names = set[str]()
    for finder in name_finders:
        names |= set(finder.find(organization, words) if words else ())
        names |= set(finder.find_long(organization))
    return {name for name in names if (key := _key(name)) and key in text}


def words_of(text: str) -> set[str]:
    """Return all runs of Chinese characters that are as long as most names are."""
    return {
        run[start : start + length]
        for run in CHINESE.findall(text)
        for length in range(2, LONGEST_WORD + 1)
        for start in range(len(run) - length + 1)
    }
