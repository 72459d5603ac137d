"""Rows that are closed when a resident unit leaves the register: roles and such."""

import datetime as dt
from dataclasses import dataclass

from core.actors import Actor
from core.registries.closers import Closer, Closers
from organizations.models import Unit


@dataclass(frozen=True, slots=True)
class UnitEnd:
    """The end of a unit: the unit, the reason, the day, and who recorded it."""

    unit: Unit
    reason: str
    on: dt.date
    by: Actor | None


unit_closers: Closers[Closer[UnitEnd]] = Closers("Unit closer")
