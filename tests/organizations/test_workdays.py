"""Working days of the office."""

import datetime as dt

import pytest

from organizations.actions import set_workday
from organizations.workdays import first_workday_from


@pytest.mark.parametrize(
    ("day", "first"),
    [
        ("2026-06-05", "2026-06-05"),  # an ordinary Friday
        ("2026-07-05", "2026-07-06"),  # a Sunday
        ("2026-10-05", "2026-10-08"),  # the National Day holidays
        ("2026-02-14", "2026-02-14"),  # a Saturday made up for the Spring Festival
        ("2098-07-05", "2098-07-07"),  # a Saturday of a year nobody has proclaimed yet
    ],
)
@pytest.mark.django_db
def test_a_day_off_gives_way_to_the_next_working_day(day, first):
    assert f"{first_workday_from(dt.date.fromisoformat(day))}" == first


@pytest.mark.django_db
def test_an_override_of_the_office_takes_precedence_over_the_calendar():
    friday, monday = dt.date(2026, 6, 5), dt.date(2026, 6, 8)
    saturday = dt.date(2026, 6, 6)

    set_workday(day=friday, works=False, by=None, note="防汛值守调休")
    put_off = first_workday_from(friday)
    set_workday(day=saturday, works=True, by=None, note="补班")

    assert (put_off, first_workday_from(friday)) == (monday, saturday)
