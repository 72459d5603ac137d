"""What pages are made of: facts in groups, verbs, ways to other pages, keys."""

from dataclasses import dataclass, field

from core.text import StrOrPromise
from core.web.forms import new_key

LONGEST_KEY = 18  # digits; what is longer overflows the column


def key_in(text: str) -> int:
    """Return the row's key that a form sent, or nought, which no row has."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_KEY else 0


@dataclass(frozen=True, slots=True)
class DetailRow:
    """One line of a record: a term and its value, with the page behind it if any."""

    label: StrOrPromise
    value: object
    url: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Facts that belong together, under a heading."""

    title: StrOrPromise
    rows: list[DetailRow]


@dataclass(frozen=True, slots=True)
class ActionButton:
    """A deed by POST, offered as a button; its key lets it be done once."""

    label: StrOrPromise
    url: str
    primary: bool = False
    danger: bool = False
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class Link:
    """A button or crumb that leads to another page; the last crumb leads nowhere."""

    label: StrOrPromise
    url: str = ""
    icon: str = ""
    primary: bool = False
