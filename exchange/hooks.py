"""What this app declares for others: chores and kinds of job."""

from django.utils.translation import gettext_lazy as _

from core.registries.after_commit import AfterCommit, after_commit
from core.registries.chores import Chore, chores
from exchange.actions import erase_file, erase_run_out_files, sweep_jobs
from exchange.actions.jobs import hand_over
from exchange.events import ImportDiscarded, JobQueued
from exchange.imports.commit import commit_batch
from exchange.imports.preview import COMMIT, Progress, plan_batch
from exchange.imports.upload import PLAN
from exchange.job_kinds import Done, JobKind, job_kinds
from exchange.models import Attachment, ImportBatch, Job

chores.add(
    Chore("exchange.sweep_jobs", sweep_jobs, every=20.0),
    Chore("exchange.erase_files", erase_run_out_files, daily_at=(3, 40)),
)


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


def erase_discarded(event: ImportDiscarded) -> None:
    """Erase the file of a discarded import."""
    erase_file(Attachment.objects.get(pk=event.attachment_id))


after_commit.add(
    AfterCommit("exchange.hand_over", JobQueued, hand_over),
    AfterCommit("exchange.erase_discarded", ImportDiscarded, erase_discarded),
)
