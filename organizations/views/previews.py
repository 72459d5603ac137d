"""Try a decision out, and tell what would change, without changing anything."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import transaction

from core.db.tree import ancestor_paths
from core.months import month_of, today
from organizations.enums import FILING, OrganizationKind
from organizations.figure_preview import Figures, figure_preview
from organizations.mergers import Moving
from organizations.models import Organization

MISSING = "0"


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """A figure of the open month that would change."""

    organization: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a decision would do: what moves, what lies below, which figures change."""

    month: dt.date
    figures: list[ChangedFigure]
    moving: list[Moving] = field(default_factory=list)
    below: list[Organization] = field(default_factory=list)
    beside: bool = False
    ending: list[str] = field(default_factory=list)


def lies_beside_returns(kind: str, place: Organization) -> bool:
    """Whether what comes to lie at a place is in no community's return."""
    above = Organization.objects.filter(
        path__in=[*ancestor_paths(place.path), place.path]
    )
    return kind not in FILING and not above.communities().exists()


def changed_figures(
    run: Callable[[], Organization], concerned: Iterable[Organization]
) -> list[ChangedFigure]:
    """Run a decision, count the figures of the open month, and take it all back.

    Raises the refusal of a decision that cannot be carried out.
    """
    read, month = figure_preview.get(), month_of(today())
    ids = _with_ancestors(concerned)
    before = read(ids, month)
    with transaction.atomic():
        ids = ids | _with_ancestors([run()])
        after = read(ids, month)
        rows = Organization.objects.filter(pk__in=ids)
        names = dict(rows.values_list("pk", "name"))
        transaction.set_rollback(True)
    return [*_differences(before, after, names)]


def _differences(
    before: Figures, after: Figures, names: dict[int, str]
) -> list[ChangedFigure]:
    keys = dict.fromkeys([*before, *after])
    return [
        ChangedFigure(
            names[pk], label, before.get(key, MISSING), after.get(key, MISSING)
        )
        for key in keys
        if before.get(key, MISSING) != after.get(key, MISSING)
        for pk, label in [key]
    ]


def _with_ancestors(organizations: Iterable[Organization]) -> set[int]:
    """Return the keys of organizations and what lies above them, up to the street."""
    paths = {p for one in organizations for p in (*ancestor_paths(one.path), one.path)}
    rows = Organization.objects.filter(path__in=paths)
    rows = rows.exclude(kind=OrganizationKind.CITY)
    return set(rows.values_list("pk", flat=True))
