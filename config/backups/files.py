"""The uploaded files that belong to one snapshot of the database."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from config.backups.errors import NotEmpty
from exchange.models import Attachment

FOLDER = "files/"
PREFIX = ".backup-"
STALE_AFTER = 24 * 60 * 60


@contextmanager
def hold_files() -> Iterator[Path]:
    """Yield a folder with a second name of every file that is there now.

    What is erased while the database is dumped keeps its bytes until the block ends.
    """
    root = Path(settings.ATTACHMENT_DIR)
    root.mkdir(parents=True, exist_ok=True)
    for left_over in root.glob(f"{PREFIX}*"):  # of a backup that was killed
        if left_over.stat().st_mtime < time.time() - STALE_AFTER:
            shutil.rmtree(left_over)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=root))
    try:
        link_files(folder)
        yield folder
    finally:
        shutil.rmtree(folder)


def link_files(folder: Path) -> None:
    """Give every file a second name in the folder, if it has none there yet."""
    for path in Path(settings.ATTACHMENT_DIR).glob("[0-9a-f][0-9a-f]/*"):
        second = folder / path.name
        try:
            if not second.exists() and not path.name.startswith("."):
                os.link(path, second)
        except FileNotFoundError:
            continue  # erased this very moment
        except OSError:
            shutil.copyfile(path, second)  # a file system without second names


def names_of_kept_files() -> list[str]:
    """Return the names of the files that the database says are on the disk."""
    rows = Attachment.objects.on_disk().order_by("pk")
    return list(rows.values_list("stored_name", flat=True))


def refuse_filled_folder() -> None:
    """Refuse to restore over files."""
    root = Path(settings.ATTACHMENT_DIR)
    if root.exists() and any(root.glob("[0-9a-f][0-9a-f]/*")):
        raise NotEmpty(what=str(root))


def restore_file(name: str, chunks: Iterable[bytes]) -> None:
    """Write one file to its place, readable by the service's user alone."""
    path = Path(settings.ATTACHMENT_DIR, name[:2], Path(name).name)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as target:
        path.chmod(0o600)
        for chunk in chunks:
            target.write(chunk)
