"""The last place goes to one person, however many press the button at once."""

from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice

import pytest
from django.db import transaction

from accounts.models import Notice
from core.errors import DomainError
from tests.factories.members import MemberFactory, account_of
from tests.factories.organizations import BranchFactory
from tests.factories.volunteering import ShiftFactory
from tests.stage import on_its_own_connection, race
from volunteering.actions import cancel_shift, claim_shift, close_post, withdraw_claim
from volunteering.errors import PostNotOpen, ShiftCancelled, ShiftFull, ShiftsOverlap
from volunteering.invariants import find_miscounted_shifts
from volunteering.models import Claim, Shift

pytestmark = pytest.mark.django_db(transaction=True)


def answers(futures):
    """Return what each rival got: a claim, or the kind of the refusal."""
    return [type(f.exception()) if f.exception() else Claim for f in futures]


def members(count):
    branch = BranchFactory()
    return MemberFactory.create_batch(count, organization=branch)


def test_of_twenty_who_race_for_the_last_place_one_gets_it():
    shift, rivals = ShiftFactory(capacity=1), members(20)

    with ThreadPoolExecutor(20) as pool:
        futures = [
            pool.submit(on_its_own_connection, claim_shift, shift, member=m, by=None)
            for m in rivals
        ]

    assert sorted(answers(futures), key=str) == sorted(
        [Claim] + [ShiftFull] * 19, key=str
    )
    assert Claim.objects.holding().filter(shift=shift).count() == 1
    assert Shift.objects.get(pk=shift.pk).claimed == 1


@pytest.mark.postgres
def test_the_second_waits_for_the_first_and_is_refused():
    shift, (early, late) = ShiftFactory(capacity=1), members(2)

    claiming = race(
        lambda: claim_shift(shift, member=early, by=None),
        lambda: claim_shift(shift, member=late, by=None),
    )

    assert claiming.waited
    assert isinstance(claiming.refusal, ShiftFull)


@pytest.mark.postgres
def test_a_place_whose_taker_was_refused_goes_to_the_next():
    shift, (early, late) = ShiftFactory(capacity=1), members(2)

    def claim_and_fail():
        claim_shift(shift, member=early, by=None)
        transaction.set_rollback(True)

    claiming = race(claim_and_fail, lambda: claim_shift(shift, member=late, by=None))

    assert claiming.rival.result().member == late


@pytest.mark.postgres
def test_one_member_does_not_get_two_places_at_one_time():
    shift, other, (member,) = ShiftFactory(), ShiftFactory(), members(1)

    claiming = race(
        lambda: claim_shift(shift, member=member, by=None),
        lambda: claim_shift(other, member=member, by=None),
    )

    assert isinstance(claiming.refusal, ShiftsOverlap)


@pytest.mark.postgres
def test_a_claim_that_meets_the_closing_sees_it():
    shift, (member,) = ShiftFactory(), members(1)

    claiming = race(
        lambda: close_post(shift.post, by=None, reason="结束"),
        lambda: claim_shift(shift, member=member, by=None),
    )

    assert isinstance(claiming.refusal, PostNotOpen)
    assert Shift.objects.get(pk=shift.pk).claimed == 0


@pytest.mark.postgres
def test_a_claim_withdrawn_twice_at_once_is_withdrawn_once():
    shift, (first, second) = ShiftFactory(capacity=2), members(2)
    claim = claim_shift(shift, member=first, by=None)
    claim_shift(shift, member=second, by=None)

    race(lambda: withdraw_claim(claim, by=None), lambda: withdraw_claim(claim, by=None))

    assert Shift.objects.get(pk=shift.pk).claimed == 1


def come_and_go(shift, member, turns):
    """Claim and give back by turns; return the counters seen on the way."""
    seen = []
    for coming in islice(cycle([True, False]), turns):
        try:
            if coming:
                claim_shift(shift, member=member, by=None)
            elif claim := Claim.objects.holding().filter(member=member).first():
                withdraw_claim(claim, by=None)
        except DomainError as refusal:
            assert isinstance(refusal, ShiftFull)  # noqa: PT017 -- the only one
        seen.append(Shift.objects.get(pk=shift.pk).claimed)
    return seen


def test_coming_and_going_never_leaves_the_bounds():
    shift, rivals = ShiftFactory(capacity=2), members(5)

    with ThreadPoolExecutor(5) as pool:
        seen = [
            pool.submit(on_its_own_connection, come_and_go, shift, member, 12)
            for member in rivals
        ]

    counters = {taken for future in seen for taken in future.result()}
    assert counters <= {0, 1, 2}
    assert list(find_miscounted_shifts()) == []


@pytest.mark.postgres
def test_a_claim_under_way_when_its_shift_is_cancelled_is_withdrawn():
    shift, (member,) = ShiftFactory(), members(1)
    account = account_of(member)

    cancelling = race(
        lambda: claim_shift(shift, member=member, by=None),
        lambda: cancel_shift(shift, by=None, reason="暴雨"),
    )

    shift.refresh_from_db()
    assert cancelling.waited
    assert (shift.claimed, shift.cancel_reason) == (0, "暴雨")
    assert Claim.objects.holding().count() == 0
    assert Notice.objects.get().user == account


@pytest.mark.postgres
def test_a_claim_that_comes_while_its_shift_is_being_cancelled_is_refused():
    shift, (member,) = ShiftFactory(), members(1)

    claiming = race(
        lambda: cancel_shift(shift, by=None, reason="暴雨"),
        lambda: claim_shift(shift, member=member, by=None),
    )

    shift.refresh_from_db()
    assert claiming.waited
    assert isinstance(claiming.refusal, ShiftCancelled)
    assert (shift.claimed, Claim.objects.count()) == (0, 0)
