"""Secrets at rest: AES-256-GCM with numbered keys, and blind indexes for equality.

An encrypted text names its key, so keys can be rotated one row at a time; it is bound
to its table and column, so a value cannot be moved to another column unnoticed.
"""

import base64
import functools
import hashlib
import hmac
import os
from collections.abc import Iterator

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.signals import setting_changed
from django.utils.translation import gettext

NONCE = 12
KEY_BYTES = 32


@functools.cache
def _ciphers() -> dict[str, AESGCM]:
    pairs = (item.split(":", 1) for item in settings.FIELD_KEYS)
    return {name: AESGCM(base64.b64decode(key)) for name, key in pairs}


@functools.cache
def _blind_key() -> bytes:
    return base64.b64decode(settings.BLIND_KEY)


@functools.cache
def digest_key() -> bytes:
    """Return the key of digests and seals, which is derived from the blind key.

    It is a key of its own, so that no digest of a row is ever a blind index; it is
    derived, so that an installation has no further key to keep.
    """
    return hmac.digest(_blind_key(), b"jiedao digests and seals", "sha256")


def keyed_digest(text: str) -> str:
    """Digest a text with the key of digests and seals."""
    return hmac.digest(digest_key(), text.encode(), "sha256").hex()


def _clear_cached_keys(*, setting: str, **_kwargs: object) -> None:
    if setting in {"FIELD_KEYS", "BLIND_KEY"}:
        _ciphers.cache_clear()
        _blind_key.cache_clear()
        digest_key.cache_clear()


setting_changed.connect(_clear_cached_keys, dispatch_uid="core.crypto")


def field_key_names() -> list[str]:
    """Return the names of the keys that encrypt columns, the newest first."""
    return [item.split(":", 1)[0] for item in settings.FIELD_KEYS]


def find_malformed_keys() -> Iterator[str]:
    """Yield a sentence for each key that is empty, no base64 or of a wrong length."""
    if not settings.FIELD_KEYS:
        yield gettext("FIELD_KEYS is empty: set at least one key, as name:key.")
    for number, item in enumerate(settings.FIELD_KEYS, start=1):
        name, _colon, key = item.partition(":")
        if not name or not _is_key(key):
            yield gettext(
                "Key number %(number)d of FIELD_KEYS is damaged: it must be name:key,"
                " the key 32 bytes in base64."
            ) % {"number": number}
    if not _is_key(settings.BLIND_KEY):
        yield gettext("BLIND_KEY is missing or damaged: it must be 32 bytes in base64.")


def _is_key(text: str) -> bool:
    try:
        return len(base64.b64decode(text, validate=True)) == KEY_BYTES
    except ValueError:
        return False


def encrypt(text: str, *, context: str, key: str = "") -> str:
    """Encrypt a text for its place (`table.column`), by default with the newest key."""
    name = key or field_key_names()[0]
    nonce = os.urandom(NONCE)
    sealed = _ciphers()[name].encrypt(nonce, text.encode(), context.encode())
    return f"{prefix_of(name)}{base64.b64encode(nonce + sealed).decode()}"


def prefix_of(name: str) -> str:
    """Return what every text begins with that is encrypted under the named key."""
    return f"1${name}$"


def decrypt(sealed: str, *, context: str) -> str:
    """Decrypt a text of the place; a wrong key or place raises InvalidTag."""
    _version, name, body = sealed.split("$", 2)
    raw = base64.b64decode(body)
    return _ciphers()[name].decrypt(raw[:NONCE], raw[NONCE:], context.encode()).decode()


def blind_index(text: str, *, purpose: str) -> str:
    """Digest a normalised text, so that equal values are found without decryption."""
    body = f"{purpose}\0{text}".encode()
    return hmac.new(_blind_key(), body, hashlib.sha256).hexdigest()
