"""An action on many rows that is refused, left alone or meets what changed."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions import end_role_assignment
from accounts.models import DigestEntry
from core.db.digests import WrittenCheck, written_checks
from core.errors import DomainError
from exchange.actions import bulk as bulk_module
from exchange.actions import forget_bulk_runs, run_next_job
from exchange.enums import BulkState
from exchange.models import BulkRun
from members.models import Affiliation, Member
from tests.exchange.test_bulk import LIST, choose, confirm, preview
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory
from tests.html import read
from tests.test_access_matrix import signed_in

pytestmark = pytest.mark.django_db


class Refused(DomainError):
    """What a rule or an action says."""

    message = "名册里只能有一位。"


@pytest.fixture
def clerk(secretary):
    """The secretary's browser."""
    return signed_in(secretary)


def refuse(*_args):
    """Refuse whatever is asked."""
    raise Refused


@pytest.fixture
def by_worker(monkeypatch):
    """Leave even one row to a worker."""
    monkeypatch.setattr(bulk_module, "IMMEDIATE_ROWS", 0)


def work():
    """Let a worker do all that waits."""
    while run_next_job():
        pass


def retire(clerk, *members, **chosen):
    """Show what it would do to call the members retired."""
    page = choose(clerk, "members.category", rows=members, **chosen)
    return preview(clerk, page, category="retired")


def retired():
    """Who is called retired."""
    return {*Member.objects.filter(category="retired")}


class TestRefusedByAWorker:
    """What a worker could not do says why, and can be looked at anew."""

    @pytest.fixture
    def refused(self, clerk, branch, by_worker, monkeypatch):
        """A run that a worker refused after it was confirmed, and its member."""
        member = MemberFactory(organization=branch)
        run = retire(clerk, member).context["run"]
        work()
        confirm(clerk, clerk.get(run.get_absolute_url()))
        with monkeypatch.context() as patch:
            patch.setattr(bulk_module, "_do", refuse)
            work()
        return run, member

    def test_it_says_why_and_is_done_after_it_was_looked_at_anew(self, clerk, refused):
        run, member = refused
        page = clerk.get(run.get_absolute_url())
        assert Refused.message in page.content.decode()

        again = read(page).form_to("again")
        clerk.post(again.action, again.sent())
        work()
        confirm(clerk, clerk.get(run.get_absolute_url()))
        work()

        assert retired() == {member}

    def test_one_that_could_not_be_looked_through_is_looked_through_again(
        self, clerk, branch, by_worker, monkeypatch
    ):
        member = MemberFactory(organization=branch)
        run = retire(clerk, member).context["run"]
        with monkeypatch.context() as patch:
            patch.setattr(bulk_module, "_run_rows", refuse)
            work()

        again = read(clerk.get(run.get_absolute_url())).form_to("again")
        clerk.post(again.action, again.sent())
        work()

        assert read(clerk.get(run.get_absolute_url())).form_to("confirm")

    def test_whoever_lost_the_role_is_told_and_offered_nothing(
        self, clerk, refused, secretary
    ):
        run, _member = refused
        for role in secretary.role_assignments.all():
            end_role_assignment(role, by=None, reason="调离")

        page = clerk.get(run.get_absolute_url())

        assert Refused.message in page.content.decode()
        assert not read(page).form_to("again")
        path = reverse("exchange:bulk_again", args=[run.pk])
        assert clerk.post(path).status_code == 403

    def test_what_a_worker_still_has_is_not_begun_a_second_time(
        self, clerk, branch, by_worker
    ):
        run = retire(clerk, MemberFactory(organization=branch)).context["run"]

        clerk.post(reverse("exchange:bulk_again", args=[run.pk]))

        run.refresh_from_db()
        assert run.job_id == BulkRun.objects.get().job_id
        assert run.job.__class__.objects.count() == 1


class TestForgotten:
    """Of what is a week old no name is kept, however far it came."""

    def _week_old(self):
        asked = timezone.now() - dt.timedelta(days=8)
        BulkRun.objects.update(asked_at=asked)
        forget_bulk_runs()
        return BulkRun.objects.get()

    def test_one_that_could_not_be_looked_through(
        self, clerk, branch, by_worker, monkeypatch
    ):
        retire(clerk, MemberFactory(organization=branch))
        monkeypatch.setattr(bulk_module, "_run_rows", refuse)
        work()

        run = self._week_old()

        assert (run.values, run.outcome, run.state) == ({}, [], BulkState.EXPIRED)
        page = clerk.get(run.get_absolute_url())
        assert not read(page).form_to("again")

    @pytest.mark.parametrize("is_done", [False, True])
    def test_the_filter_by_which_the_rows_were_chosen(self, clerk, branch, is_done):
        member = MemberFactory(organization=branch, name="孙某某")
        page = retire(clerk, which="all", address=f"{reverse(LIST)}?q=孙某某")
        if is_done:
            confirm(clerk, page)

        run = self._week_old()

        assert run.address == reverse(LIST)
        assert run.is_done is is_done
        assert retired() == ({member} if is_done else set())

    def test_it_is_forgotten_once(self, clerk, branch):
        confirm(clerk, retire(clerk, MemberFactory(organization=branch)))
        self._week_old()

        assert forget_bulk_runs() == 0


def test_a_row_that_leaves_the_area_while_it_is_locked_is_said_and_not_done(
    clerk, branch, west, monkeypatch
):
    member = MemberFactory(organization=branch)
    page = retire(clerk, member)
    there, found = BranchFactory(parent=west), bulk_module.lock_row

    def leaves(row):
        Member.objects.filter(pk=row.pk).update(organization=there)
        found(row)

    monkeypatch.setattr(bulk_module, "lock_row", leaves)

    answer = confirm(clerk, page)

    assert (answer.status_code, retired()) == (302, set())
    again = clerk.get(answer.url)
    assert "上次显示以后情况有变动" in again.content.decode()
    assert [line["key"] for line in again.context["run"].refused] == [member.pk]


class TestTriedOut:
    """A trial finds what the action itself would find, and leaves nothing behind."""

    @pytest.fixture
    def refusing(self, monkeypatch):
        """A rule about all that is written, which one member breaks."""
        refused = []

        def look(written, _new):
            if written.get(Member, set()) & {*refused}:
                raise Refused

        check = WrittenCheck("test.members", look)
        monkeypatch.setitem(written_checks._items, check.key, check)
        return refused

    def test_what_a_rule_between_rows_refuses_is_named_and_the_others_are_done(
        self, clerk, branch, refusing
    ):
        able, unable = MemberFactory.create_batch(2, organization=branch)
        refusing.append(unable.pk)

        page = retire(clerk, able, unable)

        (line,) = page.context["run"].refused
        assert (line["key"], line["why"]) == (unable.pk, "名册里只能有一位。")
        confirm(clerk, page)
        assert retired() == {able}

    def test_it_leaves_no_digest_of_what_never_was(self, clerk, branch, east):
        member, there = MemberFactory(organization=branch), BranchFactory(parent=east)
        last = DigestEntry.objects.count()

        page = choose(clerk, "members.move", rows=[member])
        preview(clerk, page, organization=there.pk, on="2026-06-01")

        entries = DigestEntry.objects.order_by("pk")[last:]
        digested = {label for entry in entries for label in entry.rows}
        assert not digested & {Member._meta.label, Affiliation._meta.label}
