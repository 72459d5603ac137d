"""Visits on the pages of what was visited, and what becomes of their problems."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Min
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from communities.models import UnitCover, Visit
from communities.permissions import can_keep_visits
from communities.visit_querysets import VisitQuerySet
from core.actors import Actor
from core.registries.page_sections import PageSection
from core.registries.todos import Todo, TodoSource
from organizations.actions import give_back, name_of, take_along
from organizations.closing_blockers import ClosingBlocker
from organizations.mergers import Merger
from organizations.models import Unit
from organizations.queries import code_items

SHOWN = 5


def contact_of(unit: Unit) -> str:
    """Return who is there for a unit that a community looks after, or nothing."""
    rows = UnitCover.objects.current().filter(unit=unit)
    return rows.values_list("contact", flat=True).first() or ""


def describe_visits(record: Any, reader: Actor) -> Mapping[str, Any]:
    """Return the latest visits to an organization itself."""
    rows = Visit.objects.visible_to(reader).filter(organization=record, unit=None)
    keeps = record.ended_on is None and can_keep_visits(reader, record)
    return {
        **_describe(rows, {"organization": record.pk}),
        "enter": reverse("communities:visit_organization", args=[record.pk]),
        "keeps": keeps,
    }


def describe_visits_to_unit(record: Any, reader: Actor) -> Mapping[str, Any]:
    """Return the latest visits to a resident unit."""
    rows = Visit.objects.visible_to(reader).filter(unit=record)
    keeps = record.ended_on is None and can_keep_visits(reader, record.host)
    return {
        **_describe(rows, {"visited": record.name, "whom": "unit"}),
        "enter": reverse("communities:visit_unit", args=[record.pk]),
        "keeps": keeps,
    }


def _describe(rows: VisitQuerySet, listed: Mapping[str, Any]) -> Mapping[str, Any]:
    kinds = dict(code_items("visit_kinds"))
    latest = rows.that_count().with_places().order_by("-visited_on", "-pk")[:SHOWN]
    return {
        "lines": [(row, kinds.get(row.kind, row.kind)) for row in latest],
        "list_url": f"{reverse('communities:visits')}?{urlencode(listed)}",
    }


VISIT_SECTIONS = (
    PageSection(
        "communities.visits",
        "organizations.Organization",
        "communities/_visits.html",
        describe_visits,
    ),
    PageSection(
        "communities.unit_visits",
        "organizations.Unit",
        "communities/_visits.html",
        describe_visits_to_unit,
    ),
)


def open_problems() -> VisitQuerySet:
    """Return the visits with a problem that is still to be solved."""
    return Visit.objects.all().that_count().unsettled()


def visit_todos(user: Actor, _day: Any) -> Iterable[Todo]:
    """Yield how many problems found at visits wait, with the day of the first."""
    rows = open_problems().managed_by(user)
    if count := rows.count():
        due = rows.aggregate(first=Min("due_on"))["first"]
        url = f"{reverse('communities:visits')}?state=open"
        yield Todo(_("Problems found at visits, to be solved"), url, count, due)


VISIT_TODOS = TodoSource("communities.visits", visit_todos)
VISIT_MERGER = Merger(
    "communities.visits",
    _("problems found at visits that go along: %(count)s"),
    open_problems,
    take_along(),
    take_back=give_back(),
    remember=name_of,
)
VISIT_BLOCKER = ClosingBlocker(
    "communities.visits",
    _("problems found at visits: %(count)s (say what was done)"),
    open_problems,
)
