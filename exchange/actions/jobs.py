"""Queue jobs, run them, and requeue those of dead workers."""

import datetime as dt
import logging
import os
import socket
import threading
from functools import partial
from typing import Any

from celery import current_app
from celery.exceptions import CeleryError
from django.conf import settings
from django.db import connection, models
from django.db.models import F
from django.utils import timezone
from kombu.exceptions import KombuError

from core.actors import Actor
from core.audit.context import AuditContext, audit_context
from core.db.digests import digested
from core.db.locks import lock_exclusive
from core.errors import DomainError
from core.registries.after_commit import dispatch_after_commit
from exchange.enums import JobState
from exchange.errors import JobAbandoned, NoLongerPermitted, TooMuchUnderWay
from exchange.events import JobQueued
from exchange.heartbeat import Heartbeat
from exchange.job_kinds import JobResult, Progress, job_kinds
from exchange.models import Job

log = logging.getLogger(__name__)

ATTEMPTS = 3
RUN_JOB = "exchange.run_job"  # the task in `exchange.tasks`, called by its name
SILENCE = dt.timedelta(seconds=60)
MAX_MESSAGE_LENGTH = 500


@digested
def queue_job(kind: str, *, owner: Actor | None, subject: object = "") -> Job:
    """Queue a job; part of the calling action.

    Refuses more than `JOBS_PER_PERSON` unfinished jobs of one person, so that nobody
    keeps the workers from the others.
    """
    _refuse_too_many(owner)
    job = Job.objects.create(
        kind=job_kinds.get(kind).key,
        subject=str(subject),
        owner_id=getattr(owner, "pk", None),
    )
    dispatch_after_commit(JobQueued(job.pk))
    return job


def _refuse_too_many(owner: Actor | None) -> None:
    if owner is None or owner.pk is None:
        return
    lock_exclusive("exchange.jobs", [owner.pk])
    count = Job.objects.of_owner(owner).unfinished().count()
    if count >= settings.JOBS_PER_PERSON:
        raise TooMuchUnderWay(count=count)


def send_to_broker(event: JobQueued) -> None:
    """Send the job to the broker, if there is one.

    Without one, or while it is down, the row itself is the queue: `manage.py work` or
    the next sweep takes it, and no page fails.
    """
    if not settings.CELERY_BROKER_URL:
        return
    try:
        current_app.send_task(RUN_JOB, (event.job_id,), retry=False)
    except (KombuError, CeleryError, OSError):
        log.warning(
            "The broker cannot be reached; job %s waits for a sweep.", event.job_id
        )


class WorkerStopped(KeyboardInterrupt):
    """The worker is told to go and waited long enough: what it does breaks off.

    No error of a job, so that nothing that bears the errors of jobs catches it; and an
    interrupt, at which the driver cancels the query that it waits for.
    """


def worker_name() -> str:
    """Return a unique name for the working thread."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{threading.get_native_id()}"


@digested
def take_job(job_id: int) -> Job | None:
    """Claim a waiting job for this worker; only one of two workers gets it."""
    updated = Job.objects.filter(pk=job_id, state=JobState.QUEUED).update(
        state=JobState.RUNNING,
        attempts=F("attempts") + 1,
        worker=worker_name(),
        heartbeat=timezone.now(),
        percent=0,
        message="",
    )
    return Job.objects.get(pk=job_id) if updated else None


def _own_row(job: Job) -> models.QuerySet[Job]:
    """Return the job while this worker owns it, otherwise nothing."""
    return Job.objects.filter(
        pk=job.pk, state=JobState.RUNNING, worker=job.worker, attempts=job.attempts
    )


def run_job(job_id: int) -> bool:
    """Claim and run one job; return False if it is no longer waiting.

    A worker that is told to stop gives the job back, and the attempt does not count.
    """
    job = take_job(job_id)
    if job is None:
        return False
    origin = AuditContext("job", request_id=f"job{job.pk}")
    with Heartbeat(partial(_send_heartbeat, job)), audit_context(origin):
        try:
            _run_kind(job)
        except WorkerStopped:
            _give_back(job)
            raise
    return True


def _send_heartbeat(job: Job) -> None:
    _own_row(job).update(heartbeat=timezone.now(), percent=job.percent)


def _run_kind(job: Job) -> None:
    """Run the job's kind; a refusal fails the job, any other error requeues it."""

    def progress(percent: int) -> None:
        job.percent = percent
        if not connection.in_atomic_block:
            _send_heartbeat(job)

    try:
        done = _run_permitted(job, progress)
    except DomainError as refusal:
        _fail(job, refusal)
    except Exception:  # an error of one job must not stop the queue
        log.exception("Job %s broke off.", job.pk)
        _requeue(job)
    else:
        _finish(job, done)


def _run_permitted(job: Job, progress: Progress) -> JobResult:
    """Run the job's kind; refuse the result if its owner may not have it any more."""
    kind = job_kinds.get(job.kind)
    done = kind.run(job, progress)
    if not kind.is_permitted(Job.objects.get(pk=job.pk)):
        raise NoLongerPermitted
    return done


@digested
def _finish(job: Job, done: JobResult) -> None:
    _own_row(job).update(
        state=JobState.DONE,
        percent=100,
        message=done.message[:MAX_MESSAGE_LENGTH],
        file=done.file,
        row_count=done.row_count,
        finished_at=timezone.now(),
    )


@digested
def _fail(job: Job, refusal: DomainError) -> None:
    _own_row(job).update(
        state=JobState.FAILED,
        message=str(refusal)[:MAX_MESSAGE_LENGTH],
        finished_at=timezone.now(),
    )


def _requeue(job: Job) -> None:
    """Queue the job again, unless its attempts are used up."""
    if job.attempts >= ATTEMPTS:
        _fail(job, JobAbandoned(times=job.attempts))
        return
    if _put_back(job, queued_at=timezone.now()):
        send_to_broker(JobQueued(job.pk))


@digested
def _put_back(job: Job, **columns: Any) -> int:
    """Let the job wait again; committed before the broker hears of it."""
    return _own_row(job).update(state=JobState.QUEUED, **columns)


def _give_back(job: Job) -> None:
    """Put the job of a worker that stops where it was in the queue."""
    if not connection.in_atomic_block:
        connection.close()  # it may have been interrupted anywhere
    if _put_back(job, percent=0, attempts=job.attempts - 1):
        log.warning("Job %s is given back; another worker starts it anew.", job.pk)
        send_to_broker(JobQueued(job.pk))


def run_next_job() -> bool:
    """Run the next job, the owners taking turns; False if none waits."""
    job_id = Job.objects.waiting_in_turn().values_list("pk", flat=True).first()
    return job_id is not None and run_job(job_id)


def sweep_jobs() -> int:
    """Requeue the jobs of dead workers, and resend messages that were lost."""
    before = timezone.now() - SILENCE
    silent = list(Job.objects.silent_since(before))
    for job in silent:
        log.warning("Job %s: worker %s is silent.", job.pk, job.worker)
        _requeue(job)
    if settings.CELERY_BROKER_URL:
        _resend_lost_messages(before)
    return len(silent)


def _resend_lost_messages(before: dt.datetime) -> None:
    """Send the broker the jobs again whose message never reached a worker."""
    lost = Job.objects.waiting().filter(queued_at__lt=before)
    for job_id in list(lost.values_list("pk", flat=True)):
        waiting = Job.objects.filter(pk=job_id, state=JobState.QUEUED)
        if waiting.update(queued_at=timezone.now()):
            send_to_broker(JobQueued(job_id))
