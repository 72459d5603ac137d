"""Checks that an organization can take new records."""

from organizations.enums import FILING
from organizations.errors import NotACommunity, OrganizationEnded
from organizations.models import Organization


def refuse_ended(organization: Organization) -> None:
    """Refuse an organization that has ended."""
    if organization.ended_on is not None:
        raise OrganizationEnded(name=organization.name, day=organization.ended_on)


def refuse_non_community(organization: Organization) -> None:
    """Refuse an organization that is not a community, or has ended."""
    if organization.kind not in FILING:
        raise NotACommunity(name=organization.name)
    refuse_ended(organization)
