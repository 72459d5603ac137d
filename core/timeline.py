"""What has happened to one subject, told by every app and shown in one list."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import models

from core.registry import Registry
from core.words import Words


@dataclass(frozen=True, slots=True)
class Event:
    """One dated line in the life of a subject."""

    day: dt.date
    label: Words
    url: str = ""


@dataclass(frozen=True, slots=True)
class TimelineSource:
    """What an app knows of a subject of one kind."""

    key: str
    about: str
    events: Callable[[models.Model, object], Iterable[Event]]


timeline_sources: Registry[TimelineSource] = Registry("Timeline source")


def timeline_of(subject: models.Model, user: object) -> list[Event]:
    """Everything the reader may know of the subject, newest first."""
    found = [
        event
        for source in timeline_sources
        if source.about == subject._meta.label
        for event in source.events(subject, user)
    ]
    return sorted(found, key=lambda event: event.day, reverse=True)
