"""Two at once: one confirmation, one worker, one import of the same people."""

import pytest

from exchange.actions.jobs import queue_job, take_job
from exchange.enums import BatchState
from exchange.errors import NotWaiting, TooMuchUnderWay
from exchange.import_kinds import import_kinds
from exchange.imports import commit_batch, confirm_batch, plan_batch, upload_batch
from exchange.job_kinds import job_kinds
from exchange.models import ImportBatch, Job
from members.models import Member
from tests.factories.exchange import JobFactory, person, upload, workbook
from tests.stage import race

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def planned(organization, keeper, rows):
    """Return an import that waits for confirmation."""
    batch = upload_batch(
        upload(workbook(rows)),
        kind=import_kinds.get("member_roster"),
        organization=organization,
        by=keeper,
    )
    return plan_batch(batch, by=keeper)


def test_of_two_confirmations_one_counts(east, branch, secretary, staff):
    batch = planned(east, secretary, [person(1)])

    confirming = race(
        lambda: confirm_batch(batch, by=secretary),
        lambda: confirm_batch(batch, by=staff),
    )

    assert isinstance(confirming.refusal, NotWaiting)
    batch.refresh_from_db()
    assert batch.confirmed_by == secretary


def test_of_two_workers_one_gets_the_job():
    job = JobFactory()

    taking = race(lambda: take_job(job.pk), lambda: take_job(job.pk))

    assert (taking.first, taking.rival.result()) == (job, None)


def test_the_last_job_that_a_person_may_have_under_way_is_queued_once(
    secretary, settings
):
    settings.JOBS_PER_PERSON = 1
    kind = next(iter(job_kinds)).key

    queueing = race(
        lambda: queue_job(kind, owner=secretary),
        lambda: queue_job(kind, owner=secretary),
    )

    assert (queueing.waited, type(queueing.refusal)) == (True, TooMuchUnderWay)
    assert Job.objects.count() == 1


def test_of_two_workers_with_one_import_one_enters_it(east, branch, secretary):
    batch = planned(east, secretary, [person(1), person(2)])
    confirm_batch(batch, by=secretary)

    entering = race(lambda: commit_batch(batch), lambda: commit_batch(batch))

    assert entering.rival.result().state == BatchState.COMMITTED
    assert Member.objects.count() == 2


def test_of_two_imports_of_one_person_the_second_has_nothing_left_to_enter(
    east, branch, secretary
):
    first, second = (planned(east, secretary, [person(1)]) for _time in range(2))
    for batch in (first, second):
        confirm_batch(batch, by=secretary)

    entering = race(lambda: commit_batch(first), lambda: commit_batch(second))

    shown = entering.rival.result()
    assert (shown.state, shown.counts["unchanged"]) == (BatchState.NOTHING, 1)
    assert Member.objects.count() == 1
    assert ImportBatch.objects.get(pk=first.pk).state == BatchState.COMMITTED
