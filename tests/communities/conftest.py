"""The day on which these tests are set."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine

NOW = dt.datetime(2026, 7, 15, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def _in_july():
    """It is the morning of 15 July 2026."""
    with time_machine.travel(NOW, tick=True):
        yield
