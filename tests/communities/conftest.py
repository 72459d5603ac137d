"""The day of these tests, and the people who meet."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine

from members.enums import Standing
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.members import MemberFactory

NOW = dt.datetime(2026, 7, 15, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def _in_july():
    """It is the morning of 15 July 2026."""
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def li(branch):
    """李明, full member of the branch."""
    return MemberFactory(name="李明", organization=branch)


@pytest.fixture
def han(branch):
    """韩雪, full member of the branch."""
    return MemberFactory(name="韩雪", organization=branch)


@pytest.fixture
def newcomer(branch):
    """何苗, on probation in the branch."""
    return MemberFactory(
        name="何苗", organization=branch, standing=Standing.PROBATIONARY
    )


@pytest.fixture
def keeper(branch):
    """吴刚 is secretary of the branch and of nothing else."""
    return holder(Role.BRANCH_SECRETARY, branch, name="吴刚")
