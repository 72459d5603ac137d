"""What the people do, each deed through the pages that offer it."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from core.months import today
from tests.walk.clock import Clock, work_off
from tests.walk.people import Place, Refused, Visitor, World

DAY = dt.timedelta(days=1)


class NothingThere(Exception):
    """There is nothing yet that the deed could be done to."""


class Hands:
    """Chance, the world, and what every deed draws from them."""

    def __init__(self, world: World, chance: Random) -> None:
        self.world, self.chance = world, chance
        self.serial = 100_000  # beyond what factories give

    def place(self) -> Place:
        """One of the communities."""
        return self.chance.choice(self.world.places)

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

    def keeper(self, place: Place) -> Visitor:
        """Secretary, clerk or the street's staff, whoever is at hand."""
        return self.chance.choice([place.secretary, place.clerk, place.staff])

    def phone(self) -> Visitor:
        """A member with a phone."""
        return self.chance.choice(list(self.world.phones.values()))


Deed = Callable[[], None]


class Diary:
    """Which deeds were done how often, and what was refused in which words."""

    def __init__(self, drifted: Callable[[], list[str]]) -> None:
        self.drifted = drifted
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.told: list[str] = []

    def act(self, deed: Deed, clock: Clock) -> bool:
        """Let a deed be tried, write down what came of it, and say if it was done.

        When a deed is done for the first time the worker counts at once: it is alone
        then to have left the marks that make the figures right.
        """
        name = deed.__name__
        alone = not self.done[name]
        if alone:
            work_off()
        try:
            deed()
        except NothingThere:
            return False
        except Refused as refusal:
            self.refused[name] += 1
            self.told.append(f"{today()} {name}: {refusal}")
            return False
        self.done[name] += 1
        self.told.append(f"{today()} {name}")
        if alone:
            work_off()
            clock.faults += [f"after {name}: {line}" for line in self.drifted()]
        return True

    def lacks(self, deed: Deed, of_each: Mapping[str, int]) -> bool:
        """Whether the deed was not done as often as it is to be."""
        return self.done[deed.__name__] < of_each.get(deed.__name__, 0)

    @property
    def total(self) -> int:
        """How many deeds were really done."""
        return self.done.total()


def walk(
    deeds: list[Deed],
    clock: Clock,
    diary: Diary,
    *,
    least: int,
    of_each: Mapping[str, int],
) -> None:
    """Let chance call one deed after another until so many are done, and of each."""
    chance = clock.chance
    for _call in range(8 * least):
        scarce = [
            d for d in deeds if diary.done[d.__name__] < of_each.get(d.__name__, 0)
        ]
        if diary.total >= least and not scarce:
            break
        late = diary.total >= least and chance.random() < 0.5
        deed = chance.choice(scarce if late else deeds)
        if diary.act(deed, clock):
            clock.pass_on()
