"""Who may move which money."""

from decimal import Decimal

import pytest

from finance.enums import AWAITING
from finance.permissions import (
    can_amend,
    can_approve,
    can_enter,
    can_pay,
    can_return,
    can_review,
)
from organizations.enums import ThresholdKey
from organizations.models import Threshold
from organizations.roles import Role
from tests.factories.accounts import RoleAssignmentFactory, holder
from tests.factories.finance import (
    ExpenditureFactory,
    FundFactory,
    IncomeFactory,
    filled,
)


def both(user, code, organization):
    """Return the person with one more role assigned."""
    RoleAssignmentFactory(user=user, role=code, organization=organization)
    return user


@pytest.fixture
def deputy(east):
    """The deputy of 东社区, who takes no step with vouchers."""
    return holder(Role.DEPUTY, east)


@pytest.fixture
def voucher(fund):
    """An income of 东社区 that waits."""
    return IncomeFactory(fund=fund)


def asked(user, voucher):
    """Whether the person may enter, amend, review, approve and pay."""
    return (
        can_enter(user, voucher.fund),
        can_amend(user, voucher),
        can_review(user, voucher),
        can_approve(user, voucher),
        can_pay(user, voucher),
    )


BOOKS, APPROVES, PAYS, NOTHING = (
    (True, True, True, False, False),
    (False, False, False, True, False),
    (False, False, False, False, True),
    (False,) * 5,
)


def test_each_role_takes_its_own_steps(voucher, accountant, cashier, secretary, staff):
    assert asked(accountant, voucher) == BOOKS
    assert asked(secretary, voucher) == APPROVES
    assert asked(staff, voucher) == APPROVES
    assert asked(cashier, voucher) == PAYS


@pytest.mark.parametrize(
    ("factory", "amount", "by_secretary"),
    [
        (ExpenditureFactory, "9999.99", True),
        (ExpenditureFactory, "10000.00", False),
        (IncomeFactory, "10000.00", True),
    ],
)
def test_large_expenditure_is_approved_by_the_street_alone(
    fund, secretary, staff, factory, amount, by_secretary
):
    voucher = factory(fund=filled(fund, 20_000), amount=Decimal(amount))

    assert can_approve(secretary, voucher) is by_secretary
    assert can_approve(staff, voucher) is True


def test_the_amount_the_street_approves_is_data(fund, secretary):
    voucher = ExpenditureFactory(fund=filled(fund, 500), amount=Decimal(500))
    Threshold.objects.filter(key=ThresholdKey.STREET_APPROVAL).update(value=500)

    assert can_approve(secretary, voucher) is False


def test_who_takes_the_next_step_may_send_the_voucher_back(
    fund, accountant, secretary, cashier
):
    people = (accountant, secretary, cashier)
    voucher, returned_by = IncomeFactory(fund=fund), {}
    for state in AWAITING:
        voucher.state = state
        returned_by[state] = [can_return(person, voucher) for person in people]

    assert list(returned_by.values()) == [
        [True, False, False],
        [False, True, False],
        [False, False, True],
    ]


def test_keeping_money_elsewhere_moves_none_here(voucher, deputy, officer, west):
    both(deputy, Role.CASHIER, west)
    both(officer, Role.ACCOUNTANT, west)

    assert asked(deputy, voucher) == NOTHING
    assert asked(officer, voucher) == NOTHING


def test_a_street_s_cashier_pays_for_its_communities(voucher, deputy, street):
    both(deputy, Role.CASHIER, street)

    assert asked(deputy, voucher) == PAYS


def test_a_community_s_cashier_does_not_pay_for_the_street(cashier, street):
    voucher = IncomeFactory(fund=FundFactory(organization=street))

    assert asked(cashier, voucher) == NOTHING
