"""The day on which these tests are set, and the two sides of an agreement."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine

from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.cobuilding import AgreementFactory, TargetFactory
from tests.factories.organizations import UnitFactory

NOW = dt.datetime(2026, 7, 15, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def _in_july():
    """It is the morning of 15 July 2026."""
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def school(east):
    """第一中学 lies in 东社区."""
    return UnitFactory(name="第一中学", host=east)


@pytest.fixture
def liaison(school):
    """孙丽 speaks for 第一中学."""
    return holder(Role.LIAISON, unit=school, name="孙丽")


@pytest.fixture
def agreement(east, school):
    """A draft of 东社区 and 第一中学 with one target."""
    draft = AgreementFactory(organization=east, unit=school, title="校社共建协议")
    TargetFactory(agreement=draft, project__name="开放日", project__unit=school)
    return draft
