"""Step 1, upload: store the file, open a batch, queue the planning."""

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from core.actions import action
from core.actors import Actor
from exchange.actions.files import store_file
from exchange.actions.jobs import queue_job
from exchange.import_kinds import ImportKind
from exchange.imports.batches import record_batch
from exchange.models import ImportBatch
from organizations.models import Organization

PLAN = "exchange.plan_batch"
KEEP_DAYS = 7  # uploaded sheets hold personal data; long enough to look into a row


@action(label=_("Sheet uploaded"))
def upload_batch(
    upload: File, *, kind: ImportKind, organization: Organization, by: Actor | None
) -> ImportBatch:
    """Upload a sheet; a worker plans it. Refuses a file that is too large."""
    batch = open_batch(upload, kind=kind, organization=organization, by=by)
    batch.job = queue_job(PLAN, owner=by, subject=batch.pk)
    batch.save(update_fields=["job"])
    record_batch(batch, by)
    return batch


def open_batch(
    upload: File, *, kind: ImportKind, organization: Organization, by: Actor | None
) -> ImportBatch:
    """Store the file and open a batch for it; part of the calling action."""
    attachment = store_file(
        upload, organization=organization, by=by, keep_days=KEEP_DAYS
    )
    return ImportBatch.objects.create(
        kind=kind.key,
        file=attachment,
        organization=organization,
        uploaded_by_id=getattr(by, "pk", None),
    )
