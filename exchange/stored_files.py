"""The bytes of attachments on disk: encrypted, and either complete or absent."""

import base64
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from core.encrypted_stream import (
    SALT,
    DamagedStream,
    EncryptedWriter,
    derive_key,
    iter_decrypted,
)
from exchange.errors import FileMissing, FileUnreadable, StorageFull

MAGIC = b"JIEDAO-FILE-1\n"
PURPOSE = "attachment "
# The group of the service's user may read, whatever the umask: backups have a user of
# their own. The bytes are encrypted.
FOLDER_MODE, FILE_MODE = 0o750, 0o640


def _file_key(key_name: str, salt: bytes, stored_name: str) -> bytes:
    pairs = dict(item.split(":", 1) for item in settings.FIELD_KEYS)
    if key_name not in pairs:
        raise FileUnreadable
    secret = base64.b64decode(pairs[key_name])
    return derive_key(secret, salt, PURPOSE + stored_name)


def make_folder(path: Path) -> None:
    """Make a folder for files, if it is not there yet."""
    if not path.is_dir():
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(FOLDER_MODE)


def write_file(path: Path, body: bytes) -> None:
    """Write the bytes encrypted; a full disk is refused and leaves no file.

    The file gets its name when it is complete, so that no reader sees a partial one.
    """
    name = settings.FIELD_KEYS[0].split(":", 1)[0]
    salt = os.urandom(SALT)
    partial = path.with_name(f".{path.name}.partial")
    try:
        make_folder(path.parent)
        with partial.open("xb") as target:
            partial.chmod(FILE_MODE)
            target.write(MAGIC + bytes([len(name)]) + name.encode() + salt)
            writer = EncryptedWriter(target, _file_key(name, salt, path.name))
            writer.write(body)
            writer.close()
            target.flush()
            os.fsync(target.fileno())
        partial.rename(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise StorageFull from error


def read_file(path: Path) -> bytes:
    """Return the plain bytes; files from before the encryption are read as they are."""
    try:
        with path.open("rb") as source:
            if source.read(len(MAGIC)) != MAGIC:
                source.seek(0)
                return source.read()
            return _decrypt(source, path.name)
    except FileNotFoundError as error:
        raise FileMissing from error
    except (OSError, DamagedStream) as error:
        raise FileUnreadable from error


def _decrypt(source: BinaryIO, stored_name: str) -> bytes:
    key_name = source.read(source.read(1)[0]).decode()
    key = _file_key(key_name, source.read(SALT), stored_name)
    return b"".join(iter_decrypted(source, key))


def encrypt_files_again(newest: str) -> int:
    """Write every file again that is not encrypted under the newest key."""
    count = 0
    for path in Path(settings.ATTACHMENT_DIR).glob("??/*"):
        if path.name.startswith(".") or _key_name(path) == newest:
            continue
        with suppress(FileMissing):  # cleared away meanwhile
            write_file(path, read_file(path))
            count += 1
    return count


def _key_name(path: Path) -> str:
    """Return the name of a file's key; nothing for a plain or a missing file."""
    with suppress(FileNotFoundError), path.open("rb") as source:
        if source.read(len(MAGIC)) == MAGIC:
            return source.read(source.read(1)[0]).decode()
    return ""


@contextmanager
def open_plain_copy(path: Path) -> Iterator[Path]:
    """Yield the path of a plain copy for readers that need one, gone after the block.

    On Linux the copy is in memory and has no name, so that a worker that is killed
    leaves nothing behind; elsewhere it is a temporary file.
    """
    with hold_plain_copy(read_file(path)) as copy:
        yield copy


@contextmanager
def hold_plain_copy(body: bytes) -> Iterator[Path]:
    """Yield the path of bytes that are not stored yet, gone after the block."""
    if not hasattr(os, "memfd_create"):
        with tempfile.NamedTemporaryFile() as copy:
            copy.write(body)
            copy.flush()
            yield Path(copy.name)
        return
    with os.fdopen(os.memfd_create("sheet"), "wb") as copy:
        copy.write(body)
        copy.flush()
        yield Path(f"/proc/{os.getpid()}/fd/{copy.fileno()}")


def read_upload(chunks: Iterator[bytes], limit: int) -> tuple[BytesIO, int]:
    """Return the beginning of an upload, at most the limit, and its size so far."""
    body, size = BytesIO(), 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            break
        body.write(chunk)
    return body, size
