"""Dump and load the database, with PostgreSQL's own programs or SQLite's own copy."""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from django.db import connection

from config.backups.errors import (
    CannotWrite,
    DatabaseToolFailed,
    MayNotRead,
    NotEmpty,
    ToolMissing,
)

CHUNK = 1024 * 1024
UNREADABLE = """
SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND (
  relkind IN ('r', 'p') AND NOT has_table_privilege(oid, 'SELECT')
  OR relkind = 'S' AND NOT has_sequence_privilege(oid, 'SELECT'))
"""
DIGEST = """
SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text
FROM {table} AS t
"""
LOAD = (
    *("pg_restore", "--exit-on-error", "--single-transaction", "--no-owner"),
    *("--no-privileges", "--no-comments", "--dbname"),
)


def find_tool(name: str) -> str:
    """Return the path of one of PostgreSQL's programs."""
    path = shutil.which(name)
    if path is None:
        raise ToolMissing(name=name)
    return path


def _environment() -> dict[str, str]:
    """Return the environment in which PostgreSQL's programs find the database."""
    at = connection.settings_dict
    values = {
        "PGHOST": at["HOST"],
        "PGPORT": str(at["PORT"] or ""),
        "PGUSER": at["USER"],
        "PGPASSWORD": at["PASSWORD"],
        "PGDATABASE": at["NAME"],
    }
    return {**os.environ, **{k: v for k, v in values.items() if v}}


def refuse_other_roles() -> None:
    """Refuse a role that may not read everything: its dump would be empty."""
    with connection.cursor() as cursor:
        cursor.execute(UNREADABLE)
        (count,) = cursor.fetchone()
    if count:
        raise MayNotRead(role=connection.settings_dict["USER"], count=count)


def describe_tables() -> dict[str, list[Any]]:
    """Return the number of rows of each table, on PostgreSQL with a digest of them."""
    names = sorted(connection.introspection.table_names())
    on_postgresql = connection.vendor == "postgresql"
    query = DIGEST if on_postgresql else "SELECT count(*) FROM {table}"
    described = {}
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(query.format(table=connection.ops.quote_name(name)))
            described[name] = list(cursor.fetchone())
    return described


def dump_postgresql() -> Iterator[bytes]:
    """Yield a dump of the snapshot that the open transaction reads."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
    command = [find_tool("pg_dump"), "--format=custom", f"--snapshot={snapshot}"]
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(  # noqa: S603 -- PostgreSQL's own, no shell
            command, env=_environment(), stdout=subprocess.PIPE, stderr=errors
        )
        with process:
            assert process.stdout is not None  # noqa: S101 -- PIPE was asked for
            while chunk := process.stdout.read(CHUNK):
                yield chunk
        _refuse_failure("pg_dump", process.wait(), errors)


def _refuse_failure(name: str, code: int, errors: IO[bytes]) -> None:
    if code:
        errors.seek(0)
        reason = errors.read(2000).decode(errors="replace").strip()
        raise DatabaseToolFailed(name=name, reason=reason or f"exit status {code}")


def _feed(command: list[str], chunks: Iterable[bytes]) -> str:
    """Run a program on the chunks as its input; return what it printed."""
    with tempfile.TemporaryFile() as errors, tempfile.TemporaryFile() as output:
        process = subprocess.Popen(  # noqa: S603 -- PostgreSQL's own, no shell
            [find_tool(command[0]), *command[1:]],
            env=_environment(),
            bufsize=0,  # closing then writes nothing, and cannot fail
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=errors,
        )
        # A program that has read enough, or failed, may end before its input does.
        with process, suppress(BrokenPipeError):
            assert process.stdin is not None  # noqa: S101 -- PIPE was asked for
            for chunk in chunks:
                _write_whole(process.stdin, chunk)
        _refuse_failure(command[0], process.wait(), errors)
        output.seek(0)
        return output.read().decode()


def _write_whole(target: IO[bytes], chunk: bytes) -> None:
    """Write a chunk to a pipe, which takes a part of it at a time."""
    left = memoryview(chunk)
    while left:
        left = left[target.write(left) :]


def count_dumped_tables(chunks: Iterable[bytes]) -> int:
    """Return how many tables' rows a dump holds, as PostgreSQL itself reads it."""
    listing = _feed(["pg_restore", "--list"], chunks)
    return listing.count(" TABLE DATA ")


def load_postgresql(chunks: Iterable[bytes]) -> None:
    """Load a dump into the empty database, wholly or not at all."""
    _feed([*LOAD, connection.settings_dict["NAME"]], chunks)


def copy_sqlite(folder: Path) -> Path:
    """Write a copy of the running database into a folder, and return its path.

    SQLite copies for a connection that does not write itself; the caller's transaction
    keeps the others from writing.
    """
    path = folder / "db.sqlite3"
    source = sqlite3.connect(connection.settings_dict["NAME"])
    copy = sqlite3.connect(path)
    try:
        source.backup(copy)
    except sqlite3.Error as error:
        raise CannotWrite(reason=str(error)) from error
    finally:
        copy.close()
        source.close()
    path.chmod(0o600)
    return path


def read_chunks(path: Path) -> Iterator[bytes]:
    """Yield the bytes of a file."""
    with path.open("rb") as source:
        while chunk := source.read(CHUNK):
            yield chunk


def load_sqlite(chunks: Iterable[bytes]) -> None:
    """Put a copy in the place of the database; nothing else may use it meanwhile."""
    path = Path(connection.settings_dict["NAME"])
    connection.close()
    partial = path.with_name(f".{path.name}.partial")
    try:
        with partial.open("wb") as target:
            partial.chmod(0o600)
            for chunk in chunks:
                target.write(chunk)
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        partial.rename(path)
    finally:
        partial.unlink(missing_ok=True)


def refuse_filled_database() -> None:
    """Refuse to restore over tables."""
    if connection.introspection.table_names():
        raise NotEmpty(what=str(connection.settings_dict["NAME"]))
