"""Invariants of files and imports."""

import hashlib
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from core.registries.invariants import Invariant, invariants
from exchange.enums import BatchState
from exchange.models import Attachment, ImportBatch

CHUNK = 1024 * 1024


def changed_files() -> Iterator[str]:
    """Find files that are kept by name, but not byte by byte."""
    for kept in Attachment.objects.kept().iterator():
        if not kept.path.exists():
            yield f"{kept.pk}: {kept.stored_name} is gone"
        elif digest_of(kept) != kept.sha256:
            yield f"{kept.pk}: {kept.stored_name} is not what was uploaded"


def digest_of(kept: Attachment) -> str:
    """Digest a file's bytes as they lie on disk."""
    digest = hashlib.sha256()
    with kept.path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def miscounted_imports() -> Iterator[str]:
    """Find imports whose numbers are not those of their rows."""
    shown = ImportBatch.objects.filter(
        state__in=[BatchState.PLANNED, BatchState.NOTHING, BatchState.COMMITTED],
        file__erased_at=None,
    )
    for batch in shown.iterator():
        rows = batch.rows.all().tally()
        counts = {verdict: number for verdict, number in batch.counts.items() if number}
        if rows != counts:
            yield f"{batch.pk}: {rows} instead of {counts}"


invariants.add(
    Invariant(
        "exchange.files",
        _("Kept files are what was uploaded"),
        changed_files,
    ),
    Invariant(
        "exchange.counts",
        _("The numbers of an import are those of its rows"),
        miscounted_imports,
    ),
)
