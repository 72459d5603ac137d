"""Names of people, in all scripts that occur."""

import re
import unicodedata

from sheets.read.cell_text import extract_text
from sheets.read.cells import Cell, Kind
from sheets.read.value_errors import BadName, NameTooLong

LONGEST = 50
SEPARATOR = "·"  # U+00B7, the official separator of names in Chinese
DOTS = re.compile(r"\s*[•・‧∙⋅･·●]\s*")
DOT_IN_CHINESE = re.compile(r"(?<=[^\x00-\x7f])\s*[.．﹒。]\s*(?=[^\x00-\x7f])")
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
IDEOGRAPH = re.compile(
    "[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
BESIDE_LETTERS = set(" .'’-" + SEPARATOR)


def read_name(cell: Cell) -> str | None:
    """Return the normalized name; None for a blank cell.

    Chinese names lose the blanks that offices put between two characters for alignment;
    names in other scripts keep single ones. Every kind of dot becomes U+00B7.
    """
    text = extract_text(cell)
    if not text:
        return None
    if cell.kind is not Kind.TEXT:
        raise BadName(text=text, character=text[0])
    name = _normalize(" ".join(text.split()))
    for character in name:
        if not _may_be_in_name(character):
            raise BadName(text=text, character=character)
    if len(name) > LONGEST:
        raise NameTooLong(length=len(name), limit=LONGEST)
    return name


def _normalize(text: str) -> str:
    name = unicodedata.normalize("NFC", text)
    name = DOT_IN_CHINESE.sub(SEPARATOR, DOTS.sub(SEPARATOR, name))
    name = name.translate(FULL_WIDTH)
    return re.sub(r"\s+", "" if IDEOGRAPH.search(name) else " ", name).strip()


def _may_be_in_name(character: str) -> bool:
    """Whether the character is a letter of any script, or may stand between letters."""
    if character in BESIDE_LETTERS:
        return True
    return unicodedata.category(character)[0] in "LM" or bool(
        IDEOGRAPH.match(character)
    )
