"""Time in the walk: hours pass between steps, and at night the chores come round."""

import datetime as dt
from random import Random
from typing import Any

from core.months import month_of, today
from core.registries.chores import chores
from core.registries.invariants import invariants

SHANGHAI = dt.timezone(dt.timedelta(hours=8))
BEGINNING = dt.datetime(2026, 3, 20, 9, tzinfo=SHANGHAI)


def run_waiting_chores() -> None:
    """Run the chores that have no hour until nothing waits: recounts, seals, sweeps."""
    for chore in chores:
        if chore.daily_at is None:
            while chore.run():
                pass


def run_nightly_chores() -> None:
    """Run the daily chores, then everything that waits."""
    for chore in sorted(chores, key=lambda c: c.daily_at or (0, 0)):
        if chore.daily_at is not None:
            chore.run()
    run_waiting_chores()


def list_broken_invariants() -> list[str]:
    """Return the lines that `manage.py verify` would print."""
    return [f"{one.key}: {line}" for one in invariants for line in one.broken()]


class Clock:
    """The day and the hour, moved on by chance and never back.

    The nightly recount of everything would hide a step that requested none. It runs
    only when a month turns, and before it the requested figures must be right already.
    """

    def __init__(self, chance: Random, traveller: Any) -> None:
        self.chance, self.traveller = chance, traveller
        self.faults: list[str] = []
        run_nightly_chores()

    def move_to(self, moment: dt.datetime) -> None:
        """Set the time."""
        self.traveller.move_to(moment, tick=False)

    def pass_on(self) -> None:
        """Let up to a day or so pass; at a new month, verify and run the night."""
        before = today()
        hours = self.chance.choice([0, 0, 1, 2, 20, 28])
        moment = dt.datetime.now(SHANGHAI) + dt.timedelta(hours=hours)
        if not 8 <= moment.hour < 20:
            moment = (moment + dt.timedelta(hours=12)).replace(hour=9)
        if month_of(moment.date()) != month_of(before):
            run_waiting_chores()
            self.faults += [f"{before}: {line}" for line in list_broken_invariants()]
            self.move_to(moment)
            run_nightly_chores()
        self.move_to(moment)
