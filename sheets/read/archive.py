"""Zip archives, with limits on entries and on unpacked bytes."""

import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from sheets.read.errors import ENTRIES, DamagedFile, EncryptedFile, TooLarge
from sheets.read.limits import Limits, refuse_bytes

CHUNK = 16 * 1024  # small, so that few rows are in memory at a time
MAX_ENTRY_BYTES = 1024  # bytes of a directory entry; names of parts are short
ENCRYPTED = 0x1
METHODS = {
    zipfile.ZIP_STORED,
    zipfile.ZIP_DEFLATED,
}  # others may need any amount of memory
END = b"PK\x05\x06"
END_64 = b"PK\x06\x06"
LOCATOR_64 = b"PK\x06\x07"


class Archive:
    """The parts of one workbook file, by name; names differ in case and slashes."""

    def __init__(self, path: Path, limits: Limits) -> None:
        with path.open("rb") as file:
            _check_directory(file, limits)
        self.path = path
        self.limits = limits
        with zipfile.ZipFile(path) as archive:
            self.infos = {
                _normalize_name(info.filename): info for info in archive.infolist()
            }
        declared = sum(info.file_size for info in self.infos.values())
        if declared > limits.unpacked_bytes:
            refuse_bytes(limits.unpacked_bytes)

    def __contains__(self, part: str) -> bool:
        return _normalize_name(part) in self.infos

    def unpack(self, part: str) -> Iterator[bytes]:
        """Yield a part in chunks; refuse it when it exceeds the limits."""
        info = self.infos.get(_normalize_name(part))
        if info is None:
            raise DamagedFile
        if info.flag_bits & ENCRYPTED:
            raise EncryptedFile
        if info.compress_type not in METHODS:
            raise DamagedFile
        unpacked = 0
        with zipfile.ZipFile(self.path) as archive, archive.open(info) as stream:
            while chunk := stream.read(CHUNK):
                unpacked += len(chunk)
                if unpacked > self.limits.unpacked_bytes:
                    refuse_bytes(self.limits.unpacked_bytes)
                yield chunk


def _normalize_name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _check_directory(file: BinaryIO, limits: Limits) -> None:
    """Refuse a directory of thousands of entries before it is read into memory."""
    entries, size = _read_directory(file)
    if entries > limits.entries or size > limits.entries * MAX_ENTRY_BYTES:
        raise TooLarge(limit=limits.entries, what=ENTRIES)


def _read_directory(file: BinaryIO) -> tuple[int, int]:
    """Return the number of entries and the directory's bytes, as the archive states."""
    file.seek(0, 2)
    start = max(file.tell() - 66_000, 0)
    file.seek(start)
    tail = file.read()
    position = tail.rfind(END)
    if position < 0 or len(tail) < position + 22:
        raise DamagedFile
    entries, size = struct.unpack_from("<HI", tail, position + 10)
    if position >= 20 and tail[position - 20 : position - 16] == LOCATOR_64:
        (offset,) = struct.unpack_from("<Q", tail, position - 12)
        file.seek(offset)
        record = file.read(56)
        if not record.startswith(END_64) or len(record) < 56:
            raise DamagedFile
        entries, size = struct.unpack_from("<QQ", record, 32)
    return entries, size
