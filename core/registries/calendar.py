"""A person's own appointments, to which apps contribute."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from core.actors import Actor
from core.calendar_text import Appointment
from core.registries.registry import Registry


@dataclass(frozen=True, slots=True)
class CalendarSource:
    """The appointments of a person that an app knows, from a day on."""

    key: str
    find: Callable[[Actor, dt.date], Iterable[Appointment]]


calendar_sources: Registry[CalendarSource] = Registry("Calendar source")


def appointments_of(user: Actor, day: dt.date) -> list[Appointment]:
    """Return all appointments of the person from a day on."""
    return [one for source in calendar_sources for one in source.find(user, day)]
