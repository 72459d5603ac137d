"""Invariants of the tree."""

from collections.abc import Iterator

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.db.tree import STEP
from core.registries.invariants import Invariant, invariants, overlaps
from organizations.closing_blockers import violated_blockers
from organizations.models import Organization, OrganizationVersion


def copies_unlike_their_version() -> Iterator[str]:
    """Yield open nodes that differ from their open version."""
    same = Q(
        name=F("organization__name"),
        full_name=F("organization__full_name"),
        kind=F("organization__kind"),
        path=F("organization__path"),
    )
    wrong = OrganizationVersion.objects.filter(ends_on=None).exclude(same)
    for version in wrong.select_related("organization"):
        node = version.organization
        yield f"{node.code}: {version.name} / {node.name}"
    described = OrganizationVersion.objects.filter(ends_on=None).values("organization")
    for node in Organization.objects.open().exclude(pk__in=described):
        yield f"{node.code}: no open version"


def paths_unlike_their_parent() -> Iterator[str]:
    """Yield nodes whose path does not extend their parent's by one step."""
    paths = dict(Organization.objects.values_list("pk", "path"))
    for node in Organization.objects.order_by("path"):
        above = paths[node.parent_id] if node.parent_id else ""
        if node.path[:-STEP] != above:
            yield f"{node.code}: {node.path} below {above}"


def namesakes_below_one_parent() -> Iterator[str]:
    """Yield open organizations that have the name of a sibling."""
    for node in Organization.objects.open().filter(name_key=None).order_by("path"):
        yield f"{node.code}: {node.name}"


def overlapping_versions() -> Iterator[str]:
    """Return versions of one organization that share a day."""
    return overlaps(OrganizationVersion.objects.all(), "organization")


def blockers_left_by_ended() -> Iterator[str]:
    """Yield ended organizations that still have closing blockers."""
    for code, matter in violated_blockers():
        yield f"{code}: {matter}"


invariants.add(
    Invariant(
        "organizations.copies",
        _("Every organization copies its open version"),
        copies_unlike_their_version,
    ),
    Invariant(
        "organizations.paths",
        _("Every path continues the parent's"),
        paths_unlike_their_parent,
    ),
    Invariant(
        "organizations.namesakes",
        _("No two organizations of one parent have one name"),
        namesakes_below_one_parent,
    ),
    Invariant(
        "organizations.versions",
        _("No two versions of an organization share a day"),
        overlapping_versions,
    ),
    Invariant(
        "organizations.left_behind",
        _("No ended organization has unsettled records"),
        blockers_left_by_ended,
    ),
)
