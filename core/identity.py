"""Identity numbers, phone numbers and credit codes: checked, normalized, masked."""

import datetime as dt
import re
import unicodedata
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.crypto import blind_index
from core.errors import DomainError
from core.months import today

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
PROVINCES = frozenset(
    f"{number}"
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65))
    for number in range(first, last + 1)
) | {"71", "81", "82", "83", "91"}
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
# What may be an identity number inside a text.
IN_TEXT = re.compile(r"(?<!\d)\d(?:[ -]?\d){16}[ -]?[\dXx](?!\d)")
GUARDS = re.compile(r"[\s'\"\u2018\u2019\u201c\u201d\u200b\ufeff-]")


class BadIdentityNumber(DomainError):
    """The text is not a resident identity number."""

    message = _("This is not an 18-character resident identity number.")


class BadIdentityCharacters(BadIdentityNumber):
    """A character stands where only digits may, such as the letter O for a zero."""

    message = _(
        "The identity number has the character “%(character)s” at "
        "position %(position)s, where only digits are allowed: check the "
        "format."
    )


class BadIdentityEnd(BadIdentityNumber):
    """The last character is neither a digit nor the letter for ten."""

    message = _(
        "The identity number ends in “%(character)s”; only a digit or "
        "the letter X is allowed there: check the format."
    )


class BadIdentityLength(BadIdentityNumber):
    """Too few or too many characters."""

    message = _("The identity number has %(length)s characters; it must have 18.")


class BadIdentityPlace(BadIdentityNumber):
    """The first two digits are not a province code."""

    message = _("The identity number begins with a province code that does not exist.")


class BadIdentityDate(BadIdentityNumber):
    """The birth date inside is not a past day."""

    message = _("The birth date inside the identity number is not a real date.")


class BadIdentityCheck(BadIdentityNumber):
    """The last character does not fit the others."""

    message = _(
        "The check character of the identity number is wrong: a digit was mistyped."
        " Compare it with the card."
    )


class BadPhone(DomainError):
    """The text is not a mainland mobile number."""

    message = _("The mobile number is not 11 digits beginning with 1.")


def fold_text(text: str) -> str:
    """Fold full-width forms, and drop blanks, dashes and leading apostrophes."""
    return GUARDS.sub("", unicodedata.normalize("NFKC", text)).upper()


def check_character(first_seventeen: str) -> str:
    """Return the eighteenth character of an identity number (GB 11643, MOD 11-2)."""
    total = sum(int(c) * w for c, w in zip(first_seventeen, WEIGHTS, strict=True))
    return CHECK_CHARACTERS[total % 11]


def clean_identity_number(text: str) -> str:
    """Return the normalized number, or refuse it and say why."""
    number = fold_text(text)
    if len(number) != 18:
        raise BadIdentityLength(length=len(number))
    _refuse_characters(number)
    if number[:2] not in PROVINCES:
        raise BadIdentityPlace
    birth_date_of(number)
    if check_character(number[:17]) != number[17]:
        raise BadIdentityCheck
    return number


def names_identity_number(text: str) -> bool:
    """Whether a free text holds a valid identity number, perhaps with blanks inside."""
    narrow = unicodedata.normalize("NFKC", text)
    return any(_is_identity_number(found) for found in IN_TEXT.findall(narrow))


def _is_identity_number(text: str) -> bool:
    try:
        clean_identity_number(text)
    except DomainError:
        return False
    return True


def _refuse_characters(number: str) -> None:
    """Refuse anything but digits; the last character may be X."""
    for position, character in enumerate(number[:17], start=1):
        if not (character.isascii() and character.isdigit()):
            raise BadIdentityCharacters(character=character, position=position)
    if number[17] not in CHECK_CHARACTERS:
        raise BadIdentityEnd(character=number[17])


def birth_date_of(number: str) -> dt.date:
    """Return the birth date inside an identity number; refuse one after today."""
    try:
        day = dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError as error:
        raise BadIdentityDate from error
    if not dt.date(1900, 1, 1) <= day <= today():
        raise BadIdentityDate
    return day


def sex_of(number: str) -> str:
    """Return the sex inside an identity number: "1" male, "2" female (GB/T 2261.1)."""
    return "1" if int(number[16]) % 2 else "2"


def identity_columns(number: str) -> dict[str, Any]:
    """Return the columns derived from an identity number, itself included."""
    return {
        "id_number": number,
        "birth_date": birth_date_of(number),
        "sex": sex_of(number),
    }


def clean_phone(text: str) -> str:
    """Return a mainland mobile number as eleven digits, or refuse it."""
    match = re.fullmatch(r"(?:\+?86|0086)?(1[3-9]\d{9})", fold_text(text), re.ASCII)
    if match is None:
        raise BadPhone
    return match[1]


def is_phone(text: str) -> bool:
    """Whether the text reads as a mainland mobile number, however it is written."""
    try:
        clean_phone(text)
    except BadPhone:
        return False
    return True


def identity_index(number: str) -> str:
    """Return the blind index under which an identity number is found."""
    return blind_index(number, purpose="identity number")


def phone_index(phone: str) -> str:
    """Return the blind index under which a phone number is found."""
    return blind_index(clean_phone(phone), purpose="phone")


def is_credit_code(text: str) -> bool:
    """Whether the text is a unified social credit code (GB 32100, MOD 31)."""
    code = fold_text(text)
    if len(code) != 18 or any(c not in CREDIT_ALPHABET for c in code):
        return False
    total = sum(
        CREDIT_ALPHABET.index(c) * w
        for c, w in zip(code[:17], CREDIT_WEIGHTS, strict=True)
    )
    return CREDIT_ALPHABET[-total % 31] == code[17]


def mask_identity_number(number: str) -> str:
    """Mask all but the last four characters: more would reveal the number."""
    return f"{'*' * 14}{number[-4:]}"


def mask_phone(phone: str) -> str:
    """Mask all but the first three and the last four digits."""
    return f"{phone[:3]}****{phone[-4:]}"
