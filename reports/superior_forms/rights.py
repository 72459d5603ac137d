"""Whose numbers a person may take along in a superior's form."""

from core.actors import Actor, scope_of
from organizations.models import Organization
from reports.querysets import EXPORTERS


def may_take_along(reader: Actor, place: Organization) -> bool:
    """Whether the person may download the month's summary of the place, too."""
    return scope_of(reader).has_role_over(place.path, EXPORTERS)
