"""Reads of the tree in several queries: filing organizations, closed months."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext

from core.db.tree import ancestor_paths
from core.months import month_of
from organizations.calendars import calendar_of
from organizations.enums import (
    FILING,
    HOLDING_MEMBERS,
    ChangeKind,
    CodeListName,
    OrganizationKind,
)
from organizations.models import CodeItem, MonthState, Organization


def filing_organization(organization: Organization) -> Organization:
    """Return who files the month for the organization: the nearest filing ancestor.

    An organization above all filing ones answers for its own months.
    """
    paths = [*ancestor_paths(organization.path), organization.path]
    nearest = Organization.objects.filter(path__in=paths, kind__in=FILING)
    return nearest.order_by("-path").first() or organization


def is_temporary(organization: Organization) -> bool:
    """Whether an organization is a temporary branch, or a group of one (R-07).

    Who works in it stays where they belong: nobody belongs to it, it elects nobody,
    and dues are not paid to it.
    """
    above = organization.parent
    is_group = organization.kind == OrganizationKind.PARTY_GROUP
    node = above if is_group and above is not None else organization
    return node.kind == OrganizationKind.TEMPORARY_BRANCH


def may_hold_members(organization: Organization) -> bool:
    """Whether members may belong to an organization."""
    return organization.kind in HOLDING_MEMBERS and not is_temporary(organization)


def successor_of(organization: Organization) -> Organization | None:
    """Return the organization into which a dissolved one went, if that still exists."""
    seen: set[int] = set()
    node: Organization | None = organization
    while node is not None and node.ended_on is not None and node.pk not in seen:
        seen.add(node.pk)
        merged = node.changes.filter(kind=ChangeKind.MERGED).select_related("other")
        change = merged.first()
        node = change.other if change is not None else None
    return node if node != organization else None


def name_of_successor(organization: Organization) -> str:
    """Return what an organization is called today: its successor, it in brackets."""
    if organization.ended_on is None:
        return organization.name
    successor = successor_of(organization)
    if successor is None:
        return organization.name
    names = {"name": successor.name, "former": organization.name}
    return gettext("%(name)s (formerly %(former)s)") % names


def street_above(organization: Organization) -> Organization | None:
    """Return the street working committee of an organization, or none above it."""
    paths = [*ancestor_paths(organization.path), organization.path]
    streets = Organization.objects.filter(path__in=paths).streets()
    return streets.order_by("-path").first()


def filing_organizations(
    organizations: Iterable[Organization],
) -> dict[int, Organization]:
    """Return who files for each of the organizations, in one query."""
    nodes = list(organizations)
    paths = {p for o in nodes for p in (*ancestor_paths(o.path), o.path)}
    filing = {
        o.path: o for o in Organization.objects.filter(path__in=paths, kind__in=FILING)
    }
    filing_ids = {}
    for o in nodes:
        chain = (o.path, *reversed(ancestor_paths(o.path)))
        filing_ids[o.pk] = next((filing[p] for p in chain if p in filing), o)
    return filing_ids


def last_closed_months(filing_ids: Iterable[int]) -> dict[int, dt.date]:
    """Return the last closed month of filing organizations, by primary key."""
    return MonthState.objects.filter(organization__in=list(filing_ids)).last_closed()


def is_closed(organization: Organization, day: dt.date) -> bool:
    """Whether the day lies in a month that its filing organization has closed."""
    return calendar_of([organization.pk]).is_closed(organization.pk, month_of(day))


def counting_month(organization: Organization, day: dt.date) -> dt.date:
    """Return the month in which a flow of that day counts.

    A fact recorded after its month was closed counts in the first open month (补记).
    """
    return counting_months([(organization, day)])[0]


def counting_months(
    facts: Iterable[tuple[Organization, dt.date]],
) -> list[dt.date]:
    """Return the counting month of many facts, in four queries.

    Until the action's transaction ends none of the months can be closed, so that the
    fact counts either in the month's figures or in a later one, never in neither.
    """
    pairs = list(facts)
    calendar = calendar_of({o.pk for o, _day in pairs}, lock=True)
    return [calendar.first_open(o.pk, month_of(day)) for o, day in pairs]


def code_items(code_list: str) -> list[tuple[str, str]]:
    """Return the items of a code list as choices, in its order."""
    return list(CodeItem.objects.listed(code_list).values_list("code", "label"))


def code_choices(code_list: str) -> list[tuple[str, str]]:
    """Return the items of a code list as choices, with none first."""
    return [("", "—"), *code_items(code_list)]


def code_list_label(code_list: str) -> str:
    """Return what offices call a code list; lists they added have only a key."""
    names = {name.value: str(name.label) for name in CodeListName}
    return names.get(code_list, code_list)


def labels_by_code(code_list: str) -> dict[str, str]:
    """Return the labels of a code list, with those that were taken off it.

    Tables read them once for all their rows.
    """
    items = CodeItem.objects.filter(code_list=code_list)
    return dict(items.values_list("code", "label"))


def labels_of_code_list(code_list: str) -> Callable[[Any], str]:
    """Return the function that labels one code of a list, or several."""

    def label(value: Any) -> str:
        codes = [str(one) for one in (value if isinstance(value, list) else [value])]
        items = CodeItem.objects.filter(code_list=code_list, code__in=codes)
        labels = dict(items.values_list("code", "label"))
        return "、".join(labels.get(code, code) for code in codes)

    return label
