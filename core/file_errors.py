"""Why a file that somebody named cannot be used, in words instead of the system's."""

import errno
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError

REASONS = {
    errno.ENOENT: _("there is no such file or folder"),
    errno.EACCES: _("the user who runs this may not use it"),
    errno.EPERM: _("the user who runs this may not use it"),
    errno.EISDIR: _("it is a folder, not a file"),
    errno.ENOTDIR: _("a part of its path is a file, not a folder"),
    errno.EEXIST: _("it exists already"),
    errno.ENAMETOOLONG: _("its name is too long"),
    errno.ENOSPC: _("the disk is full"),
    errno.EFBIG: _("the disk is full"),
    errno.EDQUOT: _("the disk is full"),
    errno.EROFS: _("the disk can only be read"),
}
NO_TEXT = _("it is no text of the kind that is expected")


class FileUnusable(DomainError):
    """A file that a command names cannot be read or written."""

    message = _("%(path)s cannot be used: %(reason)s.")


def say_reason(error: Exception) -> str:
    """Return why a file could not be read or written."""
    if not isinstance(error, OSError):
        return str(NO_TEXT)
    known = REASONS.get(error.errno or 0)
    return str(known or error.strerror or error)


@contextmanager
def file_errors_in_words(path: Path) -> Iterator[None]:
    """Refuse in words what the system says of a file, or of what should be in it."""
    try:
        yield
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        named = getattr(error, "filename", None) or path
        raise FileUnusable(path=named, reason=say_reason(error)) from error
