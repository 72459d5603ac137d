"""Finding spells that share a day, where no constraint of the database helps."""

import datetime as dt

import pytest

from accounts.models import Duty
from core.duties import DutyCode
from core.invariants import overlaps
from tests.factories.accounts import DutyFactory, UserFactory

pytestmark = pytest.mark.django_db


def duties(user, *spans):
    for code, (starts_on, ends_on) in zip(DutyCode, spans, strict=False):
        duty = DutyFactory(user=user, code=code, starts_on=starts_on)
        Duty.objects.filter(pk=duty.pk).update(ends_on=ends_on)


@pytest.mark.parametrize(
    ("first_end", "found"),
    [(dt.date(2026, 3, 1), 0), (dt.date(2026, 3, 2), 1), (None, 1)],
)
def test_spells_that_touch_do_not_overlap_and_longer_ones_do(first_end, found):
    user = UserFactory()
    begun = dt.date(2026, 3, 1)
    duties(user, (dt.date(2026, 1, 1), first_end), (begun, None))

    shared = list(overlaps(Duty.objects.all(), "user"))

    assert shared == [f"user {user.pk}: {begun}"][:found]
