"""Runs steps of a walk in random order and records what came of each."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from core.months import today
from members.models import Member
from tests.walk.clock import Clock, run_waiting_chores
from tests.walk.people import CommunityCast, Refused, Visitor, World

DAY = dt.timedelta(days=1)


class NothingThere(Exception):
    """There is nothing yet that the step could be done to."""


class Hands:
    """Chance, the world, and what every step draws from them."""

    def __init__(self, world: World, chance: Random) -> None:
        self.world, self.chance = world, chance
        self.serial = 100_000  # beyond what factories give

    def cast(self) -> CommunityCast:
        """One of the communities."""
        return self.chance.choice(self.world.casts)

    def one_of(self, rows: Any) -> Any:
        """One of the rows, found by chance and by nothing else."""
        found = list(rows)
        if not found:
            raise NothingThere
        return self.chance.choice(found)

    def number(self) -> int:
        """A number that nobody had before."""
        self.serial += 1
        return self.serial

    def recently(self, *, late: float = 0.25) -> dt.date:
        """A day of the last week, or one that is noted weeks too late."""
        back = self.chance.randint(0, 6)
        if self.chance.random() < late:
            back = self.chance.randint(15, 45)
        return today() - back * DAY

    def soon(self) -> dt.date:
        """A day of the coming days."""
        return today() + self.chance.randint(1, 5) * DAY

    def keeper(self, cast: CommunityCast) -> Visitor:
        """Secretary, clerk or the street's staff, one who is there."""
        return self.chance.choice([cast.secretary, cast.clerk, cast.staff])

    def phone(self) -> Visitor:
        """A member with a phone."""
        phones = self.world.phones
        current = Member.objects.current().filter(pk__in=phones)
        able = current.filter(user__is_active=True).order_by("pk")
        return phones[self.one_of(able).pk]


Step = Callable[[], None]


class Diary:
    """Which steps were done how often, and what was refused in which words."""

    def __init__(self, list_drift: Callable[[], list[str]]) -> None:
        self.list_drift = list_drift
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.lines: list[str] = []

    def try_step(self, step: Step, clock: Clock) -> bool:
        """Try the step, record its outcome, and return whether it was done.

        When a step is done for the first time the worker counts at once: no other
        step can then have requested the recounts that make the figures right.
        """
        name = step.__name__
        alone = not self.done[name]
        if alone:
            run_waiting_chores()
        try:
            step()
        except NothingThere:
            return False
        except Refused as refusal:
            self.refused[name] += 1
            self.lines.append(f"{today()} {name}: {refusal}")
            return False
        self.done[name] += 1
        self.lines.append(f"{today()} {name}")
        if alone:
            run_waiting_chores()
            clock.faults += [f"after {name}: {line}" for line in self.list_drift()]
        return True

    @property
    def total(self) -> int:
        """How many steps were really done."""
        return self.done.total()


def walk(
    steps: list[Step],
    clock: Clock,
    diary: Diary,
    *,
    least: int,
    of_each: Mapping[str, int],
) -> None:
    """Let chance call one step after another until so many are done, and of each."""
    chance = clock.chance
    for _call in range(8 * least):
        scarce = [
            d for d in steps if diary.done[d.__name__] < of_each.get(d.__name__, 0)
        ]
        if diary.total >= least and not scarce:
            break
        late = diary.total >= least and chance.random() < 0.5
        step = chance.choice(scarce if late else steps)
        if diary.try_step(step, clock):
            clock.pass_on()
