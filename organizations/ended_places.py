"""What stands at an organization that has ended, and should not.

Whoever writes a row that lies at an organization shares a lock of that organization
with whoever ends it, for the last moment of the writing transaction: `refuse_at_ended`
takes it when everything is written. Ending locks the organization alone and then asks
what is still open, so that one of the two always sees what the other did. It is the
lock that the foreign keys take at COMMIT, and so the last in any order.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, TypeAlias

from django.db import connection, models
from django.db.models import F, Q, QuerySet

from core.chunks import chunked
from core.db.digests import BATCH_SIZE, EVERY_COLUMN, WrittenRows
from organizations.closing_blockers import ORGANIZATION, closing_blockers
from organizations.enums import FOUNDINGS
from organizations.errors import OrganizationEnded
from organizations.models import (
    Organization,
    OrganizationAlias,
    OrganizationChange,
    OrganizationVersion,
)

Model: TypeAlias = type[models.Model]

NONE = Q(pk__in=[])
OF_ITSELF = (OrganizationVersion, OrganizationAlias, OrganizationChange)
"""What belongs to an organization as such, and is no record that rests on it."""
FIRST_DAYS = (
    *("starts_on", "taken_on", "held_on", "opened_on", "applied_on", "issued_on"),
    *("made_on", "reviewed_on", "proposed_on", "decided_on", "served_on"),
    *("awarded_on", "visited_on"),
)
"""Columns with the day of a record, or with the first of its days."""
PLACES_AT_ONCE = 20
OTHERWISE_DATED = ("month", "day", "ended_on")
"""Columns of records about a time that may lie before an end, whenever entered."""


@cache
def recorded_columns() -> Mapping[Model, tuple[str, ...]]:
    """Return the models of records at organizations, with the columns that lead there.

    Neither logs nor what is only counted are records.
    """
    columns: dict[Model, tuple[str, ...]] = {}
    for relation in Organization._meta.get_fields(include_hidden=True):
        model: Any = relation.related_model
        if not relation.auto_created or relation.concrete or model in OF_ITSELF:
            continue
        counted = getattr(model, "without_digest", ()) == EVERY_COLUMN
        if not counted and not getattr(model, "is_log", False):
            to: Any = relation
            columns[model] = (*columns.get(model, ()), to.field.name)
    return columns


def withdrawn_organizations() -> QuerySet[OrganizationChange, Any]:
    """Return the keys of the organizations whose founding was voided."""
    voided = OrganizationChange.all_objects.filter(
        kind__in=FOUNDINGS, voided_at__isnull=False
    )
    return voided.values("organization")


def records_at(model: Model, column: str, places: Any) -> QuerySet[Any]:
    """Return what is recorded at organizations; withdrawn ones count as nothing."""
    rows: QuerySet[Any] = model._default_manager.filter(**{f"{column}__in": places})
    if model is Organization:
        rows = rows.exclude(pk__in=withdrawn_organizations())
    return rows.order_by("pk")


def begun_after(model: Model, end: dt.date | F) -> Q:
    """Return the condition for rows that begin on the day of an end or later.

    What was over by then is none of them, nor is what has no first day.
    """
    names = {field.name for field in model._meta.concrete_fields}
    if (first := _first_day(names)) is None:
        return NONE
    begun = Q(**{f"{first}__gte": end})
    if "ends_on" in names:
        begun &= Q(ends_on=None) | Q(ends_on__gt=end)
    return begun


def undated(model: Model) -> Q:
    """Return the condition for rows that do not tell of which time they are."""
    names = {field.name for field in model._meta.concrete_fields}
    if first := _first_day(names):
        return Q(**{first: None})
    return NONE if names & {*OTHERWISE_DATED} else Q()


def _first_day(names: set[str]) -> str | None:
    return next((name for name in FIRST_DAYS if name in names), None)


def refuse_at_ended(written: WrittenRows, new: WrittenRows) -> None:
    """Refuse what was written at an organization that has ended by now."""
    ended = [place for place in lock_places(written) if place[2] is not None]
    if not ended:
        return
    keys = [pk for pk, _name, _end in ended]
    rows = withdrawn_organizations().filter(organization__in=keys)
    withdrawn = {*rows.values_list("organization", flat=True)}
    for pk, name, end in ended:
        found = _standing_at(pk, end, written, new, withdrawn=pk in withdrawn)
        if any(rows.exists() for rows in found):
            raise OrganizationEnded(name=name, day=end)


def lock_places(written: WrittenRows) -> list[tuple[int, str, Any]]:
    """Share the lock of the organizations at which rows lie; return what they are.

    What the database waits for is read anew: key, name and last day are those of now.
    """
    found: list[tuple[int, str, Any]] = []
    lock = " FOR KEY SHARE" if connection.vendor == "postgresql" else ""
    table = connection.ops.quote_name(Organization._meta.db_table)
    for part in chunked(_iter_places(written), PLACES_AT_ONCE):
        compiled = [rows.query.sql_with_params() for rows in part]
        union = " UNION ".join(sql for sql, _params in compiled)
        sql = (
            f"SELECT id, name, ended_on FROM {table} WHERE id IN ({union})"  # noqa: S608 -- names of ours
            f" ORDER BY id{lock}"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [p for _sql, params in compiled for p in params])
            found += cursor.fetchall()
    return found


def _iter_places(written: WrittenRows) -> Iterator[QuerySet[Any, Any]]:
    """Yield queries for the organizations at which written rows lie."""
    for model, column in _columns_of(written):
        for part in chunked(sorted(written[model]), BATCH_SIZE):
            rows: QuerySet[Any] = QuerySet(model).filter(pk__in=part)
            yield rows.order_by().values(f"{column}_id")


def _standing_at(
    place: int,
    end: dt.date,
    written: WrittenRows,
    new: WrittenRows,
    *,
    withdrawn: bool,
) -> Iterator[QuerySet[Any]]:
    """Yield queries for what was written at one organization and may not stand there.

    At one that was withdrawn that is everything; otherwise what its end would have been
    refused for, and what begins later.
    """
    for matter in closing_blockers:
        rows = matter.beyond(end)
        if matter.closes == ORGANIZATION and rows.model in written:
            keys = written[rows.model]
            yield rows.filter(pk__in=keys, **{matter.column: place})
    for model, column in _columns_of(written):
        rows = records_at(model, column, [place])
        if withdrawn:
            yield rows.filter(pk__in=written[model])
        yield rows.filter(begun_after(model, end), pk__in=written[model])
        yield rows.filter(undated(model), pk__in=new[model])


def _columns_of(models_: Iterable[Model]) -> Iterator[tuple[Model, str]]:
    known = recorded_columns()
    return ((model, column) for model in models_ for column in known.get(model, ()))


def find_records_at_ended() -> Iterator[str]:
    """Yield records at withdrawn organizations, and those that began after an end."""
    for model, column in _columns_of(recorded_columns()):
        code, end = f"{column}__code", f"{column}__ended_on"
        rows = records_at(model, column, withdrawn_organizations())
        rows = rows.filter(**{f"{end}__isnull": False})
        rows |= model._default_manager.filter(begun_after(model, F(end)))
        for place, pk in rows.values_list(code, "pk"):
            yield f"{place}: {model._meta.label} {pk}"
