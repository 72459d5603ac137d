"""The long run of the race for the last places."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory
from tests.factories.volunteering import ShiftFactory, at
from volunteering.actions import claim_shift
from volunteering.errors import ShiftFull
from volunteering.models import Claim, Shift

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]
ROUNDS, RIVALS, PLACES, THREADS = 20, 200, 10, 8


def try_to_claim(shift, member, moment):
    """Claim on a connection of one's own; return whether a place was had."""
    try:
        return claim_shift(shift, member=member, by=None, at=moment).pk is not None
    except ShiftFull:
        return False
    finally:
        connection.close()


@pytest.mark.parametrize("number", range(ROUNDS))
def test_of_two_hundred_who_race_for_ten_places_ten_get_one(number):
    day = dt.date(2026, 3, 1) + dt.timedelta(days=number)
    shift = ShiftFactory(capacity=PLACES, day=day + dt.timedelta(days=1))
    rivals = MemberFactory.create_batch(RIVALS, organization=BranchFactory())

    with ThreadPoolExecutor(THREADS) as pool:
        futures = [pool.submit(try_to_claim, shift, m, at(day)) for m in rivals]

    assert sum(future.result() for future in futures) == PLACES
    assert Claim.objects.holding().filter(shift=shift).count() == PLACES
    assert Shift.objects.get(pk=shift.pk).claimed == PLACES
