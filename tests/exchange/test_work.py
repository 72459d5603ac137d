"""The worker as a process of its own: stopped politely, and killed."""

import os
import signal
import time
from pathlib import Path

import psutil
import pytest
from django.core.management import call_command
from django.db import OperationalError

from accounts.models import AuditEntry
from core.registries.chores import Chore, chores
from exchange.actions import sweep_jobs
from exchange.actions.jobs import SILENCE, run_job
from exchange.enums import BatchState, JobState
from exchange.heartbeat import Heartbeat
from exchange.import_kinds import import_kinds
from exchange.imports import confirm_batch, plan_batch, upload_batch
from exchange.job_kinds import JobKind, JobResult, job_kinds
from exchange.management.commands import work
from exchange.management.commands.work import Command, Timetable
from exchange.models import Job
from members.models import Affiliation, Member
from tests.exchange.processes import (
    PATIENCE,
    kill_worker,
    kill_workers,
    start_worker,
    waited_for,
)
from tests.factories.exchange import (
    ImportBatchFactory,
    JobFactory,
    person,
    upload,
    workbook,
)
from tests.factories.organizations import CommunityFactory

HOLD_THE_INTERPRETER = """
import re
from exchange.job_kinds import JobKind, job_kinds
hold = lambda _job, _tell: re.match("(a+)+$", "a" * 60 + "b")
job_kinds.add(JobKind("test.hold", "", hold))
"""

SLEEP_LONG = """
import time
from exchange.job_kinds import JobKind, job_kinds
from exchange.management.commands import work
work.GRACE_SECONDS = 0.3
job_kinds.add(JobKind("test.hold", "", lambda _job, _tell: time.sleep(600)))
"""


@pytest.fixture(autouse=True)
def no_worker_outlives_its_test():
    """Kill what a failed test leaves, before the database is emptied."""
    yield
    kill_workers()


def confirmed(east, secretary, rows):
    """Return an import that waits to be entered, and whose job waits to be taken."""
    batch = upload_batch(
        upload(workbook(rows)),
        kind=import_kinds.get("member_roster"),
        organization=east,
        by=secretary,
    )
    plan_batch(batch, by=secretary)
    Job.objects.update(state=JobState.DONE)
    return confirm_batch(batch, by=secretary)


@pytest.mark.django_db(transaction=True)
def test_a_worker_told_to_stop_finishes_and_goes(east, branch, secretary):
    batch = ImportBatchFactory(organization=east, by=secretary)
    worker = start_worker(Path(batch.file.path).parents[1])

    done = waited_for(lambda: Job.objects.filter(state=JobState.DONE).exists())
    worker.send_signal(signal.SIGTERM)

    assert worker.wait(PATIENCE) == 0
    batch.refresh_from_db()
    assert (done, batch.state) == (True, BatchState.PLANNED)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_worker_told_to_stop_gives_a_long_job_back_and_says_so(
    city, tmp_path, monkeypatch, number
):
    held = JobKind("test.hold", "", lambda _job, _tell: JobResult())
    monkeypatch.setitem(job_kinds._items, held.key, held)
    job = JobFactory(kind=held.key)
    log = tmp_path / "log"
    worker = start_worker(tmp_path, before=SLEEP_LONG, log=log)
    taken = waited_for(
        lambda: Job.objects.filter(pk=job.pk, state=JobState.RUNNING).exists()
    )

    worker.send_signal(number)

    assert (taken, worker.wait(PATIENCE)) == (True, 0)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.QUEUED, 0)
    said = log.read_text()
    assert signal.Signals(number).name in said
    assert f"Job {job.pk} is given back" in said
    assert "The worker has stopped." in said
    assert run_job(job.pk) is True  # whatever the night has queued before it
    job.refresh_from_db()
    assert job.state == JobState.DONE


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_entering_leaves_nothing_and_another_enters_all(
    east, branch, secretary, time_machine
):
    batch = confirmed(east, secretary, [person(n) for n in range(1500)])
    job = Job.objects.get(kind="exchange.commit_batch")
    worker = start_worker(Path(batch.file.path).parents[1])
    taken = waited_for(
        lambda: Job.objects.filter(pk=job.pk, state=JobState.RUNNING).exists()
    )
    time.sleep(0.2)

    kill_worker(worker)

    assert (taken, Member.objects.count()) == (True, 0)
    job.refresh_from_db()
    time_machine.move_to(job.heartbeat + 2 * SILENCE)
    assert sweep_jobs() == 1
    assert run_job(job.pk) is True  # whatever the night has queued before it
    assert (Member.objects.count(), Affiliation.objects.count()) == (1500, 1500)
    batch.refresh_from_db()
    assert batch.state == BatchState.COMMITTED


