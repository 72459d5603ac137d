"""Who may move which money."""

import pytest

from finance.permissions import can_amend, can_approve, can_enter
from organizations.roles import Role
from tests.factories.accounts import RoleAssignmentFactory
from tests.factories.finance import FundFactory, IncomeFactory


def both(user, code, organization):
    """Return the person with one more role assigned."""
    RoleAssignmentFactory(user=user, role=code, organization=organization)
    return user


@pytest.fixture
def voucher(fund):
    """An income of 东社区 that waits."""
    return IncomeFactory(fund=fund)


def asked(user, voucher):
    """Whether the person may enter, amend and approve."""
    return (
        can_enter(user, voucher.fund),
        can_amend(user, voucher),
        can_approve(user, voucher),
    )


def test_each_hand_does_its_own(voucher, accountant, cashier):
    assert asked(accountant, voucher) == (True, True, False)
    assert asked(cashier, voucher) == (False, False, True)


def test_keeping_money_elsewhere_moves_none_here(voucher, secretary, officer, west):
    both(secretary, Role.CASHIER, west)
    both(officer, Role.ACCOUNTANT, west)

    assert asked(secretary, voucher) == (False, False, False)
    assert asked(officer, voucher) == (False, False, False)


def test_a_street_s_cashier_approves_for_its_communities(voucher, staff, street):
    both(staff, Role.CASHIER, street)

    assert asked(staff, voucher) == (False, False, True)


def test_a_community_s_cashier_does_not_approve_for_the_street(cashier, street):
    voucher = IncomeFactory(fund=FundFactory(organization=street))

    assert asked(cashier, voucher) == (False, False, False)
