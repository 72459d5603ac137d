"""What this app lets people search for: organizations and resident units."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.registries.search import Hit, SearchKind, filtered, search_kinds
from organizations.models import Organization, Unit
from organizations.permissions import can_see_facts, can_see_units


def find_organizations(reader: Actor, text: str) -> QuerySet[Organization]:
    """Return the organizations of the reader's area that are or were called so."""
    rows = Organization.objects.readable_by(reader).open().select_related("parent")
    return rows.called(text).order_by("path").prefetch_related("versions")


def show_organization(row: Organization) -> Hit:
    """Show an organization with the one above it, and what it was called before."""
    above = row.parent.name if row.parent else ""
    names = {version.name for version in row.versions.all()} - {row.name}
    former = gettext("formerly %(names)s") % {"names": "、".join(sorted(names))}
    note = " · ".join(filter(None, (above, former if names else "")))
    return Hit(row.name, row.get_absolute_url(), note)


def list_organizations(text: str) -> str:
    """Return the address of the list, narrowed to the name."""
    return filtered(reverse("organizations:list"), name=text)


def find_units(reader: Actor, text: str) -> QuerySet[Unit]:
    """Return the resident units of the reader's area that are called so."""
    rows = Unit.objects.visible_to(reader).select_related("host")
    return rows.called(text).order_by("name", "pk")


def show_unit(row: Unit) -> Hit:
    """Show a unit with the community that hosts it."""
    return Hit(row.name, row.get_absolute_url(), row.host.name)


def list_units(text: str) -> str:
    """Return the address of the register, narrowed to the name."""
    return filtered(reverse("organizations:units"), name=text)


search_kinds.add(
    SearchKind(
        "organizations.organizations",
        _("Party organizations"),
        can_see_facts,
        find_organizations,
        show_organization,
        list_organizations,
        rank=20,
        matched_by=_("name of today or before, or pinyin"),
    ),
    SearchKind(
        "organizations.units",
        _("Resident units"),
        can_see_units,
        find_units,
        show_unit,
        list_units,
        rank=30,
        matched_by=_("name or pinyin"),
    ),
)
