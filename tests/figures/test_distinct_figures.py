"""Persons counted once: recounted at each tier, never summed."""

import datetime as dt

import pytest

from figures.definitions import Indicator, Kind, indicators
from figures.models import Figure
from figures.rows import counted as counted_from_rows
from figures.sums import values_at
from members.actions import move_member
from members.indicators import GAINED, PERSONS
from organizations.month_tree import place_of
from reports.dashboards.overview import overview
from reports.invariants import miscounted
from tests.factories.reports import JUNE, counted

CAME = "persons_who_came"


@pytest.fixture
def came(monkeypatch):
    """One more indicator: who came in a month, counted once however often he came."""
    one = Indicator(CAME, "来过的人", PERSONS, Kind.FLOW, GAINED, distinct="member")
    monkeypatch.setitem(indicators._items, CAME, one)
    return one


@pytest.fixture
def there_and_back(came, roll, branch, west_branch):
    """A member who moves to 西社区 in June and back again."""
    move_member(roll[0], west_branch, by=None, on=dt.date(2026, 6, 5))
    move_member(roll[0], branch, by=None, on=dt.date(2026, 6, 20))
    counted()


def persons(organization):
    """How many came to a place in June."""
    return values_at(place_of(organization.pk, JUNE), JUNE, [CAME])[CAME]


def test_who_came_to_both_communities_is_one_person_of_the_street(
    there_and_back, east, west, street, city
):
    places = (east, west, street, city)

    assert [persons(place) for place in places] == [1, 1, 1, 1]


def test_counted_from_rows_it_is_the_same(there_and_back, east, street):
    for place in (east, street):
        values = counted_from_rows(place_of(place.pk, JUNE), JUNE, [CAME])
        assert values == {CAME: persons(place)}


def test_the_table_shows_each_child_s_own_count_and_no_rest(there_and_back, street):
    view = overview(place_of(street.pk, JUNE), JUNE, [CAME, "members_in"])

    assert [row.values for row in view.children] == [
        {CAME: 1, "members_in": 1},
        {CAME: 1, "members_in": 1},
    ]
    assert view.whole.values == {CAME: 1, "members_in": 2}
    assert view.rest == {}


def test_a_wrong_count_of_persons_is_found_out(there_and_back, street):
    assert list(miscounted()) == []

    rows = Figure.objects.recounted().filter(organization=street, month=JUNE)
    rows.update(value=2)

    assert list(miscounted()) == [
        f"2026-06 {CAME} of organization {street.pk}: figure 2.00, rows 1.00"
    ]
