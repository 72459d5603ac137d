"""Sections that upper apps add to the page of a lower app's record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from core.actors import Actor
from core.registries.registry import Registry


@dataclass(frozen=True, slots=True)
class PageSection:
    """One section of the page of every record of a model.

    `about` is the model's label. `template` is included with the result of `context`
    for the record and its reader, under the name `section`.
    """

    key: str
    about: str
    template: str
    context: Callable[[models.Model, Actor], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class FilledSection:
    """A section ready to be rendered."""

    template: str
    context: Mapping[str, Any]


page_sections: Registry[PageSection] = Registry("Page section")


def sections_for(record: models.Model, reader: Actor) -> list[FilledSection]:
    """Return the sections that other apps add to a record's page."""
    return [
        FilledSection(section.template, section.context(record, reader))
        for section in page_sections
        if section.about == record._meta.label
    ]
