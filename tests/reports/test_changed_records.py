"""Returns that no longer say what the records say wait on the desks of who must act."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from core.registries.todos import todos_for
from members.actions import change_member
from reports.actions import submit_return, withdraw_return
from reports.enums import ReturnState
from reports.models import MonthlyReturn
from reports.returns.changed_records import (
    find_with_record_changes,
    list_record_changes,
)
from tests.exports import body
from tests.factories.communities import MeetingFactory
from tests.factories.members import MemberFactory
from tests.factories.reports import JULY, JUNE, MonthlyReturnFactory, publish, submit
from tests.messages import translated

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 7, 2)
IN_AUGUST = dt.datetime(2026, 8, 2, 2, tzinfo=dt.UTC)
LIST = reverse("reports:returns")
TO_RETURN = f"{LIST}?state=submitted&records=changed"
TO_LOOK_AT = f"{LIST}?state=accepted&records=changed"


def urls_on_desk(user, day=DAY):
    return {todo.url for todo in todos_for(user, day)}


@pytest.fixture
def june(east, west_branch, roll):
    """The June return of 东社区, with three members; 西社区 has one too."""
    return MonthlyReturnFactory(organization=east, month=JUNE)


def admit(branch):
    MemberFactory(organization=branch, starts_on=JUNE)


def meet(branch):
    MeetingFactory(organization=branch, held_on=JUNE)


def correct(branch):
    woman = branch.members.get(sex="2")
    change_member(woman, by=None, sex="1")


CHANGES = (admit, meet, correct)


@pytest.mark.parametrize("change", CHANGES)
def test_a_submitted_return_waits_for_its_community_and_its_street(
    client, june, branch, secretary, staff, change
):
    submit(june, by=secretary)
    before = urls_on_desk(secretary), urls_on_desk(staff)

    change(branch)

    assert june.get_absolute_url() in urls_on_desk(secretary) - before[0]
    assert TO_RETURN in urls_on_desk(staff) - before[1]
    client.force_login(staff)
    assert list(client.get(TO_RETURN).context["table"].data) == [june]
    marked = translated("records have changed since")
    pages = (LIST, june.round.get_absolute_url())
    assert [marked in client.get(url).content.decode() for url in pages] == [True] * 2


def test_a_file_marks_what_has_changed_on_all_pages(
    client, june, west, branch, west_branch, staff, monkeypatch
):
    other = MonthlyReturn.objects.get(organization=west, month=JUNE)
    for row in (june, other):
        submit(row)
    for one in (branch, west_branch):
        admit(one)
    client.force_login(staff)
    view = client.get(LIST).context["view"].__class__
    monkeypatch.setattr(view, "paginate_by", 1)

    text = body(client.get(LIST, {"export": "csv"})).decode("utf-8-sig")

    assert text.count(translated("records have changed since")) == 2


def test_submitted_again_it_waits_no_more(june, branch, secretary, staff):
    submit(june, by=secretary)
    admit(branch)

    withdraw_return(june, by=secretary)
    submit_return(june, by=secretary)

    assert june.get_absolute_url() not in urls_on_desk(secretary)
    assert TO_RETURN not in urls_on_desk(staff)


def test_an_accepted_return_is_looked_at_by_the_street_until_the_next_month(
    client, june, branch, secretary, staff
):
    publish(june, by=staff)
    before = urls_on_desk(secretary)
    assert TO_LOOK_AT not in urls_on_desk(staff)

    correct(branch)

    assert urls_on_desk(secretary) == before
    assert TO_LOOK_AT in urls_on_desk(staff)
    client.force_login(staff)
    page = client.get(june.get_absolute_url())
    changes = [(c.label, c.before, c.after) for c in page.context["moved"]]
    assert changes == [("女", "1", "0")]
    with time_machine.travel(IN_AUGUST, tick=False):
        publish(MonthlyReturnFactory(organization=june.organization, month=JULY))
        assert TO_LOOK_AT not in urls_on_desk(staff, IN_AUGUST.date())


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("hand_over", [submit, publish])
def test_lists_and_pages_agree_on_what_has_changed(
    june, west, branch, hand_over, change
):
    other = MonthlyReturn.objects.get(organization=west, month=JUNE)
    for row in (june, other):
        hand_over(row)

    change(branch)

    rows = list(MonthlyReturn.objects.all())
    expected = {row.pk for row in rows if list_record_changes(row)}
    assert find_with_record_changes(MonthlyReturn.objects.all()) == expected
    assert other.pk not in expected


def test_a_draft_follows_the_records_and_waits_for_nobody(june, branch):
    admit(branch)

    june.refresh_from_db()
    assert june.state == ReturnState.DRAFT
    assert find_with_record_changes(MonthlyReturn.objects.all()) == set()


def test_more_returns_cost_no_more_queries(june, west, django_assert_max_num_queries):
    rows = MonthlyReturn.objects.all()
    submit(june)
    with django_assert_max_num_queries(40) as one:
        find_with_record_changes(rows)
    submit(MonthlyReturn.objects.get(organization=west, month=JUNE))

    with django_assert_max_num_queries(len(one)):
        assert find_with_record_changes(rows) == set()
