"""Long work of this app: reading sheets, entering them."""

from django.utils.translation import gettext_lazy as _

from exchange.actions.batches import COMMIT, PLAN, Progress, plan_batch
from exchange.actions.entering import commit_batch
from exchange.models import ImportBatch, Job
from exchange.work import Done, JobKind, job_kinds


def _batch(job: Job) -> ImportBatch:
    rows = ImportBatch.objects.select_related("file", "organization")
    return rows.get(pk=job.subject)


def _plan(job: Job, progress: Progress) -> Done:
    batch = plan_batch(_batch(job), by=job.owner, progress=progress)
    return Done(row_count=sum(batch.counts.values()))


def _commit(job: Job, progress: Progress) -> Done:
    batch = commit_batch(_batch(job), progress=progress)
    return Done(row_count=batch.would_write)


job_kinds.add(
    JobKind(PLAN, _("Reading the sheet"), _plan),
    JobKind(COMMIT, _("Entering the rows"), _commit),
)
