"""An organization at a glance: lines that apps register, under a few headings."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter

from core.actors import Actor
from core.registries.registry import Registry
from core.web.components import DetailRow, Section
from organizations.enums import GlanceHeading
from organizations.models import Organization


@dataclass(frozen=True, slots=True)
class GlanceLines:
    """What an app shows of an organization under a heading of its page.

    `read` returns the lines for a reader: none where they may not read them.
    """

    key: str
    heading: GlanceHeading
    read: Callable[[Organization, Actor], Iterable[DetailRow]]
    rank: int = 50


glance_lines: Registry[GlanceLines] = Registry("Lines at a glance")


def describe_glance(place: Organization, reader: Actor) -> list[Section]:
    """Return how an organization grew, who runs it and what it carries (S0-13)."""
    sections = []
    for heading in GlanceHeading:
        rows = [
            row
            for lines in sorted(glance_lines, key=attrgetter("rank"))
            if lines.heading == heading
            for row in lines.read(place, reader)
        ]
        if rows:
            sections.append(Section(heading.label, rows))
    return sections
