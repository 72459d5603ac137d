"""Work of people whose role was ended meanwhile is neither done nor delivered."""

import pytest
from django.urls import reverse

from accounts.actions import change_account, end_role_assignment
from accounts.models import AuditEntry, User
from exchange.actions import run_job, run_next_job
from exchange.enums import BatchState, JobState
from exchange.imports import confirm_batch, plan_batch
from exchange.job_kinds import JobKind, JobResult, job_kinds
from exchange.models import Job
from members.models import Member
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.exchange import (
    AttachmentFactory,
    ImportBatchFactory,
    JobFactory,
    person,
)

pytestmark = pytest.mark.django_db
REASON = "调离"


def end_roles(user):
    """End the user's roles now."""
    for role in user.role_assignments.all():
        end_role_assignment(role, by=None, reason=REASON)


def close(user):
    """Close the user's account."""
    change_account(user, by=None, is_active=False)


@pytest.fixture
def confirmed(east, branch, secretary):
    """A roster of two that waits to be entered."""
    batch = ImportBatchFactory(
        rows=[person(1), person(2)], organization=east, by=secretary
    )
    plan_batch(batch, by=secretary)
    return confirm_batch(batch, by=secretary)


@pytest.mark.parametrize("leave", [end_roles, close])
def test_rows_confirmed_by_somebody_who_left_are_not_entered(
    confirmed, secretary, leave
):
    leave(secretary)

    while run_next_job():
        pass

    confirmed.refresh_from_db()
    commit = Job.objects.filter(owner=secretary).latest("pk")
    assert Member.objects.count() == 0
    assert (confirmed.state, confirmed.confirmed_by) == (BatchState.PLANNED, None)
    assert (commit.state, "职责已终止" in commit.message) == (JobState.FAILED, True)
    last = AuditEntry.objects.filter(subject_id=confirmed.pk).latest("pk")
    assert last.action == "exchange.take_back_confirmation"
    assert (last.actor, last.after["message"]) == (secretary, confirmed.message)


def test_a_colleague_enters_them_afterwards(confirmed, secretary, east):
    end_roles(secretary)
    while run_next_job():
        pass

    confirm_batch(confirmed, by=holder(Role.CLERK, east))
    while run_next_job():
        pass

    confirmed.refresh_from_db()
    assert (confirmed.state, Member.objects.count()) == (BatchState.COMMITTED, 2)


@pytest.fixture
def export(monkeypatch, secretary):
    """Declare an export that the secretary asked for; it runs what is handed in."""

    def declared(run):
        def keeps_records(job):
            return job.owner.scope().has_role({Role.SECRETARY})

        kind = JobKind("test", "试", run, keeps_records)
        monkeypatch.setitem(job_kinds._items, "test", kind)
        return JobFactory(kind="test", owner=secretary)

    return declared


def test_an_export_is_not_delivered_to_somebody_who_left_while_it_ran(
    export, secretary
):
    file = AttachmentFactory()

    def run(_job, _tell):
        end_roles(secretary)
        return JobResult(file=file)

    job = export(run)
    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.file) == (JobState.FAILED, None)


def test_a_finished_export_is_not_handed_out_afterwards(client, export, secretary):
    job = export(lambda _job, _tell: JobResult(file=AttachmentFactory()))
    run_job(job.pk)
    client.force_login(secretary)
    address = reverse("exchange:job_file", args=[job.pk])
    before = client.get(address).status_code

    end_roles(User.objects.get(pk=secretary.pk))

    assert (before, client.get(address).status_code) == (200, 403)
