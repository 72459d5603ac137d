"""What the search box of every page finds: each app declares its kinds of record.

A kind starts at its `visible_to(user)`, so that nobody finds what they may not see.
Whole numbers of people are never searched for here: an address, which is where the
words of a search stand, must hold none. They are looked up by POST instead.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db.models import QuerySet
from django.utils.translation import gettext

from core.actors import Actor
from core.registries.port import Port
from core.registries.registry import Registry
from core.text import StrOrPromise

SHOWN_OF_A_KIND = 5
LONGEST_TEXT = 50
SEVEN_DIGITS = re.compile(r"\d(?:[\s-]*[\dX]){6}", re.IGNORECASE)
"""What may be an identity number or a phone, or a part of one."""
DAY = re.compile(
    r"(?<!\d)(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?(?![\d-])"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of a result: what it is called, its page, and what tells it apart."""

    label: StrOrPromise
    url: str
    note: StrOrPromise = ""


Rows = QuerySet[Any] | Sequence[Any]


@dataclass(frozen=True, slots=True)
class SearchKind:
    """A kind of record that can be searched for.

    `permitted` says who may open its pages; `find` returns what the person may see that
    matches the text, in the order of its list; `list_address` is the list's address
    with the same filter, for kinds that have such a list. Kinds are shown by `rank`.
    `matched_by` says what is compared with the text where it is not the name alone.
    """

    key: str
    label: StrOrPromise
    permitted: Callable[[Actor], bool]
    find: Callable[[Actor, str], Rows]
    show: Callable[[Any], Hit]
    list_address: Callable[[str], str] | None = None
    rank: int = 50
    matched_by: StrOrPromise = ""

    def __str__(self) -> str:
        if not self.matched_by:
            return str(self.label)
        words = {"kind": self.label, "by": self.matched_by}
        return gettext("%(kind)s (by %(by)s)") % words


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of a kind: the first lines, how many there are, and their list."""

    label: StrOrPromise
    hits: list[Hit]
    count: int
    list_url: str

    @property
    def is_cut(self) -> bool:
        """Whether there are more than the lines that are shown."""
        return self.count > len(self.hits)


search_kinds: Registry[SearchKind] = Registry("Search kind")
number_lookup: Port[Callable[[Actor], str]] = Port("Lookup by number")
"""The page that looks up a whole number by POST; nothing if the person may not."""


def holds_number(text: str) -> bool:
    """Whether a text may hold an identity number or a phone, in any spelling."""
    return bool(SEVEN_DIGITS.search(unicodedata.normalize("NFKC", text)))


def text_holds_number(text: str) -> bool:
    """Whether a text may hold a number of a person beside days and months."""
    return holds_number(DAY.sub("…", unicodedata.normalize("NFKC", text)))


def address_holds_number(address: str) -> bool:
    """Whether any part of what an address asks for may be a number of a person.

    Parts that its page does not know are kept with the address like all others.
    """
    _path, _mark, query = address.partition("?")
    parts = parse_qsl(query, keep_blank_values=True)
    return any(text_holds_number(text) for part in parts for text in part)


def searchable_kinds(reader: Actor) -> list[SearchKind]:
    """Return the kinds that the person may search for, in their order."""
    kinds = (kind for kind in search_kinds if kind.permitted(reader))
    return sorted(kinds, key=lambda kind: kind.rank)


def search_everywhere(reader: Actor, text: str) -> list[Found]:
    """Return what the person may see that matches the text, a few of each kind."""
    found = (_search(kind, reader, text) for kind in searchable_kinds(reader))
    return [each for each in found if each.hits]


def _search(kind: SearchKind, reader: Actor, text: str) -> Found:
    """Find one kind; its rows are counted only where there are more than are shown."""
    rows = kind.find(reader, text)
    first = list(rows[: SHOWN_OF_A_KIND + 1])
    count = len(first)
    if count > SHOWN_OF_A_KIND:
        count = rows.count() if isinstance(rows, QuerySet) else len(rows)
    hits = [kind.show(row) for row in first[:SHOWN_OF_A_KIND]]
    url = kind.list_address(text) if kind.list_address else ""
    return Found(kind.label, hits, count, url)


def filtered(path: str, **query: str) -> str:
    """Return the address of a list with a filter."""
    return f"{path}?{urlencode(query)}"
