"""Secrets at rest: AES-256-GCM with numbered keys, and blind indexes for equality.

An encrypted text names its key, so keys can be rotated one row at a time; it is bound
to its table and column, so a value cannot be moved to another column unnoticed.
"""

import base64
import functools
import hashlib
import hmac
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.signals import setting_changed

NONCE = 12


@functools.cache
def _ciphers() -> dict[str, AESGCM]:
    pairs = (item.split(":", 1) for item in settings.FIELD_KEYS)
    return {name: AESGCM(base64.b64decode(key)) for name, key in pairs}


@functools.cache
def _blind_key() -> bytes:
    return base64.b64decode(settings.BLIND_KEY)


def _clear_cached_keys(*, setting: str, **_kwargs: object) -> None:
    if setting in {"FIELD_KEYS", "BLIND_KEY"}:
        _ciphers.cache_clear()
        _blind_key.cache_clear()


setting_changed.connect(_clear_cached_keys, dispatch_uid="core.crypto")


def encrypt(text: str, *, place: str) -> str:
    """Encrypt a text for its place (`table.column`) with the newest key."""
    name = settings.FIELD_KEYS[0].split(":", 1)[0]
    nonce = os.urandom(NONCE)
    sealed = _ciphers()[name].encrypt(nonce, text.encode(), place.encode())
    return f"1${name}${base64.b64encode(nonce + sealed).decode()}"


def decrypt(sealed: str, *, place: str) -> str:
    """Decrypt a text of the place; a wrong key or place raises InvalidTag."""
    _version, name, body = sealed.split("$", 2)
    raw = base64.b64decode(body)
    return _ciphers()[name].decrypt(raw[:NONCE], raw[NONCE:], place.encode()).decode()


def blind_index(text: str, *, purpose: str) -> str:
    """Digest a normalised text, so that equal values are found without decryption."""
    body = f"{purpose}\0{text}".encode()
    return hmac.new(_blind_key(), body, hashlib.sha256).hexdigest()
