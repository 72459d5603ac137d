"""Time in the walk: hours pass between deeds, and at night the chores come round."""

import datetime as dt
from random import Random
from typing import Any

from core.months import month_of, today
from core.registries.chores import chores
from core.registries.invariants import invariants

SHANGHAI = dt.timezone(dt.timedelta(hours=8))
BEGINNING = dt.datetime(2026, 3, 20, 9, tzinfo=SHANGHAI)


def work_off() -> None:
    """Let the worker do all that waits: count what is marked, seal, sweep."""
    for chore in chores:
        if chore.daily_at is None:
            while chore.run():
                pass


def by_night() -> None:
    """Let the worker do what comes round once a day, then all that waits."""
    for chore in sorted(chores, key=lambda c: c.daily_at or (0, 0)):
        if chore.daily_at is not None:
            chore.run()
    work_off()


def broken() -> list[str]:
    """Lines that `manage.py verify` would print."""
    return [f"{one.key}: {line}" for one in invariants for line in one.broken()]


class Clock:
    """The day and the hour, moved on by chance and never back.

    The nightly count of everything would hide a deed that left no mark. It comes only
    when a month turns, and before it the marked figures must be right already.
    """

    def __init__(self, chance: Random, traveller: Any) -> None:
        self.chance, self.traveller = chance, traveller
        self.faults: list[str] = []
        by_night()

    def move_to(self, moment: dt.datetime) -> None:
        """Let it be that moment."""
        self.traveller.move_to(moment, tick=False)

    def pass_on(self) -> None:
        """Let up to a day or so go by."""
        before = today()
        hours = self.chance.choice([0, 0, 1, 2, 20, 28])
        moment = dt.datetime.now(SHANGHAI) + dt.timedelta(hours=hours)
        if not 8 <= moment.hour < 20:
            moment = (moment + dt.timedelta(hours=12)).replace(hour=9)
        if month_of(moment.date()) != month_of(before):
            work_off()
            self.faults += [f"{before}: {line}" for line in broken()]
            self.move_to(moment)
            by_night()
        self.move_to(moment)
