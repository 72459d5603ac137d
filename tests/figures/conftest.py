"""It is 2 July 2026 in every test here: June can be filed, May is long over."""

import datetime as dt

import pytest
import time_machine

from members.enums import StartReason
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory

SHANGHAI = dt.timezone(dt.timedelta(hours=8))


@pytest.fixture(autouse=True)
def on_the_second_of_july():
    with time_machine.travel(dt.datetime(2026, 7, 2, 10, tzinfo=SHANGHAI), tick=False):
        yield


@pytest.fixture
def west_branch(west):
    """西社区第一支部."""
    return BranchFactory(name="西社区第一支部", code="west-branch", parent=west)


@pytest.fixture
def foreign_branch(foreign):
    """柳岸社区第一支部, of the other street."""
    return BranchFactory(name="柳岸第一支部", code="foreign-branch", parent=foreign)


@pytest.fixture
def roll(branch):
    """Three members of 东社区第一支部 who have counted since April, one a woman."""
    return [
        MemberFactory(
            organization=branch,
            sex=sex,
            starts_on=dt.date(2026, 4, 10),
            reason=StartReason.RECORDED,
        )
        for sex in "112"
    ]
