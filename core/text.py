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
"""What may be an identity or telephone number in a text, even with blanks inside.

Masking may take too much; what is refused or published is decided by the exact patterns
of `core.identity` and `exchange.personal_data`.
"""


def quote_safely(text: str) -> str:
    """Return the text as a message may quote it: shortened, long numbers masked.

    An identity number in the wrong column must not appear in a report.
    """
    short = text if len(text) <= MAX_QUOTED_LENGTH else f"{text[:MAX_QUOTED_LENGTH]}…"
    return mask_numbers(short)


def mask_numbers(text: str) -> str:
    """Mask everything in a text that may be an identity or telephone number."""
    return LONG_NUMBER.sub(lambda match: f"{'*' * 6}{match[0][-4:]}", text)


def without_stop(text: str) -> str:
    """Return the text without the stop at its end, as a part of a longer sentence."""
    return text.rstrip("。．. \n")
