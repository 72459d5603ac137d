"""Every rule of the tables, by name and by word."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core.db.constraint_errors import violated_constraint
from tests.factories.volunteering import (
    ClaimFactory,
    PostFactory,
    ServiceRecordFactory,
    ShiftFactory,
)
from tests.messages import rule, rule_message
from volunteering.enums import ClaimState, PostState
from volunteering.models import Claim

pytestmark = pytest.mark.django_db
MARCH, APRIL = dt.date(2026, 3, 1), dt.date(2026, 4, 1)

BROKEN = {
    "post_state_fits_its_days": (
        PostFactory,
        lambda row: {"state": PostState.DRAFT},
    ),
    "post_opening_is_counted": (
        PostFactory,
        lambda row: {"open_month": None},
    ),
    "post_closing_is_counted": (
        PostFactory,
        lambda row: {"close_month": MARCH},
    ),
    "post_closes_after_opening": (
        PostFactory,
        lambda row: {
            "state": PostState.CLOSED,
            "closed_on": row.opened_on - dt.timedelta(days=1),
            "close_month": row.open_month,
        },
    ),
    "shift_ends_after_start": (
        ShiftFactory,
        lambda row: {"ends_at": row.starts_at},
    ),
    "shift_claimed_within_capacity": (
        ShiftFactory,
        lambda row: {"claimed": row.capacity + 1},
    ),
    "claim_withdrawal_is_counted": (
        ClaimFactory,
        lambda row: {"withdrawn_month": row.month},
    ),
    "claim_withdrawn_has_time": (
        ClaimFactory,
        lambda row: {"state": ClaimState.WITHDRAWN},
    ),
    "claim_counts_in_order": (
        ClaimFactory,
        lambda row: {
            "state": ClaimState.WITHDRAWN,
            "withdrawn_at": row.claimed_at,
            "withdrawn_month": dt.date(2000, 1, 1),
        },
    ),
    "servicerecord_two_persons": (
        ServiceRecordFactory,
        lambda row: {
            "state": "confirmed",
            "confirmed_by_id": row.recorded_by_id,
            "month": MARCH,
        },
    ),
    "servicerecord_confirmed_is_counted": (
        ServiceRecordFactory,
        lambda row: {"month": MARCH},
    ),
    "servicerecord_confirmed_by_somebody": (
        ServiceRecordFactory,
        lambda row: {"state": "confirmed"},
    ),
    "servicerecord_hours_of_a_day": (
        ServiceRecordFactory,
        lambda row: {"hours": 0},
    ),
}


@pytest.mark.parametrize(("name", "case"), BROKEN.items(), ids=BROKEN)
def test_the_database_refuses_what_the_rule_forbids(name, case):
    factory, breaking = case
    row = factory()

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**breaking(row))


@pytest.mark.parametrize(("name", "case"), BROKEN.items(), ids=BROKEN)
def test_the_form_refuses_it_with_the_rule_s_message(name, case):
    factory, breaking = case
    row = factory()
    for column, value in breaking(row).items():
        setattr(row, column, value)

    with pytest.raises(ValidationError, match=rule(name)):
        row.full_clean()


def twin(claim):
    return Claim(shift=claim.shift, member=claim.member, month=claim.month)


def test_the_database_refuses_a_second_claim_that_holds_a_place():
    claim = ClaimFactory()

    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        twin(claim).save()

    taken = rule_message("claim_one_per_member_and_shift")
    assert str(violated_constraint(broken.value)) == taken


def test_the_form_says_that_the_shift_is_claimed_already():
    claim = ClaimFactory()

    with pytest.raises(ValidationError, match=rule("claim_one_per_member_and_shift")):
        twin(claim).full_clean()
