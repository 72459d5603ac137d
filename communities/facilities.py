"""Facilities on the page of a place, and which of the required kinds are missing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from communities.models import Facility
from communities.permissions import can_keep_facilities_of
from core.actors import Actor
from core.audit.presentation import label_values
from core.registries.page_sections import PageSection
from organizations.actions import give_back, name_of, take_along
from organizations.closing_blockers import ClosingBlocker
from organizations.enums import FILING
from organizations.mergers import Merger
from organizations.models import CodeItem
from organizations.queries import code_items, labels_of_code_list


def required_kinds() -> list[tuple[str, str]]:
    """Return the kinds of facility that every community has to have, as choices."""
    items = CodeItem.objects.listed("facility_kinds")
    return [(i.code, i.label) for i in items if i.attributes.get("required") == "yes"]


def missing_kinds(places: Iterable[int]) -> Mapping[int, list[str]]:
    """Return which required kinds each place lacks, by the labels of the kinds."""
    keys = [*places]
    rows = Facility.objects.in_use().filter(organization__in=keys).order_by()
    has: defaultdict[int, set[str]] = defaultdict(set)
    for place, kind in rows.values_list("organization", "kind"):
        has[place].add(kind)
    required = required_kinds()
    return {pk: [name for code, name in required if code not in has[pk]] for pk in keys}


def describe_facilities(record: Any, reader: Actor) -> Mapping[str, Any]:
    """Return the facilities of a place itself, and what a community lacks."""
    kinds = dict(code_items("facility_kinds"))
    rows = Facility.objects.visible_to(reader).filter(organization=record)
    keeps = record.ended_on is None and can_keep_facilities_of(reader, record)
    lines = [(row, kinds.get(row.kind, row.kind)) for row in rows.in_use()]
    asked = record.kind in FILING and (keeps or lines)
    return {
        "place": record,
        "lines": lines,
        "missing": missing_kinds([record.pk])[record.pk] if asked else [],
        "keeps": keeps,
        "list_url": f"{reverse('communities:facilities')}?"
        f"{urlencode({'organization': record.pk})}",
    }


label_values("communities.Facility", kind=labels_of_code_list("facility_kinds"))
FACILITY_SECTION = PageSection(
    "communities.facilities",
    "organizations.Organization",
    "communities/_facilities.html",
    describe_facilities,
)


def open_facilities() -> QuerySet[Facility]:
    """Return the facilities that are in use without an end."""
    return Facility.objects.filter(ends_on=None)


FACILITY_MERGER = Merger(
    "communities.facilities",
    _("facilities that go along: %(count)s"),
    open_facilities,
    take_along(),
    take_back=give_back(),
    remember=name_of,
)
FACILITY_BLOCKER = ClosingBlocker(
    "communities.facilities",
    _("facilities in use: %(count)s (give them up)"),
    open_facilities,
)
