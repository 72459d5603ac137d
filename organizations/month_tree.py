"""The organization tree of a month: figures follow it, not today's tree."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from core.db.querysets import Node, any_of, current_on
from core.db.tree import STEP, path_range
from core.months import last_day
from organizations.enums import FILING
from organizations.models import OrganizationVersion


@dataclass(frozen=True, slots=True)
class OrganizationAt:
    """An organization's name, kind and path at the end of a month."""

    pk: int
    name: str
    full_name: str
    kind: str
    path: str

    @property
    def files(self) -> bool:
        """Whether returns are filed here."""
        return self.kind in FILING


def _versions(month: dt.date) -> QuerySet[OrganizationVersion]:
    """Return the versions at the month's end; ended organizations keep their last."""
    day = last_day(month)
    lasting = Q(starts_on__lte=day, ends_on=F("organization__ended_on"))
    return OrganizationVersion.objects.filter(current_on(day) | lasting).order_by(
        "path"
    )


def _organization_at(version: OrganizationVersion) -> OrganizationAt:
    return OrganizationAt(
        version.organization_id,
        version.name,
        version.full_name,
        version.kind,
        version.path,
    )


def get_organization_at(organization_id: int, month: dt.date) -> OrganizationAt | None:
    """Return an organization as of a month; None before it was founded."""
    version = _versions(month).filter(organization=organization_id).first()
    return _organization_at(version) if version else None


def get_organizations_at(
    organization_ids: Iterable[int], month: dt.date
) -> list[OrganizationAt]:
    """Return organizations as of a month, without those not founded yet."""
    versions = _versions(month).filter(organization__in=list(organization_ids))
    return [_organization_at(version) for version in versions]


def get_organizations_on_paths(
    paths: Iterable[str], month: dt.date
) -> list[OrganizationAt]:
    """Return the organizations at the paths in a month, the highest first."""
    return [
        _organization_at(version)
        for version in _versions(month).filter(path__in=list(paths))
    ]


def ids_within(organization: Node, month: dt.date) -> list[int]:
    """Return the keys of the organizations at a node or below it in a month."""
    return list(paths_within([organization], month))


def paths_within(organizations: Iterable[Node], month: dt.date) -> dict[int, str]:
    """Return the paths in a month of what lies at or below any of some nodes, by key.

    What several nodes have in common is there once.
    """
    below = any_of(path_range("", node.path) for node in organizations)
    return dict(_versions(month).filter(below).values_list("organization_id", "path"))


def ids_outside_children(organization: OrganizationAt, month: dt.date) -> list[int]:
    """Return the keys of those at a node or below it, but below none of its children.

    That is the node itself, and what lay below it and has ended.
    """
    children = {child.path for child in children_of(organization, month)}
    depth = len(organization.path) + STEP
    below = _versions(month).filter(path_range("", organization.path))
    return [
        pk
        for pk, path in below.values_list("organization_id", "path")
        if path[:depth] not in children
    ]


def children_of(organization: OrganizationAt, month: dt.date) -> list[OrganizationAt]:
    """Return the direct children that still existed at the month's end."""
    standing = current_on(last_day(month))
    children = _versions(month).filter(standing, parent=organization.pk)
    return [_organization_at(version) for version in children]


def children_and_filing(
    organization: OrganizationAt, month: dt.date
) -> tuple[list[OrganizationAt], list[OrganizationAt]]:
    """Return the direct children, and the filing organizations at or below a node."""
    child_or_filing = Q(parent=organization.pk) | Q(kind__in=FILING)
    versions = _versions(month).filter(
        current_on(last_day(month)), path_range("", organization.path), child_or_filing
    )
    places = [(_organization_at(version), version.parent_id) for version in versions]
    return (
        [one for one, parent in places if parent == organization.pk],
        [one for one, _parent in places if one.files],
    )


def filing_within(organization: Node, month: dt.date) -> list[OrganizationAt]:
    """Return the organizations at or below a node that had to file the month."""
    standing = current_on(last_day(month))
    below = path_range("", organization.path)
    return [
        _organization_at(s)
        for s in _versions(month).filter(standing, below, kind__in=FILING)
    ]


def paths_over(organization_id: int, months: Iterable[dt.date]) -> dict[dt.date, str]:
    """Return an organization's path in each of the months in which it existed."""
    versions = list(
        OrganizationVersion.objects.filter(organization=organization_id).order_by(
            "starts_on"
        )
    )
    paths = {}
    for month in months:
        begun = [s.path for s in versions if s.starts_on <= last_day(month)]
        if begun:
            paths[month] = begun[-1]
    return paths
