"""Invariants of files and imports."""

import hashlib
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from core.registries.invariants import Invariant, invariants
from exchange.enums import BatchState
from exchange.models import Attachment, ImportBatch

CHUNK = 1024 * 1024


def find_changed_files() -> Iterator[str]:
    """Find attachments whose bytes are missing or changed."""
    for attachment in Attachment.objects.on_disk().iterator():
        if not attachment.path.exists():
            yield f"{attachment.pk}: {attachment.stored_name} is gone"
        elif digest_of(attachment) != attachment.sha256:
            yield f"{attachment.pk}: {attachment.stored_name} is not what was uploaded"


def digest_of(attachment: Attachment) -> str:
    """Return the digest of an attachment's bytes on disk."""
    digest = hashlib.sha256()
    with attachment.path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def find_miscounted_imports() -> Iterator[str]:
    """Find imports whose counts differ from their rows."""
    batches = ImportBatch.objects.filter(
        state__in=[BatchState.PLANNED, BatchState.NOTHING, BatchState.COMMITTED],
        file__erased_at=None,
    )
    for batch in batches.iterator():
        rows = batch.rows.all().tally()
        counts = {verdict: number for verdict, number in batch.counts.items() if number}
        if rows != counts:
            yield f"{batch.pk}: {rows} instead of {counts}"


invariants.add(
    Invariant(
        "exchange.files",
        _("Stored files are identical to the uploaded ones"),
        find_changed_files,
    ),
    Invariant(
        "exchange.counts",
        _("The numbers of an import are those of its rows"),
        find_miscounted_imports,
    ),
)
