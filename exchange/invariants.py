"""Invariants of files and imports."""

import hashlib
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from core.registries.invariants import Invariant, invariants
from exchange.enums import BatchState
from exchange.errors import FileMissing, FileUnreadable
from exchange.models import Attachment, ImportBatch
from exchange.stored_files import read_file


def find_changed_files() -> Iterator[str]:
    """Find attachments whose bytes are missing or changed."""
    for attachment in Attachment.objects.on_disk().iterator():
        try:
            body = read_file(attachment.path)
        except FileMissing:
            yield f"{attachment.pk}: {attachment.stored_name} is gone"
        except FileUnreadable:
            yield f"{attachment.pk}: {attachment.stored_name} cannot be decrypted"
        else:
            if hashlib.sha256(body).hexdigest() != attachment.sha256:
                yield f"{attachment.pk}: {attachment.stored_name} was changed"


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
