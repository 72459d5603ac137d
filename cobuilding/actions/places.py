"""Where co-building happens."""

from cobuilding.errors import NotACommunity
from organizations.enums import FILING
from organizations.errors import OrganizationEnded
from organizations.models import Organization


def refuse_other_places(organization: Organization) -> None:
    """Refuse whatever is not a community, or is one no longer."""
    if organization.kind not in FILING:
        raise NotACommunity(name=organization.name)
    if organization.ended_on is not None:
        raise OrganizationEnded(name=organization.name, day=organization.ended_on)
