"""Whether something may be done at an organization at all."""

from organizations.enums import FILING
from organizations.errors import NotACommunity, OrganizationEnded
from organizations.models import Organization


def refuse_ended(organization: Organization) -> None:
    """Refuse an organization that is no more."""
    if organization.ended_on is not None:
        raise OrganizationEnded(name=organization.name, day=organization.ended_on)


def refuse_non_community(organization: Organization) -> None:
    """Refuse whatever is not a community, or is one no longer."""
    if organization.kind not in FILING:
        raise NotACommunity(name=organization.name)
    refuse_ended(organization)
