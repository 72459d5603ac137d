"""Facilities on the page of a place, and which of the required kinds are missing."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Min, Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from communities.models import Facility
from communities.permissions import can_keep_facilities_of
from core.actors import Actor
from core.audit.presentation import label_values
from core.dates import format_day
from core.db.querysets import any_of
from core.months import today
from core.registries.page_sections import PageSection
from core.registries.todos import Todo, TodoSource
from core.text import StrOrPromise
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


def words_on_signs(label: str) -> list[str]:
    """Return the names in the label of a kind, as they stand on signs.

    儿童站（四点半课堂） is named by a sign with 儿童站 as by one with 四点半课堂.
    """
    return [word for word in re.split("[（）()、，,\\s]+", label) if len(word) > 1]


def serves_as(kind: str) -> Q:
    """Return the condition for facilities of a kind, by their own or by a sign."""
    label = dict(code_items("facility_kinds")).get(kind, "")
    return any_of(
        [Q(kind=kind), *(Q(signs__contains=word) for word in words_on_signs(label))]
    )


def fills_gap(kind: str) -> QuerySet[Facility]:
    """Return what a place counts as having of a kind.

    A room in use counts for its kind, and for each kind that a sign on its door names.
    One that is planned or being built does not yet; one that is used for something
    else than its kind and signs say does not, whatever its signs.
    """
    return Facility.objects.in_use().used_as_said().filter(serves_as(kind))


def missing_kinds(places: Iterable[int]) -> Mapping[int, list[StrOrPromise]]:
    """Return which required kinds each place lacks, and by when one is planned.

    What fills a gap says `fills_gap`; here all kinds are asked in one query.
    """
    here: defaultdict[int, list[Facility]] = defaultdict(list)
    rows = Facility.objects.in_use() | Facility.objects.to_open()
    for row in rows.used_as_said().filter(organization__in=[*places]):
        here[row.organization_id].append(row)
    required = [
        (code, label, words_on_signs(label)) for code, label in required_kinds()
    ]
    missing: dict[int, list[StrOrPromise]] = {}
    for pk in places:
        missing[pk] = []
        for code, label, words in required:
            serving = [
                row
                for row in here[pk]
                if row.kind == code or any(word in row.signs for word in words)
            ]
            if all(row.starts_on is None for row in serving):
                missing[pk].append(_name_missing(label, serving))
    return missing


def _name_missing(label: str, planned: list[Facility]) -> StrOrPromise:
    if not planned:
        return label
    days = [row.works_due_on for row in planned if row.works_due_on is not None]
    if not days:
        return _("%(kind)s (planned)") % {"kind": label}
    values = {"kind": label, "day": format_day(min(days))}
    return _("%(kind)s (planned, until %(day)s)") % values


def state_of(row: Facility) -> StrOrPromise:
    """Return whether a facility is in use, and whether works on it are overdue."""
    if row.ends_on is not None:
        return _("given up")
    overdue = row.is_overdue(today())
    if row.starts_on is None:
        return _("not open yet, works overdue") if overdue else _("not open yet")
    if overdue:
        return _("works overdue")
    return _("used for something else") if row.used_otherwise else _("in use")


def describe_facilities(record: Any, reader: Actor) -> Mapping[str, Any]:
    """Return the facilities of a place itself, and what a community lacks."""
    kinds = dict(code_items("facility_kinds"))
    rows = Facility.objects.visible_to(reader).filter(organization=record)
    keeps = record.ended_on is None and can_keep_facilities_of(reader, record)
    here = rows.in_use() | rows.to_open()
    lines = [(row, kinds.get(row.kind, row.kind), state_of(row)) for row in here]
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
    """Return the facilities without an end: those in use and those to open."""
    return Facility.objects.filter(ends_on=None)


def facility_todos(user: Actor, day: dt.date) -> Iterable[Todo]:
    """Yield how many facilities have works past their day, with the first of these."""
    rows = Facility.objects.managed_by(user).with_works_overdue(day)
    if count := rows.count():
        due = rows.aggregate(first=Min("works_due_on"))["first"]
        url = f"{reverse('communities:facilities')}?state=overdue"
        yield Todo(_("Works on facilities past their day"), url, count, due)


FACILITY_TODOS = TodoSource("communities.facilities", facility_todos)
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
