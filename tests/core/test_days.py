"""Days that people write: none out of our time, none to come where it has happened."""

import datetime as dt

import pytest
from django import forms
from django.db import IntegrityError, transaction

from core.months import today
from core.web.forms import DayField
from tests.factories.communities import MeetingFactory
from tests.factories.volunteering import ShiftFactory


class Told(forms.Form):
    """A day on which something happened, and one on which something is planned."""

    happened = DayField(past=True)
    planned = DayField()


def refused(**days):
    """Return which days the form refuses."""
    form = Told({"happened": f"{today()}", "planned": f"{today()}"} | days)
    return sorted(form.errors)


def test_today_has_happened_and_tomorrow_has_not():
    tomorrow = f"{today() + dt.timedelta(days=1)}"

    assert refused() == []
    assert refused(happened=tomorrow) == ["happened"]
    assert refused(planned=tomorrow) == []


@pytest.mark.parametrize(
    "day", ["1800-01-01", "1899-12-31", "2101-01-01", "2999-01-01"]
)
def test_a_slip_of_the_pen_is_refused(day):
    assert refused(planned=day) == ["planned"]


def test_the_browser_offers_no_day_to_come(time_machine):
    time_machine.move_to(dt.datetime(2026, 6, 10, 3, tzinfo=dt.UTC))

    assert 'max="2026-06-10"' in str(Told()["happened"])


@pytest.mark.django_db
def test_the_table_refuses_such_days_whoever_writes_them():
    meeting, shift = MeetingFactory(), ShiftFactory()
    long_ago = dt.datetime(1800, 1, 1, tzinfo=dt.UTC)

    for row, column, day in (
        (meeting, "held_on", dt.date(2999, 1, 1)),
        (shift, "starts_at", long_ago),
    ):
        with (
            pytest.raises(IntegrityError, match="plausible_dates"),
            transaction.atomic(),
        ):
            type(row).objects.filter(pk=row.pk).update(**{column: day})
