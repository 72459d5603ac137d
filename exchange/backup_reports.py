"""Word of backups that were made under a role that may write nothing.

The backup's user appends a line for each run; the application, which may only read the
file, records what is new.
"""

import datetime as dt
import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

log = logging.getLogger(__name__)

MODE = 0o644  # names, sizes and failures; the application's user reads it
READ_AT_MOST = 256 * 1024


def report_backup(started_at: dt.datetime, **outcome: Any) -> None:
    """Leave word of a run, on the disk when this returns."""
    path = Path(settings.BACKUP_REPORT)
    times = {"started_at": started_at, "finished_at": timezone.now()}
    entry = {name: time.isoformat() for name, time in times.items()} | outcome
    with path.open("a", encoding="utf-8") as file:
        path.chmod(MODE)
        file.write(json.dumps(entry, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())


def iter_reports() -> Iterator[dict[str, Any]]:
    """Yield the latest runs that were reported, oldest first; pass over what is none.

    A last line without its end is still being written.
    """
    try:
        with Path(settings.BACKUP_REPORT).open("rb") as file:
            file.seek(max(0, os.fstat(file.fileno()).st_size - READ_AT_MOST))
            lines = file.read(READ_AT_MOST).split(b"\n")[:-1]
    except OSError:
        return  # no run yet; that none comes shows on the desk
    for line in lines:
        try:
            yield _parse(line)
        except (ValueError, KeyError, TypeError):
            log.warning(
                "A line of %s is no report of a backup.", settings.BACKUP_REPORT
            )


def _parse(line: bytes) -> dict[str, Any]:
    told = json.loads(line)
    times = {
        name: dt.datetime.fromisoformat(told[name])
        for name in ("started_at", "finished_at")
    }
    if any(timezone.is_naive(time) for time in times.values()):
        raise ValueError(line)
    return {
        **times,
        "file_name": str(told.get("file_name", "")),
        "size": int(told.get("size", 0)),
        "failure": str(told.get("failure", "")),
    }
