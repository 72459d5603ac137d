"""The street sees who was late, month by month over the year."""

import datetime as dt

import pytest
from django.utils import timezone

from organizations.roles import Role
from reports.actions import open_round, submit_return
from reports.models import MonthlyReturn
from reports.returns.lateness import list_lateness
from tests.factories.accounts import holder
from tests.factories.reports import JUNE, submit
from tests.messages import says

pytestmark = pytest.mark.django_db
MAY = dt.date(2026, 5, 1)
TWO_DAYS = dt.timedelta(days=2)


@pytest.fixture
def rounds(street, east, west):
    """May and June, collected from 东社区 and 西社区."""
    return [open_round(street, month, by=None) for month in (MAY, JUNE)]


def return_of(organization, month):
    return MonthlyReturn.objects.get(organization=organization, month=month)


def noon(day):
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


def test_in_time_late_and_missing_are_told_apart(rounds, east, west, secretary):
    may, june = rounds
    submit_return(return_of(east, MAY), by=secretary, at=noon(may.due_on))
    submit_return(return_of(west, MAY), by=secretary, at=noon(may.due_on + TWO_DAYS))
    submit(return_of(west, JUNE))

    months, years = list_lateness(june)

    assert months == [MAY, JUNE]
    words = {year.name: [text for _month, text, _late in year.cells] for year in years}
    assert words == {
        east.name: ["按时", "未到期"],
        west.name: ["迟报 2 天", "按时"],
    }


def test_an_unsubmitted_month_is_late_once_it_was_due(rounds, east):
    _months, years = list_lateness(rounds[0])
    (cell,) = years[0].cells

    assert cell == (MAY, "逾期未报", True)


def test_a_community_that_had_nothing_to_file_is_not_late(rounds, street):
    MonthlyReturn.objects.filter(month=MAY).first().delete()

    _months, years = list_lateness(rounds[1])

    assert years[0].cells[0] == (MAY, "无须报送", False)


def test_the_street_sees_the_year_and_the_city_does_not(client, rounds, street, staff):
    client.force_login(staff)
    page = client.get(rounds[1].get_absolute_url()).content.decode()
    assert says(page, "本年各月报送")

    client.force_login(holder(Role.CITY_OFFICER, street.parent))
    page = client.get(rounds[1].get_absolute_url()).content.decode()
    assert not says(page, "本年各月报送")
