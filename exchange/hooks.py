"""What this app registers: chores, kinds of job and after-commit handlers."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.actors import Actor
from core.audit.presentation import label_names, label_values
from core.registries.after_commit import AfterCommit, after_commit
from core.registries.chores import Chore, chores
from core.registries.page_sections import PageSection, page_sections
from core.registries.saved_views import saved_views
from exchange.actions import (
    DO_BULK,
    TRY_BULK,
    carry_out,
    do_bulk,
    erase_expired_files,
    erase_file,
    forget_bulk_runs,
    forget_list_filters,
    forget_shown_decisions,
    record_reported_backups,
    show_anew,
    sweep_jobs,
    try_bulk,
    work_out,
)
from exchange.actions import (
    order_decision as hand_over_decision,
)
from exchange.actions.exports import WRITE_LIST
from exchange.actions.jobs import send_to_broker
from exchange.actions.ordered_decisions import CARRY_OUT_DECISION, LOOK_AT_DECISION
from exchange.audiences import label_of_audience
from exchange.document_links import DocumentTarget, declare_target
from exchange.enums import BatchState
from exchange.errors import BulkOvertaken
from exchange.events import ImportDiscarded, JobQueued
from exchange.exports import may_have_list, saved_by, write_list_file
from exchange.imports.commit import commit_batch
from exchange.imports.decisions import COMMIT
from exchange.imports.preview import plan_batch
from exchange.imports.upload import PLAN
from exchange.job_kinds import JobKind, JobResult, Progress, job_kinds, may_sign_in
from exchange.models import (
    Attachment,
    BulkRun,
    DecisionDocument,
    Document,
    ImportBatch,
    Job,
    OrderedDecision,
    SavedView,
)
from exchange.permissions import can_work_on
from exchange.queries import list_views_of
from organizations.actions import give_back, name_of, take_along
from organizations.large_decisions import order_decision
from organizations.mergers import Merger, mergers
from organizations.permissions import can_name_documents
from organizations.queries import labels_of_code_list

LOGGED = {
    "sha256": _("digest of the file"),
    "texts_looked_at": _("texts looked at"),
    "texts_left_out": _("texts whose rows were left out"),
}
label_names(ImportBatch._meta.label, LOGGED.get)
label_values("exchange.Document", kind=labels_of_code_list("document_kinds"))
label_values("exchange.Publication", audience=label_of_audience)

mergers.add(
    Merger(
        "exchange.documents",
        _("documents that go along: %(count)s"),
        Document.objects.all,
        take_along(),
        take_back=give_back(),
        remember=name_of,
    ),
    Merger(
        "exchange.saved_views",
        _("shared filters that go along: %(count)s"),
        SavedView.objects.all,
        take_along(),
        take_back=give_back(),
        remember=name_of,
    ),
)
saved_views.connect(list_views_of)


def _saved_on_desk(person: Any, _reader: Actor) -> dict[str, Any]:
    """Return what the desk shows of a person's saved filters."""
    return {"views": saved_by(person)}


page_sections.add(
    PageSection(
        "exchange.saved_views",
        User._meta.label,
        "exchange/_saved_on_desk.html",
        _saved_on_desk,
    )
)
chores.add(
    Chore("exchange.sweep_jobs", sweep_jobs, every=20.0),
    Chore("exchange.record_backups", record_reported_backups, every=60.0),
    Chore("exchange.erase_files", erase_expired_files, daily_at=(3, 40)),
    Chore("exchange.forget_bulk_runs", forget_bulk_runs, daily_at=(3, 50)),
    Chore("exchange.forget_decisions", forget_shown_decisions, daily_at=(3, 52)),
    Chore("exchange.forget_filters", forget_list_filters, daily_at=(3, 54)),
)


def _batch(job: Job) -> ImportBatch:
    rows = ImportBatch.objects.select_related("file", "organization")
    return rows.get(pk=job.subject)


def _plan(job: Job, progress: Progress) -> JobResult:
    """Read the sheet, unless a worker that died afterwards has done so already."""
    batch = _batch(job)
    if job.attempts == 1 or batch.state == BatchState.UPLOADED:
        batch = plan_batch(batch, by=job.owner, progress=progress)
    return JobResult(row_count=sum(batch.counts.values()))


def _commit(job: Job, progress: Progress) -> JobResult:
    batch = commit_batch(_batch(job), progress=progress)
    return JobResult(row_count=batch.would_write)


LOOK_AT_IT = _("Nothing is done yet: look at the result.")


def _bulk_run(job: Job) -> BulkRun:
    return BulkRun.objects.select_related("owner").get(pk=job.subject)


def _try_bulk(job: Job, progress: Progress) -> JobResult:
    """Find out for whom an action can be done; nothing of it is kept."""
    run = try_bulk(_bulk_run(job), progress=progress)
    return JobResult(str(LOOK_AT_IT), row_count=len(run.keys))


def _do_bulk(job: Job, progress: Progress) -> JobResult:
    """Do what was confirmed; where something changed, show what is so now instead."""
    run = _bulk_run(job)
    try:
        do_bulk(run, by=run.owner, progress=progress)
    except BulkOvertaken:
        show_anew(run)
        raise
    return JobResult(row_count=len(run.keys))


def _is_done_or_permitted(job: Job) -> bool:
    """Whether many rows were dealt with, or the job's owner still may sign in."""
    return _bulk_run(job).is_done or may_sign_in(job)


def _is_decided_or_permitted(job: Job) -> bool:
    """Whether the decision was carried out, or the job's owner still may sign in."""
    order = OrderedDecision.objects.get(pk=job.subject)
    return order.decided_at is not None or may_sign_in(job)


def _is_entered_or_permitted(job: Job) -> bool:
    """Whether the rows were entered, or the job's owner still may work on them."""
    entered = BatchState.COMMITTED
    return _batch(job).state == entered or _owner_keeps_batch(job)


def _owner_keeps_batch(job: Job) -> bool:
    """Whether the job's owner still may work on the import; a job of none is theirs."""
    return not job.subject or can_work_on(job.owner, _batch(job))


job_kinds.add(
    JobKind(PLAN, _("Reading the sheet"), _plan, _owner_keeps_batch),
    JobKind(COMMIT, _("Entering the rows"), _commit, _is_entered_or_permitted),
    JobKind(LOOK_AT_DECISION, _("Working out what changes"), work_out),
    JobKind(
        CARRY_OUT_DECISION,
        _("Carrying the decision out"),
        carry_out,
        _is_decided_or_permitted,
    ),
    JobKind(TRY_BULK, _("Looking through the rows"), _try_bulk),
    JobKind(DO_BULK, _("Dealing with the rows"), _do_bulk, _is_done_or_permitted),
    JobKind(WRITE_LIST, _("Writing the list"), write_list_file, may_have_list),
)


order_decision.connect(hand_over_decision)


def erase_discarded_file(event: ImportDiscarded) -> None:
    """Erase the file of a discarded import."""
    erase_file(Attachment.objects.get(pk=event.attachment_id))


after_commit.add(
    AfterCommit("exchange.send_to_broker", JobQueued, send_to_broker),
    AfterCommit("exchange.erase_discarded_file", ImportDiscarded, erase_discarded_file),
)
declare_target(DocumentTarget("decision", DecisionDocument, can_name_documents))
