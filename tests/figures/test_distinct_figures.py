"""Figures of persons counted once: recounted at each tier, never summed."""

import datetime as dt

import pytest

from figures.counting import count_figures
from figures.definitions import Indicator, Kind, indicators
from figures.models import Figure
from figures.sums import sum_figures
from members.actions import move_member
from members.indicators import GAINED, PERSONS
from organizations.month_tree import get_organization_at
from reports.dashboards.overview import build_overview
from reports.invariants import find_wrong_figures
from tests.factories.figures import recount_all
from tests.factories.reports import JUNE

ARRIVALS = "persons_arrived"


@pytest.fixture
def arrivals(monkeypatch):
    """One more indicator: the persons who came in a month, each counted once."""
    one = Indicator(ARRIVALS, "来过的人", PERSONS, Kind.FLOW, GAINED, distinct="member")
    monkeypatch.setitem(indicators._items, ARRIVALS, one)
    return one


@pytest.fixture
def there_and_back(arrivals, roll, branch, west_branch):
    """A member who moves to 西社区 in June and back again."""
    move_member(roll[0], west_branch, by=None, on=dt.date(2026, 6, 5))
    move_member(roll[0], branch, by=None, on=dt.date(2026, 6, 20))
    recount_all()


def persons(organization):
    """How many persons came to an organization in June."""
    return sum_figures(get_organization_at(organization.pk, JUNE), JUNE, [ARRIVALS])[
        ARRIVALS
    ]


def test_a_person_who_served_in_both_communities_counts_once_for_the_street(
    there_and_back, east, west, street, city
):
    organizations = (east, west, street, city)

    assert [persons(organization) for organization in organizations] == [1, 1, 1, 1]


def test_counting_from_the_rows_gives_the_same(there_and_back, east, street):
    for organization in (east, street):
        values = count_figures(
            get_organization_at(organization.pk, JUNE), JUNE, [ARRIVALS]
        )
        assert values == {ARRIVALS: persons(organization)}


def test_the_dashboard_shows_each_child_s_own_count_and_no_rest(there_and_back, street):
    overview = build_overview(
        get_organization_at(street.pk, JUNE), JUNE, [ARRIVALS, "members_in"]
    )

    assert [row.values for row in overview.children] == [
        {ARRIVALS: 1, "members_in": 1},
        {ARRIVALS: 1, "members_in": 1},
    ]
    assert overview.whole.values == {ARRIVALS: 1, "members_in": 2}
    assert overview.rest == {}


def test_verify_reports_a_wrong_count_of_persons(there_and_back, street):
    assert list(find_wrong_figures()) == []

    rows = Figure.objects.recounted().filter(organization=street, month=JUNE)
    rows.update(value=2)

    assert list(find_wrong_figures()) == [
        f"2026-06 {ARRIVALS} of organization {street.pk}: figure 2.00, rows 1.00"
    ]
