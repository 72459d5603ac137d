"""Names of people, organizations and units: one normalization for all inputs.

Sheets and pages store what `clean_person_name` returns; searches normalize the typed
text in the same way, so that a name is found in any spelling.
"""

import re
import unicodedata

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.text import quote_safely

MAX_LENGTH = 50
DOT = "·"  # U+00B7, the official separator of names in Chinese
DOTS = re.compile(r"\s*[•・‧∙⋅･·●᛫⸱]\s*")
DOT_IN_CHINESE = re.compile(r"(?<=[^\x00-\x7f])\s*[.．﹒。]\s*(?=[^\x00-\x7f])")
# Zero-width characters, marks of direction, soft hyphens, variation selectors.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
RADICALS = re.compile("[\u2e80-\u2fdf]")  # PDF files have these for characters
IDEOGRAPH = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HAS_IDEOGRAPH = re.compile(f"[{IDEOGRAPH}]")
BLANK_BESIDE_IDEOGRAPH = re.compile(rf"(?<=[{IDEOGRAPH}])\s+|\s+(?=[{IDEOGRAPH}])")
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
FULL_WIDTH_LETTERS = {
    code: narrow
    for code, narrow in FULL_WIDTH.items()
    if chr(narrow).isalnum() or chr(narrow) == " "
}
FULL_WIDTH_NUMBERS = FULL_WIDTH_LETTERS | {
    code: narrow for code, narrow in FULL_WIDTH.items() if chr(narrow) in "+-./#*"
}
"""Letters, digits and the marks inside numbers; brackets stay as they were typed."""
BRACKETS = str.maketrans("()", "（）")
NARROW_BRACKETS = str.maketrans("（）", "()")
BESIDE_LETTERS = set(" .'’-" + DOT)


class BadName(DomainError):
    """The text is not the name of a person."""

    message = _(
        "“%(text)s” is not a name: it contains the character “%(character)s”. Enter"
        " the name alone, without numbers, marks or remarks."
    )

    def __init__(self, *, text: str, character: str) -> None:
        super().__init__(text=quote_safely(text), character=character)


class NameTooLong(DomainError):
    """The name is too long."""

    message = _("The name has %(length)s characters; at most %(limit)s are accepted.")


def fold_name(text: str) -> str:
    """Return a name of any kind in its normal spelling, without refusing any.

    Letters and digits become half-width, every kind of dot U+00B7, and invisible
    characters and the blanks beside Chinese characters are dropped.
    """
    name = unicodedata.normalize("NFC", INVISIBLE.sub("", text))
    name = " ".join(name.split())  # or long runs of blanks would cost their square
    name = RADICALS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), name)
    name = DOT_IN_CHINESE.sub(DOT, DOTS.sub(DOT, name))
    name = " ".join(name.translate(FULL_WIDTH_LETTERS).split())
    return BLANK_BESIDE_IDEOGRAPH.sub("", name)


def clean_person_name(text: str) -> str:
    """Return a person's name in its normal spelling, or refuse the text.

    Markup, emoji, digits and remarks in brackets are refused. Names in Chinese lose all
    blanks; names in other scripts keep single ones.
    """
    name = fold_name(text).translate(FULL_WIDTH)
    if HAS_IDEOGRAPH.search(name):
        name = name.replace(" ", "")
    for character in name:
        if not _may_be_in_name(character):
            raise BadName(text=text, character=character)
    if not any(map(_is_letter, name)):
        raise BadName(text=text, character=name[:1] or text[:1])
    if len(name) > MAX_LENGTH:
        raise NameTooLong(length=len(name), limit=MAX_LENGTH)
    return name


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] == "L" or bool(
        HAS_IDEOGRAPH.match(character)
    )


def _may_be_in_name(character: str) -> bool:
    """Whether the character is a letter of any script, or may be between letters."""
    return (
        character in BESIDE_LETTERS
        or _is_letter(character)
        or unicodedata.category(character)[0] == "M"
    )


def search_spellings(text: str) -> list[str]:
    """Return the spellings under which the name that somebody types may be stored.

    Names of organizations and units keep the brackets with which they were entered.
    """
    folded = fold_name(text)
    spellings = [
        folded,
        folded.translate(BRACKETS),
        folded.translate(NARROW_BRACKETS),
        text.strip(),
    ]
    return list(dict.fromkeys(spelling for spelling in spellings if spelling))


def name_contains(text: str, *lookups: str) -> Q:
    """Return a condition on rows with the text in one of the names, in any spelling."""
    condition = Q()
    for lookup in lookups:
        for spelling in search_spellings(text):
            condition |= Q(**{f"{lookup}__icontains": spelling})
    return condition
