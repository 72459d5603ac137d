"""Whether the keys of the environment are those of this database."""

from collections.abc import Iterator
from typing import Any

from cryptography.exceptions import InvalidTag
from django.apps import AppConfig
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from accounts.models import KeyCheck
from core.crypto import (
    blind_index,
    decrypt,
    encrypt,
    field_key_names,
    find_malformed_keys,
)
from core.db.encrypted_rows import is_key_in_use
from core.identity import identity_index
from members.models import Member

CHECK_CONTEXT = "accounts_keycheck.sealed"
KNOWN_TEXT = "jiedao"
BLIND = "BLIND_KEY"


def find_key_problems() -> Iterator[str]:
    """Yield a sentence for each key that is damaged, missing or not the right one."""
    malformed = list(find_malformed_keys())
    yield from malformed
    if malformed:
        return
    for check in KeyCheck.objects.all():
        if check.name == BLIND:
            yield from _blind_key_problems(check)
        else:
            yield from _field_key_problems(check)


def _blind_key_problems(check: KeyCheck) -> Iterator[str]:
    if check.sealed != _blind_sample():
        yield _(
            "BLIND_KEY is not the key of this database: members would not be found by"
            " their numbers. Set the key that the database began with."
        )


def _field_key_problems(check: KeyCheck) -> Iterator[str]:
    if check.name not in field_key_names():
        yield _(
            "FIELD_KEYS lacks the key “%(name)s”, which sealed numbers in this"
            " database. Add it again; nothing was changed."
        ) % {"name": check.name}
    elif not _opens(check.sealed):
        yield _(
            "The key “%(name)s” in FIELD_KEYS does not open what it sealed in this"
            " database. Set the right key; nothing was changed."
        ) % {"name": check.name}


def remember_keys(sender: AppConfig | None = None, **_kwargs: Any) -> None:
    """Leave a known text under each key that has none yet, if the key is right.

    Called after `migrate` and at start-up, when a key may be new. An old key under
    which nothing is encrypted any more is not remembered, so that it can be taken out.
    """
    if any(find_malformed_keys()) or not _fit_the_members():
        return
    known = set(KeyCheck.objects.values_list("name", flat=True))
    newest, *older = field_key_names()
    for name in [newest, *filter(is_key_in_use, set(older) - known)]:
        if name not in known:
            sealed = encrypt(KNOWN_TEXT, context=CHECK_CONTEXT, key=name)
            KeyCheck.objects.get_or_create(name=name, defaults={"sealed": sealed})
    if BLIND not in known:
        KeyCheck.objects.get_or_create(name=BLIND, defaults={"sealed": _blind_sample()})


def require_right_keys() -> None:
    """Stop a command that would write with a wrong key."""
    if problems := list(find_key_problems()):
        raise CommandError("\n".join(problems))


def _blind_sample() -> str:
    return blind_index(KNOWN_TEXT, purpose="key check")


def _opens(sealed: str) -> bool:
    try:
        return decrypt(sealed, context=CHECK_CONTEXT) == KNOWN_TEXT
    except (InvalidTag, KeyError, ValueError):
        return False


def _fit_the_members() -> bool:
    """Whether a member's number is read and found; true where there is no member.

    A database of before has no known text: a wrong key must not leave one.
    """
    try:
        member = Member.objects.order_by("pk").first()
    except (InvalidTag, KeyError):
        return False
    return member is None or identity_index(str(member.id_number)) == member.id_index
