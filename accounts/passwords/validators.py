"""The rules for passwords, in the form that Django's settings name."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password, is_password_usable
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.passwords.numbers import (
    birthday_forms,
    lone_birthday_forms,
    named_birthday_forms,
    phone_parts,
)
from accounts.passwords.patterns import is_mobile_number, is_repetition, is_walk
from accounts.passwords.spelling import (
    cores,
    letters_of,
    read_digits,
    spellings,
)
from accounts.passwords.surroundings import numbers_of, words_known_of

CHINESE_LIST = Path(__file__).with_name("common_chinese.txt")
SHORTEST_COMMON = 4
PARTICLES = ("wo", "ni", "ta", "men", "ai", "de", "hao", "shi", "zai", "hen", "xin")


class Rule:
    """One rule: it refuses a password with a sentence, and says beforehand what for."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise `ValidationError` with the reason if the password breaks the rule."""
        if self.is_broken(password, user):
            raise ValidationError(self.reason(), code=type(self).__name__)

    def is_broken(self, password: str, user: Any) -> bool:
        """Whether the password breaks the rule; override."""
        raise NotImplementedError

    def reason(self) -> str:
        """Return the sentence for the person; override."""
        raise NotImplementedError

    def get_help_text(self) -> str:
        """Return the rule as advice: by default the reason."""
        return self.reason()


@cache
def common_passwords() -> frozenset[str]:
    """Return Django's 20,000 commonest passwords and those common in China."""
    lines = CHINESE_LIST.read_text(encoding="utf-8").splitlines()
    chinese = {line.strip() for line in lines if not line.startswith("#")}
    common: set[str] = CommonPasswordValidator().passwords
    return frozenset(common | chinese - {""})


@cache
def common_phrases() -> re.Pattern[str]:
    """Return the pattern of up to three words of the Chinese list, with particles.

    woaizuguo and women_ai_zhongguo are such phrases.
    """
    lines = CHINESE_LIST.read_text(encoding="utf-8").splitlines()
    words = {line.strip() for line in lines if line.strip().isalpha()}
    long = "|".join(sorted(word for word in words if len(word) >= SHORTEST_COMMON))
    small = f"(?:{'|'.join(PARTICLES)})"
    return re.compile(f"{small}*(?:(?:{long}){small}*){{1,3}}[a-z]{{0,2}}")


class NotCommon(Rule):
    """Not one of the commonest passwords, whatever digits and signs stand around it."""

    def is_broken(self, password: str, user: Any) -> bool:
        forms = {password.casefold()} | spellings(password) | cores(password)
        if any(common_phrases().fullmatch(letters_of(form)) for form in forms):
            return True
        return any(
            len(form) >= SHORTEST_COMMON and form in common_passwords()
            for form in forms
        )

    def reason(self) -> str:
        return _("This is one of the commonest passwords, or has hardly more in it.")

    def get_help_text(self) -> str:
        return _("It is none of the commonest passwords, with or without digits added.")


class NoPattern(Rule):
    """No repetition, no walk over the keyboard, no sequence, no mere phone number."""

    def is_broken(self, password: str, user: Any) -> bool:
        return any(
            is_pattern(password)
            for is_pattern in (is_repetition, is_walk, is_mobile_number)
        )

    def reason(self) -> str:
        return _(
            "The password is a repetition, a row of neighbouring keys, or hardly more"
            " than a phone number."
        )

    def get_help_text(self) -> str:
        return _("It is no repetition and no row of neighbouring keys.")


class NothingPersonal(Rule):
    """Nothing that others know: names, places, the system, birthday, phone."""

    def is_broken(self, password: str, user: Any) -> bool:
        forms, ends = spellings(password), cores(password)
        words = words_known_of(user)
        if any(words.found_in(forms, ends)) or words.is_most_of(password):
            return True
        return self.has_own_number(password, forms, user)

    def has_own_number(self, password: str, forms: set[str], user: Any) -> bool:
        """Whether a birthday, phone or identity number of the person is in it."""
        digits = read_digits(password)
        days, numbers = numbers_of(user, digits)
        parts = {part for day in days for part in birthday_forms(day)}
        parts |= {part for number in numbers for part in phone_parts(number)}
        named = {part for day in days for part in named_birthday_forms(day)}
        alone = {part for day in days for part in lone_birthday_forms(day)}
        return (
            any(part in digits for part in parts)
            or any(part in form for part in named for form in forms)
            or digits in alone
        )

    def reason(self) -> str:
        return _(
            "The password contains a name, a birthday or a number of yours, or the name"
            " of the place or of this system."
        )

    def get_help_text(self) -> str:
        return _(
            "It contains no name, birthday or phone number of yours and no name of the"
            " place or of this system."
        )


class NotUsedBefore(Rule):
    """None of the passwords that the person had last."""

    def __init__(self, last: int | None = None) -> None:
        self.last = settings.PASSWORDS_REMEMBERED if last is None else last

    def is_broken(self, password: str, user: Any) -> bool:
        if getattr(user, "pk", None) is None:
            return False
        former = user.former_passwords.order_by("-pk").values_list("hash", flat=True)
        hashes = dict.fromkeys([user.password, *former[: self.last]])
        return any(
            is_password_usable(digest) and check_password(password, digest)
            for digest in hashes
            if digest
        )

    def reason(self) -> str:
        text = _("This is one of your last %(last)s passwords: choose a new one.")
        return text % {"last": self.last}

    def get_help_text(self) -> str:
        return _("It is none of your last %(last)s passwords.") % {"last": self.last}
