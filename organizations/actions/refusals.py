"""Checks that an organization can take new records."""

import datetime as dt

from organizations.enums import FILING, OrganizationKind
from organizations.errors import (
    FilingStays,
    KindFitsNotAbove,
    KindFitsNotThere,
    NotACommunity,
    NotFoundedYet,
    OrganizationEnded,
)
from organizations.fitting import files_otherwise, fits
from organizations.models import Organization


def refuse_ended(organization: Organization) -> None:
    """Refuse an organization that has ended."""
    if organization.ended_on is not None:
        raise OrganizationEnded(name=organization.name, day=organization.ended_on)


def refuse_before_founding(organization: Organization, day: dt.date) -> None:
    """Refuse a day on which an organization did not exist yet."""
    first = organization.versions.order_by("starts_on").first()
    if first is not None and day < first.starts_on:
        raise NotFoundedYet(name=organization.name, first=first.starts_on, day=day)


def refuse_outside_life(organization: Organization, day: dt.date) -> None:
    """Refuse a day before the founding, or on which an organization had ended."""
    refuse_before_founding(organization, day)
    if organization.ended_on is not None and day >= organization.ended_on:
        raise OrganizationEnded(name=organization.name, day=organization.ended_on)


def refuse_non_community(organization: Organization) -> None:
    """Refuse an organization that is not a community, or has ended."""
    if organization.kind not in FILING:
        raise NotACommunity(name=organization.name)
    refuse_ended(organization)


def refuse_misfit(node: Organization, former: str = "") -> None:
    """Refuse a kind that does not fit the parent, or what lies below.

    A new kind files returns as the `former` one did; only one that fitted nowhere is
    put right.
    """
    above = Organization.objects.get(pk=node.parent_id) if node.parent_id else None
    parent = above.kind if above is not None else None
    children = list(node.children.open().order_by("path")) if node.pk else []
    kind = node.get_kind_display()
    if above is not None and not fits(node.kind, parent):
        raise KindFitsNotThere(
            name=node.name, kind=kind, parent=above.get_kind_display()
        )
    for child in children:
        if not fits(child.kind, node.kind):
            raise KindFitsNotAbove(
                name=node.name,
                kind=kind,
                below=child.name,
                child=child.get_kind_display(),
            )
    fitted = bool(former) and fits(former, parent, [child.kind for child in children])
    if fitted and files_otherwise(former, node.kind):
        label = OrganizationKind(former).label
        raise FilingStays(name=node.name, kind=kind, former=label)
