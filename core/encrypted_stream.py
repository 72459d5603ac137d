"""Encrypted files of any length, in chunks of AES-256-GCM.

A chunk is bound to its number and to whether it is the last one, so that a file which
was cut, reordered or extended is refused. Every file has a key of its own, so a chunk's
number can serve as its nonce.
"""

from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

CHUNK = 64 * 1024
TAG = 16
SALT = 16


class DamagedStream(Exception):
    """The bytes are not what was written, or the key is another one."""


def derive_key(secret: bytes, salt: bytes, purpose: str) -> bytes:
    """Return the key of one file, from a secret and the file's own salt."""
    info = purpose.encode()
    return HKDF(hashes.SHA256(), length=32, salt=salt, info=info).derive(secret)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class EncryptedWriter:
    """Writes what it is given to the target, encrypted; `close` writes the last chunk.

    The target stays open. A stream that was never closed cannot be read.
    """

    def __init__(self, target: BinaryIO, key: bytes) -> None:
        self.target = target
        self.cipher = AESGCM(key)
        self.number = 0
        self.waiting = bytearray()

    def write(self, body: bytes) -> None:
        """Encrypt whole chunks, and keep the rest for the next call."""
        self.waiting += body
        while len(self.waiting) > CHUNK:
            self._write_chunk(bytes(self.waiting[:CHUNK]), last=False)
            del self.waiting[:CHUNK]

    def close(self) -> None:
        """Write the last chunk, which marks the end."""
        self._write_chunk(bytes(self.waiting), last=True)
        self.waiting.clear()

    def _write_chunk(self, body: bytes, *, last: bool) -> None:
        nonce = _nonce(self.number, last=last)
        self.target.write(self.cipher.encrypt(nonce, body, None))
        self.number += 1


def iter_decrypted(source: BinaryIO, key: bytes) -> Iterator[bytes]:
    """Yield the plain chunks from the source's position on; refuse damaged ones."""
    cipher, number = AESGCM(key), 0
    chunk = source.read(CHUNK + TAG)
    while chunk:
        following = source.read(CHUNK + TAG)
        nonce = _nonce(number, last=not following)
        try:
            yield cipher.decrypt(nonce, chunk, None)
        except InvalidTag as error:
            raise DamagedStream from error
        chunk, number = following, number + 1
    if not number:
        raise DamagedStream
