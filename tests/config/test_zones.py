"""The days are those of the office, whatever zone the machine is set to."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.config.installations import production

ROOT = Path(__file__).parents[2]
# Moments at which it is another day in Shanghai than in UTC or in New York.
MOMENTS = {
    "2025-12-31T15:59:30+00:00": "2025-12-31 23:59",
    "2025-12-31T16:00:30+00:00": "2026-01-01 00:00",
    "2024-02-28T16:30:00+00:00": "2024-02-29 00:30",
    "2024-02-29T16:30:00+00:00": "2024-03-01 00:30",
    "2026-06-30T20:00:00+00:00": "2026-07-01 04:00",
}
TELL = """
import datetime as dt, json, sys
import django
django.setup()
import time_machine
from django.utils import timezone
from config.celery import app
from core.dates import format_time
from core.months import month_of, today
told = []
for moment in json.loads(sys.argv[1]):
    # Of a moment with a zone the time machine would take the zone, too.
    seconds = dt.datetime.fromisoformat(moment).timestamp()
    with time_machine.travel(seconds, tick=False):
        naive = dt.datetime.now()  # what a library that knows no zones would take
        told.append([
            str(today()), str(month_of(today())), f"{naive:%Y-%m-%d %H:%M}",
            f"{timezone.localtime():%Y-%m-%d %H:%M}", f"{app.now():%Y-%m-%d %H:%M}",
        ])
print(json.dumps([told, str(app.timezone)]))
"""


def tell(zone):
    """What a process of a machine in the zone takes for the day and the time."""
    ended = subprocess.run(  # noqa: S603 -- our own code
        [sys.executable, "-c", TELL, json.dumps([*MOMENTS])],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            **production(),
            "DATABASE_URL": "sqlite:////nowhere/a.sqlite3",
            "TZ": zone,
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(ended.stdout)


@pytest.mark.slow
@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Pacific/Kiritimati"])
def test_every_process_has_the_days_of_the_office(zone):
    told, beat = tell(zone)

    for written, one in zip(MOMENTS.values(), told, strict=True):
        day = written[:10]
        assert one[:2] == [day, f"{day[:7]}-01"]
        assert {*one[2:]} == {written}
    assert beat == "Asia/Shanghai"
