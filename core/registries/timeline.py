"""The timeline of one subject, to which every app contributes."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import models

from core.actors import Actor
from core.registries.registry import Registry
from core.text import StrOrPromise


@dataclass(frozen=True, slots=True)
class Event:
    """One dated line in the life of a subject."""

    day: dt.date
    label: StrOrPromise
    url: str = ""


@dataclass(frozen=True, slots=True)
class TimelineSource:
    """The events that an app contributes for one kind of subject."""

    key: str
    about: str
    events: Callable[[models.Model, Actor], Iterable[Event]]


timeline_sources: Registry[TimelineSource] = Registry("Timeline source")


def timeline_of(subject: models.Model, user: Actor) -> list[Event]:
    """Return the events of the subject the reader may see, newest first.

    What a source tells later of one day comes after what it tells earlier, and after
    what earlier sources tell of it.
    """
    events = [
        event
        for source in timeline_sources
        if source.about == subject._meta.label
        for event in source.events(subject, user)
    ]
    in_order = sorted(events, key=lambda event: event.day)
    return in_order[::-1]
