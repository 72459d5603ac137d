"""What another window did meanwhile is said in words, and nothing of it is lost."""

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from core.months import today
from members.actions import (
    compare_again,
    hand_on_transfer,
    keep_apart,
    merge_members,
    undo_merge,
)
from members.enums import Grade, PairState
from members.errors import ManagerMissing, MergedAlready, OpenAlready
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.members import (
    DuplicatePairFactory,
    MemberFactory,
    PocketMemberFactory,
    TransferFactory,
)
from tests.factories.organizations import BranchFactory
from tests.members.test_appraisals import graded, opened, people

pytestmark = pytest.mark.django_db
BACKEND = "accounts.backends.UsernameOrPhone"
WHY = "同一人录入两次"


@pytest.fixture
def browser(client, secretary):
    """The browser of the secretary."""
    client.force_login(secretary, backend=BACKEND)
    return client


@pytest.fixture
def pair(branch):
    """Two records at one branch that are alike."""
    return DuplicatePairFactory(member=MemberFactory(organization=branch))


def address(name, row):
    return reverse(f"members:{name}", args=[row.pk])


def typed(form):
    return {name: form[name].value() or "" for name in form.fields}


# ---- grades ----------------------------------------------------------------------


def test_the_later_of_two_windows_erases_no_grade_of_the_other(branch, browser):
    people(branch, 3)
    row = opened(branch)
    graded(row, Grade.QUALIFIED, Grade.QUALIFIED, Grade.QUALIFIED)
    url = address("grades", row)
    early, late = (typed(browser.get(url).context["form"]) for _window in range(2))
    first, second, _third = (f"grade_{entry.pk}" for entry in row.appraisals.all())

    browser.post(url, {**early, first: Grade.EXCELLENT.value})
    answer = browser.post(url, {**late, second: Grade.BASICALLY_QUALIFIED.value})

    grades = [*row.appraisals.values_list("grade", flat=True)]
    assert answer.status_code == 409
    assert grades == [Grade.EXCELLENT, Grade.QUALIFIED, Grade.QUALIFIED]
    browser.post(url, typed(answer.context["form"]))
    grades = [*row.appraisals.values_list("grade", flat=True)]
    assert grades == [Grade.EXCELLENT, Grade.BASICALLY_QUALIFIED, Grade.QUALIFIED]


def test_whoever_lacks_a_grade_comes_first_under_the_name_of_the_branch(
    branch, browser
):
    people(branch, 3)
    row = opened(branch)
    graded(row, Grade.QUALIFIED, "", Grade.QUALIFIED)
    missing = row.appraisals.get(grade="")

    page = browser.get(address("grades", row))

    names = [name for name in page.context["form"].fields if "grade_" in name]
    text = browser.get(row.get_absolute_url()).content.decode()
    assert names[0] == f"grade_{missing.pk}"
    assert f"{row}" in page.context["lead"]
    assert "尚未评定" in text


# ---- pairs -----------------------------------------------------------------------


def test_after_undoing_a_merge_the_pair_is_to_be_decided_again(
    pair, secretary, browser
):
    merge_members(pair.first, pair.second, reason=WHY, by=secretary)

    browser.post(address("undo_merge", pair.second), {"reason": "合并错了"})

    pair.refresh_from_db()
    page = browser.get(pair.get_absolute_url())
    assert (pair.state, pair.note, pair.settled_on) == (PairState.OPEN, "", None)
    assert page.context["may_settle"]
    assert "合并错了" in page.content.decode()


def test_two_told_apart_by_mistake_are_compared_again(pair, secretary, browser):
    keep_apart(pair, reason="看错了", by=secretary)
    page = browser.get(pair.get_absolute_url()).content.decode()

    browser.post(address("compare_again", pair), {"reason": "电话相同"})

    pair.refresh_from_db()
    after = browser.get(pair.get_absolute_url())
    assert address("compare_again", pair) in page
    assert pair.state == PairState.OPEN
    assert after.context["may_settle"]
    assert [entry.reason for entry in AuditEntry.objects.about(pair)] != []
    assert all(text in after.content.decode() for text in ("看错了", "电话相同"))


