"""Idempotency: a write that is sent twice runs once.

A key belongs to one form of one person. With it the digest of what was sent is
remembered, so that other content under the key of a finished write is not taken for the
same form.
"""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest

from core.actors import Actor
from core.crypto import keyed_digest
from core.errors import MissingIdempotencyKey
from core.registries.port import Port

KEY = "idempotency_key"
KEY_SHAPE = re.compile(r"[0-9A-Za-z_-]{1,64}")
CSRF = "csrfmiddlewaretoken"


@dataclass(frozen=True, slots=True)
class FinishedWrite:
    """The page of a finished write, and the digest of what was sent.

    The digest is blank where the write was remembered before digests were.
    """

    location: str
    digest: str

    def is_of(self, digest: str) -> bool:
        """Whether the write was made of what has this digest, as far as is known."""
        return self.digest in {"", digest}


@dataclass(frozen=True, slots=True)
class FinishedWrites:
    """The functions that find and store finished writes by key."""

    find: Callable[[str, Actor], FinishedWrite | None]
    remember: Callable[[str, Actor, FinishedWrite], None]


finished_writes: Port[FinishedWrites] = Port("Idempotency keys")


class AlreadyWritten(Exception):
    """The key was used by a write that is finished: nothing was written now."""

    def __init__(self, write: FinishedWrite) -> None:
        super().__init__()
        self.write = write


def is_key(text: object) -> bool:
    """Whether the text can be the key of a write."""
    return isinstance(text, str) and KEY_SHAPE.fullmatch(text) is not None


def find_finished(key: str, *, by: Actor) -> FinishedWrite | None:
    """Return a finished write of the person by its key."""
    return finished_writes.get().find(key, by) if is_key(key) else None


def run_once(key: str, *, digest: str, by: Actor, run: Callable[[], str]) -> str:
    """Run a write and remember its key; return the address of its result.

    A write without a key is refused, because a repetition could not be recognized.
    `run` calls the action and returns the address of its result. Of two requests with
    one key, the second fails on the key's uniqueness, or is refused because of what the
    first has just done; it is rolled back and raises `AlreadyWritten`.
    """
    records = finished_writes.get()
    if not is_key(key):
        raise MissingIdempotencyKey
    try:
        with transaction.atomic():
            location = run()
            records.remember(key, by, FinishedWrite(location, digest))
    except Exception:  # whatever the reason, the first request may have won
        if (earlier := records.find(key, by)) is not None:
            raise AlreadyWritten(earlier) from None
        raise
    return location


def digest_sent_form(request: HttpRequest) -> str:
    """Digest the address and the content of a sent form, in the order of its fields.

    The digest is keyed: what was typed cannot be guessed from it. The form's key and
    the token against forged forms are no content.
    """
    sent = [
        (name, values)
        for name, values in request.POST.lists()
        if name not in {KEY, CSRF}
    ]
    files = [
        (name, [_describe_file(file) for file in sent_files])
        for name, sent_files in request.FILES.lists()
    ]
    body = json.dumps([request.path, sent, files])
    return keyed_digest(f"sent form\0{body}")


def _describe_file(file: UploadedFile) -> tuple[str, str]:
    """Return a file's name and the digest of its content, which is read in chunks."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return str(file.name), digest.hexdigest()
