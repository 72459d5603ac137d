"""Sections that apps add to the public page of an organization."""

from core.actors import Actor
from core.registries.page_sections import FilledSection, PageSection
from core.registries.registry import Registry
from organizations.models import Organization

public_sections: Registry[PageSection] = Registry("Public section")
"""Apart from the sections of other pages: what is added here, the whole city reads."""


def public_sections_for(place: Organization, stranger: Actor) -> list[FilledSection]:
    """Return the sections of a place as a stranger reads them, empty ones left out."""
    filled = (
        FilledSection(section.template, section.context(place, stranger))
        for section in public_sections
    )
    return [section for section in filled if section.context]
