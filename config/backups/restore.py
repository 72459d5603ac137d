"""Restore a backup into an empty installation, after it was checked as a whole."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection

from config.backups.archive import check_archive, iter_parts, open_key
from config.backups.backup import DATABASE, SUFFIX
from config.backups.databases import (
    find_tool,
    load_postgresql,
    load_sqlite,
    refuse_filled_database,
)
from config.backups.errors import NotEqual, NothingToRestore
from config.backups.files import FOLDER, refuse_filled_folder, restore_file
from config.backups.manifest import changed_tables, refuse_unsuitable


def choose_backup(path: Path) -> Path:
    """Return the backup itself, or the newest one of a folder."""
    if path.is_file():
        return path
    backups = sorted(path.glob(f"jiedao-*{SUFFIX}"))
    if not backups:
        raise NothingToRestore(folder=path)
    return backups[-1]


def restore_backup(path: Path, private_key: bytes) -> dict[str, Any]:
    """Restore a backup; nothing is written before everything was checked.

    The tables are compared with what the backup says of them, then the migrations of a
    newer version follow.
    """
    key = open_key(path, private_key)
    manifest = check_archive(path, key)
    refuse_unsuitable(manifest)
    refuse_filled_database()
    refuse_filled_folder()
    if connection.vendor == "postgresql":
        find_tool("pg_restore")
    for name, chunks in iter_parts(path, key):
        _restore_part(name, chunks)
    if changed := changed_tables(manifest):
        raise NotEqual(names="、".join(changed[:5]))
    call_command("migrate", interactive=False, verbosity=0)
    return manifest


def _restore_part(name: str, chunks: Iterator[bytes]) -> None:
    if name == DATABASE and connection.vendor == "postgresql":
        load_postgresql(chunks)
    elif name == DATABASE:
        load_sqlite(chunks)
    elif name.startswith(FOLDER):
        restore_file(name.removeprefix(FOLDER), chunks)
