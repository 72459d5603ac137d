"""What every step of an import shares: lock a batch, record it."""

from core import audit
from core.actors import Actor
from exchange.models import ImportBatch


def record_batch(batch: ImportBatch, by: Actor | None) -> None:
    """Record the batch's present state in the audit log."""
    audit.record(
        batch,
        by=by,
        organization_id=batch.organization_id,
        after={
            "state": batch.state,
            "sha256": batch.file.sha256,
            "counts": batch.counts,
            **_say_left_out(batch),
            "message": batch.message,
        },
    )


def _say_left_out(batch: ImportBatch) -> dict[str, int]:
    """Say how many texts somebody looked at, and how many of them leave rows out."""
    doubts = batch.doubts
    if not doubts:
        return {}
    left_out = sum(doubt.left_out for doubt in doubts)
    unseen = len(batch.unseen_doubts)
    return {"texts_looked_at": len(doubts) - unseen, "texts_left_out": left_out}


def lock_batch(batch: ImportBatch) -> ImportBatch:
    """Lock a batch and return its current row.

    The job is not joined: a joined row would show the state from before the wait.
    """
    rows = ImportBatch.objects.select_for_update(of=("self",))
    return rows.select_related("file", "organization").get(pk=batch.pk)
