"""Days in forms: none before 1900 or after 2100, none in the future for past events."""

import datetime as dt

import pytest
from django import forms
from django.db import IntegrityError, transaction

from core.months import today
from core.web.forms import DayField
from tests.factories.communities import MeetingFactory
from tests.factories.volunteering import ShiftFactory


class DaysForm(forms.Form):
    """A day on which something happened, and one on which something is planned."""

    happened = DayField(past=True)
    planned = DayField()


def refused_fields(**days):
    """Return which days the form refuses."""
    form = DaysForm({"happened": f"{today()}", "planned": f"{today()}"} | days)
    return sorted(form.errors)


def test_today_is_accepted_as_a_past_day_and_tomorrow_is_not():
    tomorrow = f"{today() + dt.timedelta(days=1)}"

    assert refused_fields() == []
    assert refused_fields(happened=tomorrow) == ["happened"]
    assert refused_fields(planned=tomorrow) == []


@pytest.mark.parametrize(
    "day", ["1800-01-01", "1899-12-31", "2101-01-01", "2999-01-01"]
)
def test_a_mistyped_year_is_refused(day):
    assert refused_fields(planned=day) == ["planned"]


def test_the_browser_offers_no_future_day(time_machine):
    time_machine.move_to(dt.datetime(2026, 6, 10, 3, tzinfo=dt.UTC))

    assert 'max="2026-06-10"' in str(DaysForm()["happened"])


@pytest.mark.django_db
def test_the_table_refuses_such_days_too():
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
