"""Page components: sections of detail rows, action buttons, links."""

from dataclasses import dataclass, field

from core.text import StrOrPromise
from core.web.forms import new_key

MAX_KEY_DIGITS = 18  # digits; what is longer overflows the column


def parse_key(text: str) -> int:
    """Return the row's key that a form sent, or zero, which no row has."""
    return int(text) if text.isdecimal() and len(text) <= MAX_KEY_DIGITS else 0


@dataclass(frozen=True, slots=True)
class DetailRow:
    """One line of a record: a label and its value, linked if the value has a page."""

    label: StrOrPromise
    value: object
    url: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Detail rows that belong together, under a heading."""

    title: StrOrPromise
    rows: list[DetailRow]


@dataclass(frozen=True, slots=True)
class ActionButton:
    """A button that runs an action by POST, once for its key.

    `version` is the token of what the page shows, where the action asks for it. With a
    `consequence` the button only opens: it says what is lost, `confirm_label` runs it.
    """

    label: StrOrPromise
    url: str
    primary: bool = False
    danger: bool = False
    version: str = ""
    consequence: StrOrPromise = ""
    confirm_label: StrOrPromise = ""
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class Link:
    """A link shown as a button or breadcrumb; the last breadcrumb has no address."""

    label: StrOrPromise
    url: str = ""
    icon: str = ""
    primary: bool = False
