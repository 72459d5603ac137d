"""What pages are made of: facts in groups, verbs, ways to other pages, keys."""

from dataclasses import dataclass, field

from core.forms import new_key
from core.words import Words

LONGEST_KEY = 18  # digits; what is longer overflows the column


def key_in(text: str) -> int:
    """Return the row's key that a form sent, or nought, which no row has."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_KEY else 0


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a record: a term and its value, with the page behind it if any."""

    label: Words
    value: object
    url: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Facts that belong together, under a heading."""

    title: Words
    rows: list[Fact]


@dataclass(frozen=True, slots=True)
class Verb:
    """A deed by POST, offered as a button; its key lets it be done once."""

    label: Words
    url: str
    primary: bool = False
    danger: bool = False
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class Way:
    """A button or crumb that leads to another page; the last crumb leads nowhere."""

    label: Words
    url: str = ""
    icon: str = ""
    primary: bool = False
