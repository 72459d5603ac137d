"""A shift over midnight is one shift: it belongs to the day on which it begins."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from core.months import month_of, today
from tests.factories.members import MemberFactory, account_of
from tests.factories.volunteering import (
    ClaimFactory,
    PostFactory,
    ServiceRecordFactory,
    ShiftFactory,
    at,
)
from volunteering.actions import add_shift, claim_shift
from volunteering.errors import ShiftsOverlap
from volunteering.models import ServiceRecord, Shift

pytestmark = pytest.mark.django_db
DAY = today() + dt.timedelta(days=7)
NEXT_DAY = DAY + dt.timedelta(days=1)


@pytest.fixture
def post(east):
    return PostFactory(organization=east)


def sent(begins, ends, **values):
    kept = {"day": f"{DAY}", "begins": begins, "ends": ends}
    return {**kept, "meeting_point": "东门", "capacity": 1, **values}


@pytest.mark.parametrize(
    ("begins", "ends", "hours", "questions"),
    [
        ("22:00", "23:59", "2.0", 0),
        ("22:00", "00:00", "2.0", 1),
        ("22:00", "02:00", "4.0", 1),
        ("20:00", "06:30", "10.5", 1),
        ("11:30", "09:00", "21.5", 2),
        ("08:00", "08:00", "24.0", 2),
    ],
)
def test_an_end_not_after_the_beginning_is_on_the_next_day_and_asked_once(
    browser, post, begins, ends, hours, questions
):
    page = reverse("volunteering:add_shift", args=[post.pk])

    asked = browser.post(page, sent(begins, ends))
    count = Shift.objects.count()
    errors = asked.context["form"].non_field_errors() if questions else []
    browser.post(page, sent(begins, ends, confirmed="on"))

    shift = Shift.objects.first()
    assert (count, len(errors)) == (0 if questions else 1, questions)
    assert (shift.day, shift.hours) == (DAY, Decimal(hours))
    last_day = timezone.localdate(shift.ends_at)
    assert last_day == (NEXT_DAY if questions else DAY)


def test_pages_name_the_day_on_which_the_shift_ends(browser, post):
    shift = ShiftFactory(post=post, starts_at=at(DAY, 22), ends_at=at(NEXT_DAY, 2))

    page = browser.get(post.get_absolute_url()).content.decode()
    form = browser.get(reverse("volunteering:change_shift", args=[shift.pk]))

    assert f"22:00–{NEXT_DAY.month}月{NEXT_DAY.day}日 02:00" in page
    assert form.context["form"].initial["day"] == DAY


def test_a_shift_of_days_keeps_its_end_when_only_its_place_changes(browser, post):
    later = DAY + dt.timedelta(days=2)
    shift = ShiftFactory(post=post, starts_at=at(DAY, 22), ends_at=at(later, 23))
    page = reverse("volunteering:change_shift", args=[shift.pk])
    form = browser.get(page).context["form"]

    browser.post(
        page,
        sent(
            "22:00",
            "23:00",
            meeting_point="北门",
            version_token=form["version_token"].value(),
        ),
    )

    shift.refresh_from_db()
    assert (shift.meeting_point, shift.ends_at) == ("北门", at(later, 23))


def test_a_claim_in_the_night_is_met_by_one_in_the_morning_after(post):
    member = MemberFactory(user=None)
    account_of(member)
    night = ShiftFactory(post=post, starts_at=at(DAY, 22), ends_at=at(NEXT_DAY, 2))
    morning = ShiftFactory(
        post=post, starts_at=at(NEXT_DAY, 1), ends_at=at(NEXT_DAY, 3)
    )
    claim_shift(night, member=member, by=member.user)

    with pytest.raises(ShiftsOverlap):
        claim_shift(morning, member=member, by=member.user)


def test_hours_of_the_last_night_of_a_month_count_in_that_month(post):
    first = dt.date(2026, 7, 1)
    last = first - dt.timedelta(days=1)
    with time_machine.travel(at(last, 8)):
        night = add_shift(
            post,
            by=None,
            starts_at=at(last, 22),
            ends_at=at(first, 2),
            meeting_point="东门",
        )
        claim = ClaimFactory(shift=night)
    with time_machine.travel(at(first, 9)):
        record = ServiceRecordFactory(claim=claim, hours=Decimal(4), confirmed=True)

    assert record.served_on == last
    assert list(ServiceRecord.objects.counted_in(month_of(last))) == [record]
