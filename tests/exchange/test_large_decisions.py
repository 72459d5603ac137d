"""A decision that takes very much along is worked out and carried out by a worker."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from core.months import today
from exchange.actions import forget_shown_decisions, run_next_job, work_out
from exchange.models import Job, OrderedDecision
from members.models import Affiliation
from organizations.enums import ThresholdKey
from organizations.models import Organization, OrganizationChange, Threshold
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory

pytestmark = pytest.mark.django_db
APPROVED = {
    "basis": "关于合并党支部的批复",
    "approved_by": "南城街道党工委",
    "approved_on": "2026-01-05",
}


@pytest.fixture
def few(monkeypatch):
    """Take more than two rows for very much."""
    monkeypatch.setattr("organizations.views.deciding.LARGE", 2)


@pytest.fixture
def target(east):
    return BranchFactory(parent=east, name="第二党支部")


@pytest.fixture
def crowd(branch):
    return [MemberFactory(organization=branch) for _ in range(3)]


@pytest.fixture
def desk(client, staff):
    client.force_login(staff)
    return client


def words_of(answer):
    return answer.content.decode()


def ordered(desk, branch, target):
    """Type the decision; return the page to which it leads."""
    url = reverse("organizations:dissolve", args=[branch.pk])
    opened = desk.get(url).context["form"]
    values = {
        **APPROVED,
        "on": str(today()),
        "target": target.pk,
        "version_token": opened["version_token"].value(),
    }
    answer = desk.post(url, values)
    assert answer.status_code == 302, answer.context["form"].errors
    return answer.url


def press(desk, page, name):
    """Press a button of the page as it is now."""
    [button] = [b for b in desk.get(page).context["buttons"] if b.url.endswith(name)]
    data = {"idempotency_key": button.key, "version_token": button.version}
    return desk.post(button.url, data, follow=True)


def at(organization):
    return Affiliation.objects.filter(organization=organization, ends_on=None).count()


def test_a_small_one_stays_in_the_request(desk, branch, target, crowd):
    url = ordered(desk, branch, target)

    assert url.startswith(reverse("organizations:dissolve", args=[branch.pk]))
    assert not Job.objects.exists()


def test_a_large_one_is_shown_first_and_then_carried_out(
    desk, few, branch, target, crowd
):
    page = ordered(desk, branch, target)
    assert "正在" in words_of(desk.get(page)) or "%" in words_of(desk.get(page))
    assert at(branch) == 3

    run_next_job()
    looked = desk.get(page)
    assert at(branch) == 3
    assert "随转的党员：3" in words_of(looked)
    assert looked.context["preview"]["months"]

    press(desk, page, "carry-out/")
    run_next_job()

    branch.refresh_from_db()
    order = OrderedDecision.objects.get()
    assert (at(branch), at(target), branch.ended_on) == (0, 3, today())
    assert (order.shown, order.is_open) == (None, False)
    assert order.result in desk.get(page).content.decode()
    change = OrganizationChange.objects.get()
    entry = AuditEntry.objects.filter(subject_id=change.pk, channel="job").latest("pk")
    assert (entry.actor, entry.channel) == (order.owner, "job")


def test_it_says_which_rules_will_not_be_kept(desk, few, branch, target, crowd):
    Threshold.objects.filter(key=ThresholdKey.BRANCH_MAXIMUM).update(value=2)
    MemberFactory(organization=target)
    page = ordered(desk, branch, target)

    run_next_job()

    [finding] = desk.get(page).context["preview"]["findings"]
    assert finding["organization"]["name"] == target.name


def test_what_was_overtaken_is_refused_in_words_and_nothing_moves(
    desk, few, branch, target, crowd
):
    page = ordered(desk, branch, target)
    run_next_job()
    MemberFactory(organization=branch)
    press(desk, page, "carry-out/")
    run_next_job()

    refused = desk.get(page)
    assert (at(branch), at(target)) == (4, 0)
    assert "已" in words_of(refused)
    assert refused.context["job"].is_failed
    assert next(b.url for b in refused.context["buttons"]).endswith("again/")

    press(desk, page, "again/")
    run_next_job()
    assert "随转的党员：4" in words_of(desk.get(page))
    press(desk, page, "carry-out/")
    run_next_job()
    assert (at(branch), at(target)) == (0, 4)


def test_whoever_lost_the_role_meanwhile_moves_nothing(
    desk, staff, few, branch, target, crowd
):
    page = ordered(desk, branch, target)
    run_next_job()
    press(desk, page, "carry-out/")
    staff.role_assignments.all().delete()
    run_next_job()

    order = OrderedDecision.objects.select_related("job").get()
    assert (at(branch), order.job.is_failed) == (3, True)


def test_a_worker_that_dies_after_it_was_done_does_it_once(
    desk, few, branch, target, crowd
):
    page = ordered(desk, branch, target)
    run_next_job()
    press(desk, page, "carry-out/")
    run_next_job()
    Job.objects.update(state="queued", finished_at=None, message="")

    while run_next_job():
        pass

    assert OrganizationChange.objects.count() == 1
    assert not Job.objects.filter(state="failed", kind__contains="carry").exists()


def test_it_may_be_given_up_and_others_do_not_see_it(
    desk, few, branch, target, crowd, street, client
):
    page = ordered(desk, branch, target)
    run_next_job()
    press(desk, page, "drop/")

    order = OrderedDecision.objects.get()
    assert (order.shown, order.is_open, at(branch)) == (None, False, 3)
    other = holder(Role.STREET_STAFF, street)
    client.force_login(other)
    assert client.get(page).status_code == 404


def test_whom_it_would_take_along_is_forgotten_after_a_week(
    desk, staff, few, branch, target, crowd, time_machine
):
    page = ordered(desk, branch, target)
    run_next_job()
    time_machine.move_to(timezone.now() + dt.timedelta(days=6), tick=False)
    assert forget_shown_decisions() == 0
    time_machine.move_to(timezone.now() + dt.timedelta(days=2), tick=False)

    assert forget_shown_decisions() == 1

    order = OrderedDecision.objects.get()
    assert (order.shown, order.is_open) == (None, True)
    desk.force_login(staff)  # nobody stays signed in for so long
    assert "只保留七天" in words_of(desk.get(page))
    press(desk, page, "again/")
    run_next_job()
    assert "随转的党员：3" in words_of(desk.get(page))


def test_the_desk_says_when_there_is_something_to_look_at(
    desk, few, branch, target, crowd
):
    page = ordered(desk, branch, target)
    home = reverse("accounts:home")
    assert page not in desk.get(home, follow=True).content.decode()

    run_next_job()

    assert page in desk.get(home, follow=True).content.decode()


def test_progress_is_told_row_by_row(desk, few, branch, target, crowd):
    ordered(desk, branch, target)
    told = []
    work_out(Job.objects.get(), told.append)

    assert told == [33, 66, 100]
    assert Organization.objects.get(pk=branch.pk).ended_on is None
