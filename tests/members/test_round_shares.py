"""The funnel in percent, before the first day, and for the city (S4-11)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from core.months import today
from members.actions import check_in
from members.funnels import LIVING
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.checkin_rounds import CheckInRoundFactory
from tests.factories.members import MemberFactory
from tests.factories.pledges import PledgeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.mission("S4-11")]
MONTH = dt.timedelta(days=30)


@pytest.fixture
def running(street):
    """The street's round that began a month ago and goes on."""
    return CheckInRoundFactory(
        organization=street, starts_on=today() - MONTH, ends_on=today() + MONTH
    )


@pytest.fixture
def officer(street):
    """Somebody of the city, who reads figures."""
    return holder(Role.CITY_OFFICER, street.parent)


def guest(community, **values):
    member = MemberFactory(in_service=True, community=community, **values)
    check_in(member, community, by=None)
    member.refresh_from_db()
    return member


def lines(answer):
    return {str(row.record.label): row.record for row in answer.context["table"].rows}


@pytest.fixture
def people(running, east):
    """Three who checked in, one of them with a promise, and one who never did."""
    people = [guest(east) for _ in range(3)]
    MemberFactory(in_service=True, community=east)
    span = {"starts_on": running.starts_on, "ends_on": running.ends_on}
    PledgeFactory(member=people[0], accepted=True, **span)
    return people


def test_shares_are_of_those_who_could_take_the_step_and_of_nobody_they_are_a_dash(
    enter, running, east, street, people
):
    browser = enter(holder(Role.STREET_STAFF, street))

    page = browser.get(running.get_absolute_url())

    line = lines(page)["东社区"]
    assert line.counts[LIVING] == 4
    assert line.shares == {
        "pledged": Decimal("33.3"),
        "served": Decimal("0.0"),
        "again": None,
    }
    text = page.content.decode()
    assert "33.3%" in text
    assert "不是应报到人数" in text


def test_a_round_that_has_not_begun_says_so_and_counts_nobody(
    enter, running, street, people
):
    later = CheckInRoundFactory(
        organization=street,
        title="明年双报到",
        starts_on=running.ends_on,
        ends_on=running.ends_on + MONTH,
    )
    browser = enter(holder(Role.STREET_STAFF, street))

    page = browser.get(later.get_absolute_url())
    shown = browser.get(reverse("members:round_people", args=[later.pk]))

    assert "开始" in page.content.decode()
    assert page.context["chart"] is None
    assert [*page.context["table"].rows] == [*shown.context["table"].rows] == []


def test_the_city_reads_the_numbers_of_its_streets_and_nobody_by_name(
    enter, running, officer, other_street, people
):
    city = enter(officer)

    page = city.get(reverse("members:rounds_by_street"))

    by_street = lines(page)
    assert by_street[running.organization.name].counts["checked_in"] == 3
    assert by_street[other_street.name].counts == {}
    assert by_street["合计"].counts["pledged"] == 1
    round_page = city.get(running.get_absolute_url())
    assert lines(round_page)["东社区"].counts["checked_in"] == 3
    names = reverse("members:round_people", args=[running.pk])
    assert names not in round_page.content.decode()
    assert city.get(names).status_code == 403
    assert people[0].name not in round_page.content.decode()


def test_the_city_and_the_street_read_the_same_numbers(
    enter, running, officer, street, east, branch, people
):
    """Whoever left for another street last is known to neither."""
    MemberFactory(organization=branch, category="in_service")
    staff = holder(Role.STREET_STAFF, street)

    of_city, of_street = (
        enter(user).get(running.get_absolute_url()) for user in (officer, staff)
    )

    assert {name: line.counts for name, line in lines(of_city).items()} == {
        name: line.counts for name, line in lines(of_street).items()
    }


def test_the_dashboard_leads_to_the_round_of_the_place_or_to_the_streets(
    enter, running, officer, street, east
):
    def leads_to(user, place):
        path = reverse("reports:dashboard_of", args=[place.pk])
        return [link.url for link in enter(user).get(path).context["page_actions"]]

    assert running.get_absolute_url() in leads_to(holder(Role.SECRETARY, east), east)
    assert running.get_absolute_url() in leads_to(officer, street)
    assert reverse("members:rounds_by_street") in leads_to(officer, street.parent)
