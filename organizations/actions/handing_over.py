"""Hand records of an organization over to another one."""

import datetime as dt
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import today
from organizations.actions.recounts import request_recount
from organizations.ended_places import FIRST_DAYS
from organizations.errors import ChangedSince
from organizations.mergers import Merge
from organizations.models import Organization

R = TypeVar("R", bound=models.Model)


@action(label=_("Handed over to another organization"))
def hand_over(
    row: R, to: Organization, *, by: Actor | None, column: str = "organization"
) -> R:
    """Let a record belong to another organization from now on.

    Where the other organization has a record of the same name, the name of the one that
    comes says where it comes from.
    """
    manager: Any = type(row)._default_manager
    row = manager.select_for_update(of=("self",)).get(pk=row.pk)
    source = getattr(row, column)
    columns = [column]
    if _is_taken(row, to, column):
        former = gettext("(formerly %(name)s)") % {"name": source.name}
        row.name = f"{row.name}{former}"  # type: ignore[attr-defined] # asked before
        columns.append("name")
    with audit.recording(row, *columns, by=by, organization_id=to.pk):
        setattr(row, column, to)
        validate(row)
        row.save(update_fields=columns)
    request_recount((place.pk, _counted_since(row)) for place in (source, to))
    return row


def _counted_since(row: models.Model) -> dt.date:
    """Return the first day of a record: open months since count it by its place now."""
    days = [getattr(row, name, None) for name in FIRST_DAYS]
    return min((day for day in days if day is not None), default=today())


def _is_taken(row: models.Model, to: Organization, column: str) -> bool:
    """Whether the other organization has a record of the same name."""
    name = getattr(row, "name", "")
    rows: Any = type(row)._default_manager
    return bool(name) and rows.filter(**{column: to, "name": name}).exists()


@action(label=_("Handed back to the former organization"))
def hand_back(
    row: R,
    merge: Merge,
    name: str | None,
    *,
    by: Actor | None,
    column: str = "organization",
) -> R:
    """Let a record belong again to the organization that it came from, by its name.

    What is there already is left alone: it went back with the member it is about.
    """
    manager: Any = type(row)._default_manager
    row = manager.select_for_update(of=("self",)).get(pk=row.pk)
    if getattr(row, f"{column}_id") == merge.source.pk:
        return row
    if getattr(row, f"{column}_id") != merge.target.pk:
        raise ChangedSince(name=str(row))
    columns = [column]
    told_apart = getattr(row, "name", "")
    if name and told_apart != name and told_apart.startswith(name):
        row.name = name  # type: ignore[attr-defined] # asked before
        columns.append("name")
    with audit.recording(
        row, *columns, by=by, organization_id=merge.source.pk, reason=merge.reason
    ):
        setattr(row, column, merge.source)
        validate(row)
        row.save(update_fields=columns)
    places, since = (merge.source, merge.target), _counted_since(row)
    request_recount((place.pk, since) for place in places)
    return row


def name_of(row: models.Model) -> str | None:
    """Return what a record is called before it goes along."""
    return getattr(row, "name", None)


def give_back(column: str = "organization") -> Any:
    """Return how a row goes back that `take_along` took to another organization."""

    def move(row: models.Model, merge: Merge, name: str | None) -> None:
        hand_back(row, merge, name, by=merge.by, column=column)

    return move


def take_along(column: str = "organization") -> Any:
    """Return what a merger does with a row that belongs to the organization."""

    def move(row: models.Model, merge: Merge) -> None:
        hand_over(row, merge.target, by=merge.by, column=column)

    return move
