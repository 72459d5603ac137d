"""Who enters a voucher does not review it; small offices still get theirs reviewed."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Notice
from core.errors import ConstraintViolated
from core.months import today
from core.registries.invariants import invariants
from core.registries.todos import todos_for
from finance.actions import amend_voucher, approve_voucher, review_voucher
from finance.enums import VoucherState
from finance.models import Voucher
from finance.permissions import can_review
from organizations.roles import Role
from tests.client import Browser
from tests.factories.accounts import holder
from tests.factories.finance import IncomeFactory, holder_of
from tests.messages import rule

pytestmark = [pytest.mark.django_db, pytest.mark.both]
NOT_THE_ENTERER = rule("voucher_enterer_does_not_review")


@pytest.fixture
def alone(fund, accountant):
    """An income that the only accountant of 东社区 has entered."""
    return IncomeFactory(fund=fund, by=accountant)


def test_who_entered_a_voucher_is_refused_in_words(alone, accountant):
    with pytest.raises(ConstraintViolated, match=NOT_THE_ENTERER):
        review_voucher(alone, by=accountant)

    alone.refresh_from_db()
    assert (alone.state, alone.reviewed_by) == (VoucherState.SUBMITTED, None)


def test_the_database_refuses_it_as_well(alone, accountant):
    rows = Voucher.objects.filter(pk=alone.pk)

    with (
        pytest.raises(IntegrityError, match="voucher_enterer_does_not_review"),
        transaction.atomic(),
    ):
        rows.update(reviewed_by=accountant, state=VoucherState.REVIEWED)


def test_who_corrects_a_voucher_has_entered_it(fund, accountant):
    voucher = IncomeFactory(fund=fund)
    amend_voucher(voucher, by=accountant, purpose="更正")

    with pytest.raises(ConstraintViolated, match=NOT_THE_ENTERER):
        review_voucher(voucher, by=accountant)


def test_another_accountant_reviews(alone, east, accountant, secretary):
    second = holder(Role.ACCOUNTANT, east)

    assert [can_review(one, alone) for one in (accountant, second, secretary)] == [
        False,
        True,
        False,
    ]
    assert review_voucher(alone, by=second).reviewed_by == second


def test_the_only_accountant_s_vouchers_are_reviewed_by_secretary_or_street(
    alone, accountant, secretary, staff, cashier
):
    people = (accountant, secretary, staff, cashier)
    assert [can_review(one, alone) for one in people] == [False, True, True, False]

    reviewed = review_voucher(alone, by=secretary)
    with pytest.raises(
        ConstraintViolated, match=rule("voucher_reviewer_does_not_approve")
    ):
        approve_voucher(reviewed, by=secretary)
    assert approve_voucher(reviewed, by=staff).is_posted


def reviews_asked_of(user):
    """How many vouchers the person's to-do list asks them to review."""
    return sum(
        todo.count for todo in todos_for(user, today()) if "submitted" in todo.url
    )


def test_each_is_asked_only_for_reviews_that_they_may_give(
    alone, east, accountant, secretary, staff
):
    assert [reviews_asked_of(one) for one in (accountant, secretary)] == [0, 1]

    second = holder(Role.ACCOUNTANT, east)
    asked = [reviews_asked_of(one) for one in (accountant, second, secretary)]
    assert asked == [0, 1, 0]


def test_the_page_offers_no_step_to_who_has_signed(alone, accountant, secretary, staff):
    offered = []
    for person in (accountant, secretary):
        browser = Browser()
        browser.force_login(person)
        page = browser.get(alone.get_absolute_url())
        offered.append(page.context["step"] is not None)

    assert offered == [False, True]


def test_reviews_of_the_old_rule_stay_valid(fund, accountant):
    voucher = IncomeFactory(fund=fund, by=accountant)
    signed = {"reviewed_by": accountant, "state": VoucherState.REVIEWED}

    Voucher.objects.filter(pk=voucher.pk).update(**signed, reviewed_by_old_rule=True)

    voucher.refresh_from_db()
    assert voucher.reviewed_by == accountant
    assert approve_voucher(voucher, by=holder_of(Role.STREET_STAFF, fund)).is_posted
    check = next(one for one in invariants if one.key == "finance.two_hands")
    assert list(check.broken()) == []


def test_who_signed_hears_that_the_voucher_was_corrected(alone, accountant, secretary):
    holder(Role.STREET_STAFF, alone.fund.organization.parent)
    review_voucher(alone, by=secretary)

    amend_voucher(alone, by=accountant, purpose="更正")

    assert Notice.objects.get().user == secretary
