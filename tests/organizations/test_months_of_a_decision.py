"""What a decision shows beforehand, month by month, and what it leaves behind."""

import datetime as dt

import pytest

from core.months import last_day, month_of, shift_month, today
from organizations.models import OrganizationChange
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory
from tests.factories.reports import MonthlyReturnFactory, submit
from tests.organizations.test_decisions import decided, page

pytestmark = pytest.mark.django_db
FILED = "已报送"


@pytest.fixture
def desk(client, staff):
    """The browser of the street's staff."""
    client.force_login(staff)
    return client


@pytest.fixture
def last_month():
    """The month before this one, which nobody has closed."""
    return shift_month(month_of(today()), -1)


def moved(desk, branch, west, day):
    """What the page shows before a branch goes to 西社区 from a day on."""
    looked, _done = decided(desk, page("move", branch), target=west.pk, on=str(day))
    return looked


def test_a_move_in_a_past_month_shows_that_month_and_the_present_one(
    desk, branch, west, last_month
):
    MemberFactory.create_batch(3, organization=branch)

    looked = moved(desk, branch, west, last_month + dt.timedelta(days=9))

    months = looked.context["preview"].months
    assert [one.month for one in months] == [last_month, month_of(today())]
    assert all(one.figures for one in months)


def test_a_move_of_today_shows_this_month_alone(desk, branch, west):
    MemberFactory.create_batch(3, organization=branch)

    looked = moved(desk, branch, west, today())

    assert [one.month for one in looked.context["preview"].months] == [
        month_of(today())
    ]


def test_returns_filed_before_are_named_with_what_to_do(
    desk, branch, east, west, last_month
):
    MemberFactory.create_batch(3, organization=branch)
    filed = submit(MonthlyReturnFactory(organization=east, month=last_month))

    looked = moved(desk, branch, west, last_day(last_month))

    past, present = looked.context["preview"].months
    assert past.filed == [str(filed)]
    assert present.filed == []
    assert FILED in looked.content.decode()


def test_a_preview_says_what_would_not_be_as_the_rules_want_it(desk, branch, east):
    MemberFactory.create_batch(50, organization=branch)
    target = BranchFactory(parent=east, name="东社区第二支部")
    MemberFactory.create_batch(4, organization=target)

    looked, _done = decided(desk, page("dissolve", branch), target=target.pk)

    found = [
        (one.organization, one.rule.key)
        for one in looked.context["preview"].findings
        if one.rule.key.endswith("many_members")
    ]
    assert found == [(target, "communities.many_members")]
    assert target.name in looked.content.decode()


def test_what_is_so_today_is_no_news_of_a_preview(desk, branch, west):
    MemberFactory.create_batch(60, organization=branch)

    looked = moved(desk, branch, west, today())

    keys = {one.rule.key for one in looked.context["preview"].findings}
    assert "communities.many_members" not in keys


def test_the_parent_that_was_left_has_the_move_in_its_history(desk, branch, east, west):
    moved(desk, branch, west, today())
    change = OrganizationChange.objects.get()

    shown = desk.get(east.get_absolute_url()).content.decode()

    assert change.get_absolute_url() in shown
