"""Long work: taken once, given back when its worker dies, given up in the end."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.audit.context import current_audit_context
from core.errors import DomainError
from exchange.actions import queue_job, run_job, run_next_job, sweep_jobs
from exchange.actions.jobs import ATTEMPTS, SILENCE, take_job
from exchange.enums import JobState
from exchange.errors import JobAbandoned, TooMuchUnderWay
from exchange.job_kinds import JobKind, JobResult, job_kinds
from exchange.models import ImportBatch, Job
from exchange.querysets import JobQuerySet
from tests.factories.accounts import UserFactory
from tests.factories.exchange import AttachmentFactory, ImportBatchFactory, JobFactory
from tests.messages import refusal_of, says

NOW = dt.datetime(2026, 6, 3, 9, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def kind(monkeypatch):
    """Declare a kind of work for this test; what it does is handed in."""

    def declared(run):
        monkeypatch.setitem(job_kinds._items, "test", JobKind("test", "试", run))
        return JobFactory(kind="test")

    return declared


def test_work_that_is_done_says_what_it_came_to(kind):
    file = AttachmentFactory()
    job = kind(lambda _job, _tell: JobResult("导出完成", file=file, row_count=3))

    assert run_job(job.pk) is True

    job.refresh_from_db()
    assert (job.state, job.percent, job.message) == (JobState.DONE, 100, "导出完成")
    assert (job.file, job.row_count) == (file, 3)


def test_a_refusal_ends_the_work_in_its_own_words(kind):
    def refuse(_job, _tell):
        raise DomainError

    job = kind(refuse)

    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.message) == (JobState.FAILED, str(DomainError()))


def test_work_that_breaks_off_is_tried_again_and_then_given_up(kind):
    tries = []

    def break_off(_job, _tell):
        tries.append(1)
        raise ZeroDivisionError

    job = kind(break_off)

    while run_next_job():
        pass

    job.refresh_from_db()
    assert (len(tries), job.state) == (ATTEMPTS, JobState.FAILED)
    assert says(job.message, refusal_of(JobAbandoned, times=ATTEMPTS))


def test_a_job_is_taken_once():
    job = JobFactory()

    assert take_job(job.pk) is not None
    assert take_job(job.pk) is None


def test_the_longest_wait_comes_first(kind):
    done = []
    first = kind(lambda job, _tell: done.append(job.pk) or JobResult())
    second = JobFactory(kind="test")
    Job.objects.filter(pk=second.pk).update(
        queued_at=timezone.now() - dt.timedelta(hours=1)
    )

    while run_next_job():
        pass

    assert done == [second.pk, first.pk]


def test_a_dead_worker_s_job_is_given_to_another(kind, time_machine):
    job = kind(lambda _job, _tell: JobResult())
    time_machine.move_to(NOW)
    take_job(job.pk)

    assert sweep_jobs() == 0
    time_machine.shift(SILENCE + dt.timedelta(seconds=1))
    assert sweep_jobs() == 1

    assert run_next_job() is True
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.DONE, 2)


def test_a_job_that_kills_its_workers_is_given_up(kind, time_machine):
    job = kind(lambda _job, _tell: JobResult())

    time_machine.move_to(NOW)
    for _time in range(ATTEMPTS):
        take_job(job.pk)
        time_machine.shift(SILENCE + dt.timedelta(seconds=1))
        sweep_jobs()

    job.refresh_from_db()
    assert job.state == JobState.FAILED


def test_a_worker_that_was_only_slow_does_not_overwrite_its_successor(kind):
    def slow(job, _tell):
        Job.objects.filter(pk=job.pk).update(worker="another", attempts=2)
        return JobResult("太迟")

    job = kind(slow)

    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.worker, job.message) == (JobState.RUNNING, "another", "")


def test_the_audit_log_says_that_a_job_did_it(kind):
    seen = []
    job = kind(lambda _job, _tell: seen.append(current_audit_context()) or JobResult())

    run_job(job.pk)

    assert (seen[0].channel, seen[0].request_id) == ("job", f"job{job.pk}")


def test_a_rolled_back_request_asks_for_no_work(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as asked, transaction.atomic():
        queue_job("exchange.plan_batch", owner=None)
        transaction.set_rollback(True)

    assert (asked, Job.objects.count()) == ([], 0)


def test_a_broker_that_is_down_breaks_no_page(
    settings, monkeypatch, django_capture_on_commit_callbacks
):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setattr("config.celery.app.conf.broker_url", settings.CELERY_BROKER_URL)

    with django_capture_on_commit_callbacks(execute=True):
        job = queue_job("exchange.plan_batch", owner=UserFactory())

    job.refresh_from_db()
    assert job.state == JobState.QUEUED


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"percent": 101}, "job_percent_is_a_share"),
        ({"state": JobState.RUNNING}, "job_running_has_a_beat"),
        ({"state": JobState.FAILED}, "job_failed_says_why"),
    ],
)
def test_the_database_holds_the_rules_of_a_job(values, rule):
    job = JobFactory()

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(**values)


def test_a_job_that_somebody_has_taken_is_done_by_nobody_else(kind):
    done = []
    job = kind(lambda job, _tell: done.append(job.pk) or JobResult())
    take_job(job.pk)

    assert run_job(job.pk) is False
    assert done == []


def test_a_silent_worker_that_speaks_up_while_it_is_swept_keeps_its_work(
    kind, monkeypatch, time_machine
):
    job = kind(lambda _job, _tell: JobResult("导出完成"))
    time_machine.move_to(NOW)
    taken = take_job(job.pk)
    time_machine.shift(SILENCE + dt.timedelta(seconds=1))
    silent = JobQuerySet.silent_since

    def speaks_up(rows, before):
        found = list(silent(rows, before))
        Job.objects.filter(pk=taken.pk).update(
            state=JobState.DONE, percent=100, finished_at=timezone.now()
        )
        return found

    monkeypatch.setattr(JobQuerySet, "silent_since", speaks_up)
    sweep_jobs()

    job.refresh_from_db()
    assert job.state == JobState.DONE


def test_a_person_has_only_so_much_work_waiting_and_the_others_are_not_refused(
    east, secretary, staff, settings, attachment_dir
):
    ImportBatchFactory.create_batch(
        settings.JOBS_PER_PERSON, organization=east, by=secretary
    )
    before = ImportBatch.objects.count()

    with pytest.raises(TooMuchUnderWay, match="5 项任务"):
        ImportBatchFactory(organization=east, by=secretary)
    ImportBatchFactory(organization=east, by=staff)

    assert ImportBatch.objects.count() == before + 1


@pytest.mark.parametrize("state", [JobState.DONE, JobState.FAILED])
def test_finished_work_makes_room_for_more(east, secretary, settings, state):
    ImportBatchFactory.create_batch(
        settings.JOBS_PER_PERSON, organization=east, by=secretary
    )
    first = Job.objects.waiting()[0]
    Job.objects.filter(pk=first.pk).update(state=state, message="x")

    ImportBatchFactory(organization=east, by=secretary)

    assert Job.objects.of_owner(secretary).unfinished().count() == 5


def test_owners_take_turns_so_that_five_sheets_do_not_delay_a_colleagues_one():
    busy, colleague = UserFactory(), UserFactory()
    jobs = JobFactory.create_batch(3, owner=busy)
    one = JobFactory(owner=colleague)
    unowned = JobFactory(owner=None)

    turn = list(Job.objects.waiting_in_turn())

    assert turn == [jobs[0], one, unowned, jobs[1], jobs[2]]


def test_work_under_way_counts_when_owners_take_turns():
    busy, colleague = UserFactory(), UserFactory()
    under_way, waiting = JobFactory.create_batch(2, owner=busy)
    take_job(under_way.pk)
    one = JobFactory(owner=colleague)

    assert list(Job.objects.waiting_in_turn()) == [one, waiting]
