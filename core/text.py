"""Text shown to readers: its type, and how messages quote entered text."""

import re
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    StrOrPromise: TypeAlias = str | _StrPromise
else:
    from django.utils.functional import Promise

    StrOrPromise: TypeAlias = str | Promise

MAX_QUOTED_LENGTH = 40
LONG_NUMBER = re.compile(r"\d(?:[\s-]?[\dXx]){9,}")


def quote_safely(text: str) -> str:
    """Return the text as a message may quote it: shortened, long numbers masked.

    An identity number in the wrong column must not appear in a report.
    """
    short = text if len(text) <= MAX_QUOTED_LENGTH else f"{text[:MAX_QUOTED_LENGTH]}…"
    return LONG_NUMBER.sub(lambda match: f"{'*' * 6}{match[0][-4:]}", short)