@pytest.mark.django_db
def test_a_worker_asked_once_does_what_waits_and_goes(east, branch, secretary):
    batch = ImportBatchFactory(organization=east, by=secretary)

    call_command("work", "--once")

    batch.refresh_from_db()
    assert batch.state == BatchState.PLANNED


@pytest.mark.django_db
def test_a_chore_that_breaks_stops_neither_jobs_nor_other_chores(
    east, branch, secretary, monkeypatch
):
    done = []

    def break_off():
        raise ZeroDivisionError

    for key, run in (("a", break_off), ("b", lambda: done.append(1) or 1)):
        monkeypatch.setitem(chores._items, key, Chore(key, run, every=3600))
    batch = ImportBatchFactory(organization=east, by=secretary)

    call_command("work", "--once")

    batch.refresh_from_db()
    assert (batch.state, done) == (BatchState.PLANNED, [1])


@pytest.mark.django_db(transaction=True)
def test_the_log_is_sealed_while_a_sheet_holds_the_worker(city, tmp_path, monkeypatch):
    """A reader that keeps the interpreter to itself, as a parser in C may."""
    held = JobKind("test.hold", "", lambda _job, _tell: JobResult())
    monkeypatch.setitem(job_kinds._items, held.key, held)
    job = JobFactory(kind=held.key)
    worker = start_worker(tmp_path, before=HOLD_THE_INTERPRETER)
    taken = waited_for(
        lambda: Job.objects.filter(pk=job.pk, state=JobState.RUNNING).exists()
    )
    CommunityFactory(name="北社区", parent=city)

    sealed = waited_for(lambda: not AuditEntry.objects.filter(seal_line=None).exists())
    still = Job.objects.filter(pk=job.pk, state=JobState.RUNNING).exists()
    kill_worker(worker)

    assert (taken, sealed, still) == (True, True, True)


@pytest.mark.django_db(transaction=True)
def test_the_process_of_the_chores_goes_with_the_one_that_started_it(tmp_path, city):
    worker = start_worker(tmp_path)
    processes = psutil.Process(worker.pid)
    waited_for(lambda: len(processes.children()) == 1)
    (child,) = processes.children()

    worker.kill()
    worker.wait(PATIENCE)

    assert waited_for(lambda: not child.is_running())


def test_an_orphan_begins_no_further_chore(monkeypatch):
    command, done = Command(), []
    command.stopping, command.parent = False, os.getppid()
    command.timetable = Timetable()

    def note_and_lose_the_parent(chore):
        done.append(chore.key)
        command.parent = -1

    monkeypatch.setattr(work, "run_chore", note_and_lose_the_parent)

    command.do_chores()

    assert len(done) == 1


def test_a_pulse_beats_while_the_block_runs_and_bears_a_locked_database():
    beats = []

    def beat():
        beats.append(1)
        raise OperationalError

    with Heartbeat(beat, every=0.01):
        waited_for(lambda: len(beats) > 2)
    count = len(beats)
    time.sleep(0.05)

    assert len(beats) == count > 2
