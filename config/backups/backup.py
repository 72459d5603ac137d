"""Write a backup: one snapshot of the database with its files, read back at the end."""

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from config.backups.archive import ArchiveWriter, check_archive, iter_parts, parse_key
from config.backups.databases import (
    copy_sqlite,
    count_dumped_tables,
    dump_postgresql,
    find_tool,
    read_chunks,
    refuse_other_roles,
)
from config.backups.errors import CannotWrite, NoRecipient, NotAsWritten
from config.backups.files import FOLDER, hold_files, link_files, names_of_kept_files
from config.backups.manifest import describe_installation
from core.db.locks import one_snapshot
from core.file_errors import say_reason

SUFFIX = ".backup"
DATABASE = "database"


def write_backup(folder: Path) -> tuple[Path, dict[str, Any]]:
    """Write one backup into the folder; return its path and what it says of itself.

    The file gets its name when it is complete and has been read back.
    """
    if not settings.BACKUP_RECIPIENT:
        raise NoRecipient
    recipient = parse_key(settings.BACKUP_RECIPIENT)
    if connection.vendor == "postgresql":
        find_tool("pg_dump")
        find_tool("pg_restore")
        refuse_other_roles()
    name = f"jiedao-{timezone.now():%Y%m%dT%H%M%SZ}{SUFFIX}"
    partial = folder / f".{name}.partial"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        manifest = _write(partial, recipient)
        partial.rename(folder / name)
    except OSError as error:
        raise CannotWrite(reason=say_reason(error)) from error
    finally:
        _remove(partial)
    return folder / name, manifest


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return  # the folder cannot be written at all, so nothing was left in it


def _write(path: Path, recipient: bytes) -> dict[str, Any]:
    with path.open("xb") as target, hold_files(path.parent) as held:
        path.chmod(0o600)
        archive = ArchiveWriter(target, recipient)
        if connection.vendor == "postgresql":
            manifest = _write_postgresql(archive, held)
        else:
            manifest = _write_sqlite(archive, held)
        target.flush()
    _read_back(path, archive, manifest)
    return manifest


def _write_postgresql(archive: ArchiveWriter, held: Path) -> dict[str, Any]:
    with one_snapshot():
        described = describe_installation()
        names = names_of_kept_files()
        link_files(held)  # those that came between the first look and the snapshot
        archive.add(DATABASE, dump_postgresql())
    return _write_files(archive, held, names, described)


def _write_sqlite(archive: ArchiveWriter, held: Path) -> dict[str, Any]:
    """Copy the database while writers wait: a SQLite transaction is a snapshot."""
    beside = Path(connection.settings_dict["NAME"]).parent
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=beside) as folder:
        with one_snapshot():
            described = describe_installation()
            names = names_of_kept_files()
            link_files(held)
            copy = copy_sqlite(Path(folder))
        archive.add(DATABASE, read_chunks(copy))
    return _write_files(archive, held, names, described)


def _write_files(
    archive: ArchiveWriter, held: Path, names: list[str], described: dict[str, Any]
) -> dict[str, Any]:
    there = [name for name in names if (held / name).exists()]
    for name in there:
        archive.add(f"{FOLDER}{name}", read_chunks(held / name))
    missing = sorted({*names} - {*there})
    manifest = {**described, "files": len(there), "missing_files": missing}
    archive.close(manifest)
    return manifest


def _read_back(path: Path, archive: ArchiveWriter, manifest: dict[str, Any]) -> None:
    """Decrypt the file with the key it was written with, and look at every part."""
    found = check_archive(path, archive.key)
    if found["parts"].keys() != archive.parts.keys() - {"manifest.json"}:
        raise NotAsWritten
    if connection.vendor != "postgresql":
        return
    for name, chunks in iter_parts(path, archive.key):
        if name == DATABASE and count_dumped_tables(chunks) != len(manifest["tables"]):
            raise NotAsWritten


def remove_older(folder: Path, keep: int) -> list[Path]:
    """Remove all but the newest backups of the folder; return what was removed."""
    older = sorted(folder.glob(f"jiedao-*{SUFFIX}"))[:-keep]
    for path in older:
        path.unlink()
    return older
