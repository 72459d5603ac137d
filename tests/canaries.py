"""Looks for secrets in clear wherever an installation leaves something behind.

Tables are read as the database holds them, sessions as what they mean, files as their
bytes and, where they are archives, as the bytes of what they pack.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.contrib.sessions.models import Session
from django.db import connection

FROM = "SELECT * FROM {table}"
MEANING = "what sessions mean"


def tables() -> Iterator[tuple[str, str]]:
    """Each table with its name, every value of it as text."""
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            name = connection.ops.quote_name(table)
            cursor.execute(FROM.format(table=name))
            yield table, "\n".join(map(text_of, cursor.fetchall()))
    sessions = (one.get_decoded() for one in Session.objects.iterator())
    yield MEANING, "\n".join(map(str, sessions))


def text_of(row: Iterable[object]) -> str:
    """A row as one text; bytes are read as characters."""
    return "\t".join(
        bytes(value).decode("latin-1")
        if isinstance(value, bytes | memoryview)
        else str(value)
        for value in row
    )


def files(folder: Path) -> Iterator[tuple[str, str]]:
    """Each file below a folder: its bytes, and those of what it packs."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            yield str(path), f"{path.name}\n{content.decode('latin-1')}"
            yield from packed(str(path), content)


def packed(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """What an archive packs, such as the sheets of a workbook."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.namelist():
                yield f"{name}: {part}", archive.read(part).decode("latin-1")


def found(
    canaries: Iterable[str], places: Iterable[tuple[str, str]]
) -> set[tuple[str, str]]:
    """Which canary stands in clear in which place."""
    known = set(canaries)
    return {
        (where, canary) for where, text in places for canary in known if canary in text
    }
