"""The backup file: named parts in one encrypted stream, for a recipient's public key.

Making a backup needs the public key alone, so the server that is backed up
cannot read the backups of before.
"""

import base64
import hashlib
import json
import os
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.hazmat.primitives.asymmetric.x25519 import (
    X25519PrivateKey,
    X25519PublicKey,
)

from config.backups.errors import DamagedBackup, NotForThisKey, WrongKeyText
from core.encrypted_stream import (
    SALT,
    DamagedStream,
    EncryptedWriter,
    derive_key,
    iter_decrypted,
)

MAGIC = b"JIEDAO-BACKUP-1\n"
PURPOSE = "backup"
KEY = 32  # bytes of a key of X25519
LENGTH = struct.Struct(">I")
MANIFEST = "manifest.json"


def parse_key(text: str) -> bytes:
    """Return the bytes of a key as it is written down; refuse anything else."""
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except ValueError as error:
        raise WrongKeyText from error
    if len(key) != KEY:
        raise WrongKeyText
    return key


def format_key(key: bytes) -> str:
    """Return a key as it is written down."""
    return base64.b64encode(key).decode()


def make_key_pair() -> tuple[str, str]:
    """Return a new private key and the public key that belongs to it."""
    private = X25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    return format_key(private.private_bytes_raw()), format_key(public)


@dataclass
class ArchiveWriter:
    """Writes the parts of a backup, and keeps size and digest of each."""

    target: BinaryIO
    recipient: bytes
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        private = X25519PrivateKey.generate()
        shared = private.exchange(X25519PublicKey.from_public_bytes(self.recipient))
        salt = os.urandom(SALT)
        self.key = derive_key(shared, salt, PURPOSE)
        sender = private.public_key().public_bytes_raw()
        self.target.write(MAGIC + sender + self.recipient + salt)
        self.stream = EncryptedWriter(self.target, self.key)

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write one part."""
        header = json.dumps({"name": name}).encode()
        self.stream.write(LENGTH.pack(len(header)) + header)
        digest, size = hashlib.sha256(), 0
        for chunk in chunks:
            if chunk:
                self.stream.write(LENGTH.pack(len(chunk)) + chunk)
                digest.update(chunk)
                size += len(chunk)
        self.stream.write(LENGTH.pack(0))
        self.parts[name] = {"size": size, "sha256": digest.hexdigest()}

    def close(self, manifest: dict[str, Any]) -> None:
        """Write the manifest as the last part, and the end."""
        body = json.dumps({**manifest, "parts": self.parts}, ensure_ascii=False)
        self.add(MANIFEST, [body.encode()])
        self.stream.close()


def open_key(path: Path, private_key: bytes) -> bytes:
    """Return the key of a backup's content, from the recipient's private key."""
    private = X25519PrivateKey.from_private_bytes(private_key)
    with path.open("rb") as source:
        header = source.read(len(MAGIC) + 2 * KEY + SALT)
    if not header.startswith(MAGIC) or len(header) < len(MAGIC) + 2 * KEY + SALT:
        raise DamagedBackup(name=path.name)
    sender, recipient = header[len(MAGIC) :][:KEY], header[len(MAGIC) + KEY :][:KEY]
    if recipient != private.public_key().public_bytes_raw():
        raise NotForThisKey(name=path.name)
    shared = private.exchange(X25519PublicKey.from_public_bytes(sender))
    return derive_key(shared, header[-SALT:], PURPOSE)


class _Reader:
    """Reads so many bytes from the stream of a backup; refuses one that ends early."""

    def __init__(self, chunks: Iterator[bytes], name: str) -> None:
        self.chunks = chunks
        self.name = name
        self.waiting = bytearray()

    def has_more(self) -> bool:
        """Whether the stream goes on."""
        self._fill(1)
        return bool(self.waiting)

    def read(self, size: int) -> bytes:
        """Return exactly so many bytes."""
        self._fill(size)
        if len(self.waiting) < size:
            raise DamagedBackup(name=self.name)
        body = bytes(self.waiting[:size])
        del self.waiting[:size]
        return body

    def read_length(self) -> int:
        """Return the length that precedes a header or a block."""
        length: int = LENGTH.unpack(self.read(LENGTH.size))[0]
        return length

    def _fill(self, size: int) -> None:
        try:
            while len(self.waiting) < size:
                self.waiting += next(self.chunks)
        except StopIteration:
            return
        except DamagedStream as error:
            raise DamagedBackup(name=self.name) from error


def iter_parts(path: Path, key: bytes) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield each part's name and chunks; what the caller leaves is passed over."""
    with path.open("rb") as source:
        source.seek(len(MAGIC) + 2 * KEY + SALT)
        reader = _Reader(iter_decrypted(source, key), path.name)
        while reader.has_more():
            header = reader.read(reader.read_length())
            chunks = _iter_blocks(reader)
            yield json.loads(header)["name"], chunks
            for _chunk in chunks:
                pass


def _iter_blocks(reader: _Reader) -> Iterator[bytes]:
    while (size := reader.read_length()) > 0:
        yield reader.read(size)


def check_archive(path: Path, key: bytes) -> dict[str, Any]:
    """Read a whole backup, compare every part with the manifest, and return that."""
    found: dict[str, dict[str, Any]] = {}
    manifest: dict[str, Any] = {}
    for name, chunks in iter_parts(path, key):
        if name == MANIFEST:
            manifest = json.loads(b"".join(chunks))
            continue
        digest, size = hashlib.sha256(), 0
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
        found[name] = {"size": size, "sha256": digest.hexdigest()}
    if not manifest or found != manifest["parts"]:
        raise DamagedBackup(name=path.name)
    return manifest
