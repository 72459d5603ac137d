"""Locking a batch, recording what happened to it, and its kind's options."""

from typing import Any

from core import audit
from core.actors import Actor
from exchange.models import ImportBatch


def record(batch: ImportBatch, by: Actor | None) -> None:
    """Record the batch as it is now."""
    audit.record(
        batch,
        by=by,
        organization_id=batch.organization_id,
        after={
            "state": batch.state,
            "sha256": batch.file.sha256,
            "counts": batch.counts,
            "message": batch.message,
        },
    )


def locked(batch: ImportBatch) -> ImportBatch:
    """Lock a batch and return it as it stands.

    Its job is read afterwards: a joined row would be that from before the wait.
    """
    rows = ImportBatch.objects.select_for_update(of=("self",))
    return rows.select_related("file", "organization").get(pk=batch.pk)


def options_of(batch: ImportBatch) -> dict[str, Any]:
    """Return what the kind is told beside the rows."""
    return {"organization": batch.organization, "starts_on": batch.starts_on}
