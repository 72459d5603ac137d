"""Invariants of the tree."""

from collections.abc import Iterator

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.db.tree import STEP
from core.months import today
from core.pinyin import search_key
from core.registries.invariants import Invariant, invariants, overlaps
from organizations.closing_blockers import violated_blockers
from organizations.ended_places import find_records_at_ended
from organizations.fitting import fits
from organizations.models import Organization, OrganizationVersion, Unit
from organizations.naming import name_key
from organizations.unit_closers import unit_closers


def find_unclosed_rows_of_units() -> Iterator[str]:
    """Find rows that are open for units that have left the register."""
    return unit_closers.find_unclosed_rows(Unit.objects.filter(ended_on__lte=today()))


def find_copies_unlike_version() -> Iterator[str]:
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


def find_paths_unlike_parent() -> Iterator[str]:
    """Yield nodes whose path does not extend their parent's by one step."""
    paths = dict(Organization.objects.values_list("pk", "path"))
    for node in Organization.objects.order_by("path"):
        above = paths[node.parent_id] if node.parent_id else ""
        if node.path[:-STEP] != above:
            yield f"{node.code}: {node.path} below {above}"


def find_kinds_that_do_not_fit() -> Iterator[str]:
    """Yield open organizations whose kind does not fit below that of their parent."""
    rows = Organization.objects.open().exclude(parent=None).order_by("path")
    for code, kind, above in rows.values_list("code", "kind", "parent__kind"):
        if not fits(kind, above):
            yield f"{code}: {kind} below {above}"


def find_siblings_of_one_name() -> Iterator[str]:
    """Yield open organizations that have the name of a sibling."""
    for node in Organization.objects.open().filter(name_key=None).order_by("path"):
        yield f"{node.code}: {node.name}"


def find_wrong_sounds() -> Iterator[str]:
    """Yield organizations that are found by other pinyin than their name's.

    The column came when rows were digested already, so no digest covers it.
    """
    for code, name, sound in Organization.objects.order_by("path").values_list(
        "code", "name", "sound"
    ):
        if sound != search_key(name):
            yield f"{code}: {sound}"


def find_wrong_sounds_of_units() -> Iterator[str]:
    """Yield units that are found by other pinyin than their name's."""
    for pk, name, sound in Unit.objects.order_by("pk").values_list(
        "pk", "name", "sound"
    ):
        if sound != search_key(name):
            yield f"{pk}: {sound}"


def find_units_of_one_name() -> Iterator[str]:
    """Yield units that have the name of another of their community, or a wrong key."""
    units = Unit.objects.order_by("pk").values_list("pk", "name", "name_key")
    for pk, name, key in units:
        if key != name_key(name):
            yield f"{pk}: {name}"


def find_overlapping_versions() -> Iterator[str]:
    """Return versions of one organization that share a day."""
    return overlaps(OrganizationVersion.objects.all(), "organization")


def find_blockers_of_ended() -> Iterator[str]:
    """Yield ended organizations that still have closing blockers."""
    for code, blocker in violated_blockers():
        yield f"{code}: {blocker}"


invariants.add(
    Invariant(
        "organizations.ended_units",
        _("Nothing is open for units that have left the register"),
        find_unclosed_rows_of_units,
    ),
    Invariant(
        "organizations.copies",
        _("Every organization copies its open version"),
        find_copies_unlike_version,
    ),
    Invariant(
        "organizations.paths",
        _("Every path continues the parent's"),
        find_paths_unlike_parent,
    ),
    Invariant(
        "organizations.kinds",
        _("Every kind fits below the kind of the parent"),
        find_kinds_that_do_not_fit,
    ),
    Invariant(
        "organizations.namesakes",
        _("No two organizations of one parent have one name"),
        find_siblings_of_one_name,
    ),
    Invariant(
        "organizations.sounds",
        _("Every organization is found by the pinyin of its name"),
        find_wrong_sounds,
    ),
    Invariant(
        "organizations.unit_sounds",
        _("Every unit is found by the pinyin of its name"),
        find_wrong_sounds_of_units,
    ),
    Invariant(
        "organizations.unit_namesakes",
        _("No two units of one community have one name"),
        find_units_of_one_name,
    ),
    Invariant(
        "organizations.versions",
        _("No two versions of an organization share a day"),
        find_overlapping_versions,
    ),
    Invariant(
        "organizations.left_behind",
        _("No ended organization has unsettled records"),
        find_blockers_of_ended,
    ),
    Invariant(
        "organizations.recorded_after",
        _("Nothing is recorded at an organization from after its end"),
        find_records_at_ended,
    ),
)
