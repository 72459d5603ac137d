"""The uploaded files that belong to one snapshot of the database."""

import os
import re
import shutil
import stat
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

from config.backups.errors import DamagedBackup, NotEmpty
from exchange.models import Attachment
from exchange.stored_files import FILE_MODE, make_folder

FOLDER = "files/"
PREFIX = ".backup-"
FILE_NAME = re.compile(r"[0-9a-f]{2}[\w.-]*")
STALE_AFTER = 24 * 60 * 60


@contextmanager
def hold_files(scratch: Path) -> Iterator[Path]:
    """Yield a folder with a second name of every file that is there now.

    What is erased while the database is dumped keeps its bytes until the block ends.
    Who may only read the files gets copies, beside the backup.
    """
    root = Path(settings.ATTACHMENT_DIR)
    if not root.exists():
        make_folder(root)
    if not os.access(root, os.W_OK):
        root = scratch
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
        if second.exists() or path.name.startswith("."):
            continue
        with suppress(FileNotFoundError):  # erased this very moment
            if path.parent.is_symlink() or not stat.S_ISREG(path.lstat().st_mode):
                continue  # planted: a link may lead to a key, a pipe never ends
            try:
                os.link(path, second, follow_symlinks=False)
            except FileNotFoundError:
                continue
            except OSError:  # another file system, or files of another user
                copy_file(path, second)


def copy_file(path: Path, second: Path) -> None:
    """Copy a file, and nothing that a link put in its place a moment ago leads to."""
    source = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(source, "rb") as read:
        if stat.S_ISREG(os.fstat(read.fileno()).st_mode):
            with second.open("xb") as written:
                shutil.copyfileobj(read, written)


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
    """Write one file to its place."""
    if not FILE_NAME.fullmatch(name):
        raise DamagedBackup(name=name)  # it would be written somewhere else
    path = Path(settings.ATTACHMENT_DIR, name[:2], name)
    make_folder(path.parent)
    with path.open("xb") as target:
        path.chmod(FILE_MODE)
        for chunk in chunks:
            target.write(chunk)
