"""What must always be true of the tree."""

from collections.abc import Iterator

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.invariants import Invariant, invariants, overlaps
from core.tree import STEP
from core.unfinished import left_behind
from organizations.models import Organization, OrganizationSpell


def strayed_copies() -> Iterator[str]:
    """Open nodes that say something else than their open spell."""
    same = Q(
        name=F("organization__name"),
        full_name=F("organization__full_name"),
        kind=F("organization__kind"),
        path=F("organization__path"),
    )
    wrong = OrganizationSpell.objects.filter(ends_on=None).exclude(same)
    for spell in wrong.select_related("organization"):
        yield f"{spell.organization.code}: {spell.name} / {spell.organization.name}"
    told = OrganizationSpell.objects.filter(ends_on=None).values("organization")
    for node in Organization.objects.open().exclude(pk__in=told):
        yield f"{node.code}: no open spell"


def strayed_paths() -> Iterator[str]:
    """Nodes whose path is not their parent's and one step more."""
    paths = dict(Organization.objects.values_list("pk", "path"))
    for node in Organization.objects.order_by("path"):
        above = paths[node.parent_id] if node.parent_id else ""
        if node.path[:-STEP] != above:
            yield f"{node.code}: {node.path} below {above}"


def overlapping_spells() -> Iterator[str]:
    """Spells of one organization that share a day."""
    return overlaps(OrganizationSpell.objects.all(), "organization")


def left_by_the_ended() -> Iterator[str]:
    """Organizations that were ended over what still hangs on them."""
    for code, matter in left_behind():
        yield f"{code}: {matter}"


invariants.add(
    Invariant(
        "organizations.copies",
        _("Every organization copies its open spell"),
        strayed_copies,
    ),
    Invariant(
        "organizations.paths",
        _("Every path continues the parent's"),
        strayed_paths,
    ),
    Invariant(
        "organizations.spells",
        _("No two spells of an organization share a day"),
        overlapping_spells,
    ),
    Invariant(
        "organizations.left_behind",
        _("No ended organization has left anything behind"),
        left_by_the_ended,
    ),
)
