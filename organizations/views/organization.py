"""The page of one organization: what it is, what it has, and what became of it."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core.dates import format_day
from core.registries.page_sections import sections_for
from core.web.components import DetailRow, Link, Section
from core.web.views import PermittedObjectMixin
from organizations import permissions
from organizations.enums import HOLDING_MEMBERS, ChangeKind
from organizations.findings import find_at
from organizations.fitting import kinds_below
from organizations.glance import describe_glance
from organizations.models import Organization, OrganizationChange
from organizations.place_columns import read_values
from organizations.views.tree import tree_breadcrumb


class OrganizationDetail(PermittedObjectMixin[Organization], TemplateView):
    """One organization: its facts, its past, what is amiss, and where its records are.

    Administrators of the installation see what it is, not what it has recorded.
    """

    model = Organization
    template_name = "organizations/organization.html"

    def get_rows(self) -> Any:
        rows = Organization.objects.readable_by(self.request.user)
        return rows.select_related("parent", "guidance_parent")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        place, user = self.get_object(), self.request.user
        reads = permissions.reads_records_of(user, place)
        sections = [Section("", detail_rows_of(place))]
        if reads:
            sections.append(Section(_("What it has"), record_rows_of(place, user)))
            sections += describe_glance(place, user)
        return super().get_context_data(
            title=place.name,
            place=place,
            breadcrumbs=breadcrumbs_of(place, user),
            sections=sections,
            page_actions=change_links(place, user),
            changes=changes_of(place),
            opened=keys_opened(place, user),
            withdrawn=voided_founding_of(place),
            findings=find_at(place) if reads and place.ended_on is None else [],
            versions=place.versions.select_related("parent").order_by("-starts_on"),
            page_sections=sections_for(place, user) if reads else [],
            **kwargs,
        )


def breadcrumbs_of(place: Organization, user: Any) -> list[Link]:
    """Return the tree, the organizations above that the reader sees, and itself."""
    above = Organization.objects.readable_by(user).above(place.path)
    return [
        tree_breadcrumb(),
        *(Link(one.name, one.get_absolute_url()) for one in above),
        Link(place.name),
    ]


def change_links(place: Organization, user: Any) -> list[Link]:
    """Return the ways to change an organization and what lies below it."""
    if place.ended_on is not None or not permissions.can_change_tree(user, place):
        return []
    founding = [("found", _("Found below it"))] if kinds_below(place.kind) else []
    above = place.parent
    own = above is not None and permissions.can_change_tree(user, above)
    changing = [
        ("rename", _("Rename")),
        ("move", _("Put below another parent")),
        ("dissolve", _("Dissolve into another …")),
    ]
    splitting = [("split", _("Split …"))] if place.kind in HOLDING_MEMBERS else []
    offered = [*founding, *((changing + splitting) if own else [])]
    return [
        Link(label, reverse(f"organizations:{name}", args=[place.pk]))
        for name, label in offered
    ]


def changes_of(place: Organization) -> Any:
    """Return the decisions about an organization, and those that it takes part in.

    A move is part of the past of the parent that was left, too.
    """
    left = Q(kind=ChangeKind.MOVED, undo__before__parent_id=place.pk)
    about = Q(organization=place) | Q(other=place) | left
    rows = OrganizationChange.all_objects.filter(about)
    return rows.select_related("organization", "other")


def voided_founding_of(place: Organization) -> OrganizationChange | None:
    """Return the decision that founded an organization by mistake, if it was one."""
    if place.ended_on is None:
        return None
    rows = OrganizationChange.all_objects.filter(organization=place)
    founded = (ChangeKind.FOUNDED, ChangeKind.SPLIT)
    return rows.filter(kind__in=founded, voided_at__isnull=False).first()


def keys_opened(place: Organization, user: Any) -> set[int]:
    """Return the keys of the decisions about an organization that a reader opens."""
    rows = changes_of(place).visible_to(user)
    return {*rows.values_list("pk", flat=True)}


def detail_rows_of(place: Organization) -> list[DetailRow]:
    """Return what an organization is."""
    founded = place.versions.order_by("starts_on").values_list("starts_on", flat=True)
    names = "、".join(place.other_names) or None
    return [
        DetailRow(_("full name (as on the seal)"), place.full_name),
        DetailRow(_("kind"), place.get_kind_display()),
        DetailRow(_("code"), place.code),
        DetailRow(_("parent organization"), place.parent, _url_of(place.parent)),
        DetailRow(_("guided by"), place.guidance_parent),
        DetailRow(_("Founded on"), format_day(founded[0]) if founded else None),
        DetailRow(_("dissolved on"), place.ended_on),
        DetailRow(_("Other names in sheets"), names),
    ]


def _url_of(place: Organization | None) -> str:
    return place.get_absolute_url() if place is not None else ""


def record_rows_of(place: Organization, user: Any) -> list[DetailRow]:
    """Return what the apps show of an organization, with links to the lists."""
    values = read_values(user, [place.path])
    rows = [
        DetailRow(
            column.label,
            value if value != "" else None,
            column.url(place) if value and column.permitted(user, place) else "",
        )
        for column, value in zip(values.columns, values.of(place.path), strict=True)
    ]
    facts = reverse("organizations:facts_of_place", args=[place.pk])
    label = _("population, households and other numbers")
    return [*rows, DetailRow(_("Facts of places"), label, facts)]
