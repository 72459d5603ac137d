"""Work of people whose role was ended meanwhile is neither done nor delivered."""

from dataclasses import replace

import pytest
from django.urls import reverse

from accounts.actions import change_account, end_role_assignment
from accounts.models import AuditEntry, User
from core.web.bulk_actions import bulk_actions
from exchange import hooks
from exchange.actions import (
    ask_bulk,
    confirm_bulk,
    run_job,
    run_next_job,
)
from exchange.actions import bulk as bulk_module
from exchange.enums import BatchState, BulkState, JobState
from exchange.imports import confirm_batch, plan_batch
from exchange.job_kinds import JobKind, JobResult, job_kinds
from exchange.models import Job, OrderedDecision
from members.models import Member
from organizations.roles import Role
from tests.exchange.test_large_decisions import ordered, press
from tests.factories.accounts import holder
from tests.factories.exchange import (
    AttachmentFactory,
    ImportBatchFactory,
    JobFactory,
    person,
)
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory

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


def work():
    """Let a worker do all that waits."""
    while run_next_job():
        pass


class TestWhatWasConfirmed:
    """What somebody confirmed who then left is not done; what is done is said so."""

    @pytest.fixture
    def many(self, secretary, east, branch, monkeypatch):
        """An action on many rows, confirmed and left to a worker."""
        monkeypatch.setattr(bulk_module, "IMMEDIATE_ROWS", 0)
        member = MemberFactory(organization=branch)
        kind = bulk_actions.get("members.category")
        typed = {"category": ["retired"]}
        run = ask_bulk(kind, "/members/", [member.pk], typed, by=secretary)
        work()
        run.refresh_from_db()
        confirm_bulk(run, by=secretary)
        return run

    @pytest.fixture
    def large(self, client, staff, east, branch, monkeypatch):
        """A large decision, looked at and left to a worker."""
        monkeypatch.setattr("organizations.views.deciding.LARGE", 0)
        MemberFactory(organization=branch)
        client.force_login(staff)
        page = ordered(client, branch, BranchFactory(parent=east))
        work()
        press(client, page, "carry-out/")
        return OrderedDecision.objects.get()

    @pytest.mark.parametrize("leave", [end_roles, close])
    def test_many_rows_are_left_as_they_were(self, many, secretary, leave):
        leave(secretary)

        work()

        many.refresh_from_db()
        assert not Member.objects.filter(category="retired").exists()
        assert (many.done_at, many.job.is_failed) == (None, True)

    @pytest.mark.parametrize("leave", [end_roles, close])
    def test_a_large_decision_is_not_carried_out(self, large, staff, branch, leave):
        leave(staff)

        work()

        large.refresh_from_db()
        branch.refresh_from_db()
        assert (large.is_open, large.is_refused, branch.ended_on) == (True, True, None)

    def test_many_rows_that_were_done_before_the_account_closed_are_said_to_be(
        self, many, secretary, monkeypatch
    ):
        self._close_after(monkeypatch, "do_bulk", secretary)

        work()

        many.refresh_from_db()
        assert (many.state, many.job.state) == (BulkState.DONE, JobState.DONE)

    def test_a_sheet_that_was_entered_before_the_account_closed_is_said_to_be(
        self, confirmed, secretary, monkeypatch
    ):
        self._close_after(monkeypatch, "commit_batch", secretary)

        work()

        confirmed.refresh_from_db()
        commit = Job.objects.filter(owner=secretary).latest("pk")
        assert (confirmed.state, commit.state) == (BatchState.COMMITTED, JobState.DONE)

    def test_a_decision_that_was_carried_out_before_the_account_closed_is_said_to_be(
        self, large, staff, monkeypatch
    ):
        kind = job_kinds.get(large.job.kind)

        def run(job, progress):
            done = kind.run(job, progress)
            close(staff)
            return done

        monkeypatch.setitem(job_kinds._items, kind.key, replace(kind, run=run))

        work()

        large.refresh_from_db()
        assert (large.is_open, large.job.state) == (False, JobState.DONE)

    def _close_after(self, monkeypatch, name, person):
        """Close the account right after what a worker commits."""
        found = getattr(hooks, name)

        def commit(*args, **kwargs):
            done = found(*args, **kwargs)
            close(person)
            return done

        monkeypatch.setattr(hooks, name, commit)
