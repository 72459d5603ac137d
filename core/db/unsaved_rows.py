"""Rows not written yet, laid out as a table, so that one query can ask about them all.

The conditions of a rule are compiled as for the table's own constraint, so the database
itself says what it would refuse. `given` has a line for each row: the columns that the
rules speak of, the row's number from one on, and its key if it is stored already.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models import DecimalField, F, Field, Q
from django.db.models.sql import Query

Sql: TypeAlias = tuple[str, tuple[Any, ...]]

ROW, KEY = '"given_row"', '"given_key"'


def names_in(expression: Any) -> set[str]:
    """Return the fields that a condition or an expression speaks of."""
    if isinstance(expression, Q):
        return set(expression.referenced_base_fields)
    if isinstance(expression, F):
        return {_name(expression)}
    return {_name(part) for part in expression.flatten() if isinstance(part, F)}


def _name(reference: F) -> str:
    return str(reference.name)  # type: ignore[attr-defined] # the stubs leave it out


class UnsavedRows:
    """Rows of one model that are to be written, beside those that are stored."""

    def __init__(self, rows: Sequence[models.Model], names: Iterable[str]) -> None:
        self.rows = rows
        self.model = type(rows[0])
        self.options = self.model._meta
        wanted = {self.options.pk.name if name == "pk" else name for name in names}
        self.fields = [f for f in self.options.concrete_fields if f.name in wanted]

    def failing(self, condition: Any) -> Sql:
        """Find the rows for which a condition is false; unknown is not false."""
        sql, params = self._compiled(condition)
        return f"SELECT {ROW} FROM given WHERE ({sql}) IS FALSE", params

    def clashing(self, keys: Sequence[Any], condition: Q | None) -> Sql:
        """Find the rows whose keys a stored row has, or an earlier one of these."""
        told = [f"{name} IS NOT NULL" for name in _numbered(keys)]
        same = [f"theirs.{name} = ours.{name}" for name in _numbered(keys)]
        ours = self._side("given", ROW, keys, condition)
        theirs = self._side(self._table, self._key, keys, condition)
        nth = f"ROW_NUMBER() OVER (PARTITION BY {_listed(keys)} ORDER BY {ROW})"
        numbered = f"SELECT {ROW}, {nth} AS nth FROM ({ours[0]}) AS ours"
        sql = (
            f"SELECT ours.{ROW} FROM ({ours[0]}) AS ours"
            f" JOIN ({theirs[0]}) AS theirs ON {' AND '.join(same)}"
            f" WHERE {self._not_of_these}"
            f" UNION ALL SELECT {ROW} FROM ({numbered} WHERE {' AND '.join(told)})"
            " AS numbered WHERE nth > 1"
        )
        return sql, (*ours[1], *theirs[1], *ours[1])

    def overlapping(self, keys: Sequence[Any], condition: Q | None) -> Sql:
        """Find the versions that share a day with a stored one, or with an earlier one.

        A spell that ends as it begins, or before, holds no day.
        """
        holds_days = Q(ends_on=None) | Q(ends_on__gt=F("starts_on"))
        condition = holds_days if condition is None else holds_days & condition
        columns = [*keys, F("starts_on"), F("ends_on")]
        *points, start, end = _numbered(columns)
        shared = " AND ".join(
            [
                *(f"theirs.{name} = ours.{name}" for name in points),
                f"(ours.{end} IS NULL OR theirs.{start} < ours.{end})",
                f"(theirs.{end} IS NULL OR theirs.{end} > ours.{start})",
            ]
        )
        ours = self._side("given", ROW, columns, condition)
        theirs = self._side(self._table, self._key, columns, condition)
        sql = (
            f"SELECT ours.{ROW} FROM ({ours[0]}) AS ours"
            f" JOIN ({theirs[0]}) AS theirs ON {shared} WHERE {self._not_of_these}"
            f" UNION ALL SELECT ours.{ROW} FROM ({ours[0]}) AS ours"
            f" JOIN ({ours[0]}) AS theirs ON {shared}"
            f" WHERE theirs.{ROW} < ours.{ROW}"
        )
        return sql, (*ours[1], *theirs[1], *ours[1], *ours[1])

    def ask(self, questions: Iterable[Sql]) -> Iterator[tuple[int, int]]:
        """Ask everything in one query; yield the question's number and the row's."""
        asked = list(questions)
        layout, params = self._layout()
        answers = " UNION ALL ".join(
            f"SELECT {number} AS question, {ROW} FROM ({sql}) AS found"
            for number, (sql, _params) in enumerate(asked)
        )
        given = f"WITH given AS ({layout}) {answers}"
        with connection.cursor() as cursor:
            cursor.execute(given, [*params, *(p for _sql, ps in asked for p in ps)])
            yield from cursor.fetchall()

    @property
    def _table(self) -> str:
        return connection.ops.quote_name(self.options.db_table)

    @property
    def _key(self) -> str:
        key = connection.ops.quote_name(str(self.options.pk.column))
        return f"{key} AS {KEY}"

    @property
    def _not_of_these(self) -> str:
        """What is stored of the rows themselves is about to be written over."""
        known = f"SELECT {KEY} FROM given WHERE {KEY} IS NOT NULL"
        return f"theirs.{KEY} NOT IN ({known})"

    def _side(
        self, table: str, first: str, columns: Sequence[Any], condition: Q | None
    ) -> Sql:
        """Select the columns of those rows of a table that the condition is about."""
        parts = [self._compiled(column) for column in columns]
        shown = [
            f"{sql} AS {name}"
            for (sql, _params), name in zip(parts, _numbered(columns), strict=True)
        ]
        sql = f"SELECT {', '.join([first, *shown])} FROM {table}"
        params = tuple(p for _sql, ps in parts for p in ps)
        if condition is None:
            return sql, params
        told, more = self._compiled(condition)
        return f"{sql} WHERE {told}", (*params, *more)

    def _compiled(self, expression: Any) -> Sql:
        """Compile as the schema editor does: for one table, whose name is left out."""
        query = Query(self.model, alias_cols=False)
        compiler = query.get_compiler(connection=connection)
        if isinstance(expression, Q):
            sql, params = query.build_where(expression).as_sql(compiler, connection)
        else:
            sql, params = compiler.compile(expression.resolve_expression(query))
        return sql, tuple(params)

    def _layout(self) -> Sql:
        """Lay the rows out: arrays side by side, or lines of JSON."""
        keys = [None if row._state.adding else row.pk for row in self.rows]
        columns: list[tuple[Field, list[Any]]] = [
            (self.options.pk, keys),
            *((f, [getattr(row, f.attname) for row in self.rows]) for f in self.fields),
        ]
        prepared = [_prepared(field, values) for field, values in columns]
        names = [KEY, *(connection.ops.quote_name(str(f.column)) for f in self.fields)]
        kinds = [field for field, _values in columns]
        lay = _arrays if connection.vendor == "postgresql" else _lines
        return lay(names, kinds, prepared)


def _prepared(field: Field, values: Iterable[Any]) -> list[Any]:
    """Return values as the database takes them; the same day is written once."""
    database = connections[DEFAULT_DB_ALIAS]  # asking the proxy each time takes longer
    known: dict[Any, Any] = {None: None}
    prepared = []
    for value in values:
        if value not in known:
            known[value] = field.get_db_prep_value(value, database)
        prepared.append(known[value])
    return prepared


def _numbered(columns: Sequence[Any]) -> list[str]:
    return [f"k{number}" for number, _column in enumerate(columns)]


def _listed(columns: Sequence[Any]) -> str:
    return ", ".join(_numbered(columns))


def _arrays(
    names: Sequence[str], fields: Sequence[Field], columns: Sequence[list[Any]]
) -> Sql:
    """PostgreSQL: one array a column, of the column's own type and collation."""
    arrays, shown = [], []
    for name, field in zip(names, fields, strict=True):
        kind = field.db_parameters(connection)
        arrays.append(f"%s::{kind['type']}[]")
        collation = kind.get("collation")
        shown.append(f'{name} COLLATE "{collation}" AS {name}' if collation else name)
    sql = (
        f"SELECT {', '.join(shown)}, {ROW} FROM unnest({', '.join(arrays)})"
        f" WITH ORDINALITY AS line({', '.join(names)}, {ROW})"
    )
    return sql, tuple(columns)


def _lines(
    names: Sequence[str], fields: Sequence[Field], columns: Sequence[list[Any]]
) -> Sql:
    """SQLite: one JSON text; decimals go as texts, so that no digit is lost."""
    shown = []
    for number, (name, field) in enumerate(zip(names, fields, strict=True)):
        value = f"json_extract(value, '$[{number}]')"
        decimal = isinstance(field, DecimalField)
        shown.append(f"{f'CAST({value} AS NUMERIC)' if decimal else value} AS {name}")
    sql = f"SELECT {', '.join(shown)}, key + 1 AS {ROW} FROM json_each(%s)"
    rows = list(zip(*columns, strict=True))
    return sql, (json.dumps(rows, default=_text),)


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{value!r} cannot stand in a rule.")
