"""A fund of 东社区, and the two who keep it."""

import pytest
import time_machine

from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.finance import FundFactory


@pytest.fixture(autouse=True)
def _it_is_june():
    """The middle of June 2026, so that the days in these tests have been."""
    with time_machine.travel("2026-06-20T10:00:00+08:00", tick=False):
        yield


@pytest.fixture
def fund(east):
    """The special fund of 东社区, empty."""
    return FundFactory(organization=east, name="服务群众专项经费")


@pytest.fixture
def accountant(east):
    """孙丽 enters the vouchers of 东社区."""
    return holder(Role.ACCOUNTANT, east, name="孙丽")


@pytest.fixture
def cashier(east):
    """何平 pays the expenditure of 东社区."""
    return holder(Role.CASHIER, east, name="何平")