def test_only_what_was_told_apart_is_compared_again(pair, secretary):
    with pytest.raises(OpenAlready):
        compare_again(pair, reason=WHY, by=secretary)
    merge_members(pair.first, pair.second, reason=WHY, by=secretary)
    with pytest.raises(MergedAlready):
        compare_again(pair, reason=WHY, by=secretary)


@pytest.mark.parametrize("step", ["keep_first", "keep_second", "keep_apart"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_pair_merged_in_another_window_is_said_to_be(
    step, method, pair, secretary, browser
):
    merge_members(pair.first, pair.second, reason=WHY, by=secretary)

    send = getattr(browser, method)
    answer = send(address(step, pair), {"reason": WHY}, follow=True)

    assert answer.redirect_chain[-1][0] == pair.get_absolute_url()
    assert "一人，已合并" in answer.content.decode()
    assert answer.status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_merging_undone_in_another_window_is_said_to_be(
    method, pair, secretary, browser
):
    merge_members(pair.first, pair.second, reason=WHY, by=secretary)
    undo_merge(pair.second, reason="合并错了", by=secretary)

    send = getattr(browser, method)
    answer = send(address("undo_merge", pair.second), {"reason": WHY}, follow=True)

    assert answer.status_code == 200
    assert "合并已撤销" in answer.content.decode()


def test_the_question_before_merging_tells_the_records_apart(pair, browser):
    question = browser.get(address("keep_first", pair)).context["question"]
    page = browser.get(pair.get_absolute_url()).content.decode()

    for member in (pair.first, pair.second):
        assert f"编号{member.pk} " in question
        assert f"编号{member.pk} " in question
        assert member.id_number[-4:] not in question
        assert f"编号{member.pk}" in page


# ---- transfers -------------------------------------------------------------------


def arriving(foreign):
    home = BranchFactory()
    transfer = TransferFactory(
        member=MemberFactory(organization=home), to=foreign.parent, issued=True
    )
    return hand_on_transfer(transfer, to=foreign, by=None)


def offered(client, transfer):
    page = client.get(address("confirm_arrival", transfer))
    return [*page.context["form"].fields["branch"].queryset]


def test_a_community_is_offered_as_branch_only_while_it_has_none(foreign, client):
    client.force_login(holder(Role.CLERK, foreign), backend=BACKEND)
    transfer = arriving(foreign)
    alone = offered(client, transfer)
    branch = BranchFactory(parent=foreign)

    assert alone == [foreign]
    assert offered(client, transfer) == [branch]


def test_an_arrival_confirmed_before_is_named_and_preset(foreign, client):
    client.force_login(holder(Role.CLERK, foreign), backend=BACKEND)
    transfer = arriving(foreign)
    BranchFactory(parent=foreign)
    branch = BranchFactory(parent=foreign, name="柳岸支部")
    url = address("confirm_arrival", transfer)
    client.post(url, {"branch": branch.pk, "on": f"{today()}"})

    page = client.get(url)

    assert page.context["form"]["branch"].value() == branch.pk
    assert "已确认到达：柳岸支部" in page.context["lead"]


# ---- words -----------------------------------------------------------------------


def test_appraisals_that_are_owed_are_called_so(browser):
    assert "尚欠评议" in browser.get(reverse("members:appraisals")).content.decode()
    owed = browser.get(reverse("members:owed_appraisals")).content.decode()
    assert "尚欠评议" in owed
    assert "尚欠会议" not in owed


def test_whoever_is_managed_after_all_is_managed_by_somebody_named(branch, browser):
    row = PocketMemberFactory(member__organization=branch)

    answer = browser.post(address("settle_pocket", row), {"outcome": "managed"})

    row.refresh_from_db()
    assert row.is_open
    assert str(ManagerMissing()) in answer.context["form"].errors["note"]
