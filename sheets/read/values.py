"""Reads one cell as one value, or refuses it and says what to correct.

All functions return None for a blank cell; the caller decides whether it may be blank.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from core.errors import DomainError
from core.identity import clean_identity_number, clean_phone
from sheets.read.cell_text import drop_placeholder, extract_text, to_half_width
from sheets.read.cells import Cell, Kind
from sheets.read.folding import fold
from sheets.read.value_errors import (
    BadEthnicity,
    BadNumber,
    BadSex,
    LossyNumber,
    RefusedByRule,
)

SCIENTIFIC = re.compile(r"[+-]?\d(\.\d+)?[eE][+]?\d{2}")
NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")
CURRENCY = re.compile(r"^(¥|￥|rmb|人民币)\s*|元$", re.IGNORECASE)
COUNTRY = re.compile(r"^\(\+?86\)")
# What offices write around a person's own mobile number.
OWN_PHONE = re.compile(r"^(手机|电话|联系电话|手机号码?):|\(本人\)$|(?<=\d)\.0$")
BETWEEN_PHONES = re.compile(r"\s*[/、,;]\s*|\s+")
MOBILE = re.compile(r"1\d{2}")
LANDLINE = re.compile(r"(\(?0\d{2,3}\)?-?)?[2-8]\d{6,7}")
SEXES = {
    **dict.fromkeys(("男", "男性", "男士", "先生", "1", "m", "male", "♂"), "1"),
    **dict.fromkeys(("女", "女性", "女士", "2", "f", "female", "♀"), "2"),
}
CODE = re.compile(r"^\d+(?=[^\W\d])")  # before the word that it stands for: 1_汉族


def read_text(cell: Cell) -> str | None:
    """Return the text on one line; a placeholder (无, a dash) is none."""
    text = " ".join(drop_placeholder(extract_text(cell)).split())
    if cell.is_lossy:
        raise LossyNumber
    return text or None


def read_identity_number(cell: Cell) -> str | None:
    """Return the normalized resident identity number."""
    text = extract_text(cell)
    if not text:
        return None
    if cell.is_lossy or SCIENTIFIC.fullmatch(to_half_width(text)):
        raise LossyNumber
    try:
        return clean_identity_number(text)
    except DomainError as refusal:
        raise RefusedByRule(reason=str(refusal)) from refusal


def read_phone(cell: Cell) -> str | None:
    """Return the mobile number as eleven digits, alone or beside a landline."""
    text = drop_placeholder(extract_text(cell))
    if not text:
        return None
    if cell.is_lossy or SCIENTIFIC.fullmatch(to_half_width(text)):
        raise LossyNumber
    try:
        return clean_phone(_extract_mobile(to_half_width(text).strip()))
    except DomainError as refusal:
        raise RefusedByRule(reason=str(refusal)) from refusal


def _extract_mobile(text: str) -> str:
    """Return the mobile number without its label and without landlines beside it."""
    bare = COUNTRY.sub("", OWN_PHONE.sub("", text))
    others = _list_mobiles(bare)
    return others[0] if len(others) == 1 else bare


def _list_mobiles(bare: str) -> list[str]:
    return [p for p in BETWEEN_PHONES.split(bare) if not LANDLINE.fullmatch(p)]


def split_mobiles(cell: Cell) -> list[Cell]:
    """Return a cell for each of several mobile numbers that stand in one, else none."""
    text = to_half_width(drop_placeholder(extract_text(cell))).strip()
    parts = [p for p in _list_mobiles(COUNTRY.sub("", text)) if MOBILE.search(p)]
    if len(parts) < 2:
        return []
    return [cell._replace(kind=Kind.TEXT, value=part, text=part) for part in parts]


def read_landline(cell: Cell) -> str | None:
    """Return the landline in a cell of phones, alone or beside a mobile number."""
    text = to_half_width(drop_placeholder(extract_text(cell))).strip()
    bare = OWN_PHONE.sub("", text)
    for part in (bare, *BETWEEN_PHONES.split(bare)):
        if LANDLINE.fullmatch(part):
            return part
    return None


def read_sex(cell: Cell) -> str | None:
    """Return the sex by its code: "1" male, "2" female."""
    text = drop_placeholder(extract_text(cell))
    if not text:
        return None
    try:
        return SEXES[CODE.sub("", fold(text))]
    except KeyError as error:
        raise BadSex(text=text) from error


def read_ethnicity(cell: Cell, names: Sequence[str]) -> str | None:
    """Return the ethnic group's full name: 汉 is 汉族, 维族 is 维吾尔族.

    A short form must match exactly one group of the list.
    """
    text = drop_placeholder(extract_text(cell))
    if not text:
        return None
    word = CODE.sub("", fold(text))
    for name in (word, f"{word}族"):
        if name in names:
            return name
    candidates = [name for name in names if name.startswith(word.removesuffix("族"))]
    if len(candidates) == 1 and word != "族":
        return candidates[0]
    raise BadEthnicity(text=text)


def read_decimal(cell: Cell) -> Decimal | None:
    """Return the number exactly as it was typed; units and percent are refused."""
    text = drop_placeholder(extract_text(cell))
    if not text:
        return None
    if cell.is_lossy:
        raise LossyNumber
    if cell.kind is Kind.NUMBER:
        return Decimal(f"{cell.value:.15g}")
    if cell.kind is not Kind.TEXT:
        raise BadNumber(text=text)
    plain = "".join(CURRENCY.sub("", to_half_width(text)).split())
    if not NUMBER.fullmatch(plain):
        raise BadNumber(text=text)
    return Decimal(plain.replace(",", ""))
