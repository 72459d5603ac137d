"""Check unsaved rows against their constraints in one query.

Conditions are compiled as for the table's own constraint, so the database itself says
what it would refuse. The rows are passed as a table `given` with one line a row: the
columns that the constraints use, the row's number from one on, and its key if the row
is stored already.
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
    """Return the names of the fields that a condition or an expression uses."""
    if isinstance(expression, Q):
        return set(expression.referenced_base_fields)
    if isinstance(expression, F):
        return {_name(expression)}
    return {_name(part) for part in expression.flatten() if isinstance(part, F)}


def _name(reference: F) -> str:
    return str(reference.name)  # type: ignore[attr-defined] # the stubs leave it out


class UnsavedRowsQuery:
    """One query over rows of a model that are about to be written.

    It is compiled once, by `ask`, and run for any rows of the model.
    """

    def __init__(self, model: type[models.Model], names: Iterable[str]) -> None:
        self.model = model
        self.options = model._meta
        wanted_names = {
            self.options.pk.name if name == "pk" else name for name in names
        }
        self.fields = [
            f for f in self.options.concrete_fields if f.name in wanted_names
        ]

    def find_failing(self, condition: Any) -> Sql:
        """Return SQL for the rows whose condition is false; NULL is not false."""
        sql, params = self._compile(condition)
        return f"SELECT {ROW} FROM given WHERE ({sql}) IS FALSE", params

    def find_clashing(self, keys: Sequence[Any], condition: Q | None) -> Sql:
        """Return SQL for the rows whose keys a stored or an earlier given row has."""
        known = [f"{name} IS NOT NULL" for name in _aliases(keys)]
        same = [f"theirs.{name} = ours.{name}" for name in _aliases(keys)]
        ours = self._select("given", ROW, keys, condition)
        theirs = self._select(self._table, self._key, keys, condition)
        nth = f"ROW_NUMBER() OVER (PARTITION BY {_join_aliases(keys)} ORDER BY {ROW})"
        numbered = f"SELECT {ROW}, {nth} AS nth FROM ({ours[0]}) AS ours"
        sql = (
            f"SELECT ours.{ROW} FROM ({ours[0]}) AS ours"
            f" JOIN ({theirs[0]}) AS theirs ON {' AND '.join(same)}"
            f" WHERE {self._not_of_these}"
            f" UNION ALL SELECT {ROW} FROM ({numbered} WHERE {' AND '.join(known)})"
            " AS numbered WHERE nth > 1"
        )
        return sql, (*ours[1], *theirs[1], *ours[1])

    def find_overlapping(
        self,
        keys: Sequence[Any],
        condition: Q | None,
        differing: Sequence[Any] = (),
    ) -> Sql:
        """Return SQL for the versions that share a day with a stored or an earlier one.

        Keys are equal in both, `differing` ones are not. A version that ends on the day
        it begins, or before, contains no day.
        """
        holds_days = Q(ends_on=None) | Q(ends_on__gt=F("starts_on"))
        condition = holds_days if condition is None else holds_days & condition
        columns = [*keys, *differing, F("starts_on"), F("ends_on")]
        *points, start, end = _aliases(columns)
        unlike = points[len(keys) :]
        shared = " AND ".join(
            [
                *(f"theirs.{name} = ours.{name}" for name in points[: len(keys)]),
                *(f"theirs.{name} <> ours.{name}" for name in unlike),
                f"(ours.{end} IS NULL OR theirs.{start} < ours.{end})",
                f"(theirs.{end} IS NULL OR theirs.{end} > ours.{start})",
            ]
        )
        ours = self._select("given", ROW, columns, condition)
        theirs = self._select(self._table, self._key, columns, condition)
        sql = (
            f"SELECT ours.{ROW} FROM ({ours[0]}) AS ours"
            f" JOIN ({theirs[0]}) AS theirs ON {shared} WHERE {self._not_of_these}"
            f" UNION ALL SELECT ours.{ROW} FROM ({ours[0]}) AS ours"
            f" JOIN ({ours[0]}) AS theirs ON {shared}"
            f" WHERE theirs.{ROW} < ours.{ROW}"
        )
        return sql, (*ours[1], *theirs[1], *ours[1], *ours[1])

    def ask(self, questions: Iterable[Sql]) -> None:
        """Join questions to one; each is known by its number from zero on."""
        asked = list(questions)
        self._question = " UNION ALL ".join(
            f"SELECT {number} AS question, {ROW} FROM ({sql}) AS found"
            for number, (sql, _params) in enumerate(asked)
        )
        self._params = [param for _sql, params in asked for param in params]

    def run(self, rows: Sequence[models.Model]) -> Iterator[tuple[int, int]]:
        """Ask about the rows; yield the question's number and the row's."""
        layout, params = self._build_given(rows)
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH given AS ({layout}) {self._question}", [*params, *self._params]
            )
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
        """The condition that leaves out the stored versions of the given rows."""
        known = f"SELECT {KEY} FROM given WHERE {KEY} IS NOT NULL"
        return f"theirs.{KEY} NOT IN ({known})"

    def _select(
        self, table: str, first: str, columns: Sequence[Any], condition: Q | None
    ) -> Sql:
        """Select the columns of those rows of a table that meet the condition."""
        parts = [self._compile(column) for column in columns]
        selected = [
            f"{sql} AS {name}"
            for (sql, _params), name in zip(parts, _aliases(columns), strict=True)
        ]
        sql = f"SELECT {', '.join([first, *selected])} FROM {table}"
        params = tuple(p for _sql, ps in parts for p in ps)
        if condition is None:
            return sql, params
        where, more = self._compile(condition)
        return f"{sql} WHERE {where}", (*params, *more)

    def _compile(self, expression: Any) -> Sql:
        """Compile as the schema editor does: for one table, without its name."""
        query = Query(self.model, alias_cols=False)
        compiler = query.get_compiler(connection=connection)
        if isinstance(expression, Q):
            sql, params = query.build_where(expression).as_sql(compiler, connection)
        else:
            sql, params = compiler.compile(expression.resolve_expression(query))
        return sql, tuple(params)

    def _build_given(self, rows: Sequence[models.Model]) -> Sql:
        """Return the rows as SQL: arrays on PostgreSQL, lines of JSON on SQLite."""
        keys = [None if row._state.adding else row.pk for row in rows]
        columns: list[tuple[Field, list[Any]]] = [
            (self.options.pk, keys),
            *((f, [getattr(row, f.attname) for row in rows]) for f in self.fields),
        ]
        prepared = [_prepare_values(field, values) for field, values in columns]
        names = [KEY, *(connection.ops.quote_name(str(f.column)) for f in self.fields)]
        kinds = [field for field, _values in columns]
        build = (
            _build_from_arrays
            if connection.vendor == "postgresql"
            else _build_from_json
        )
        return build(names, kinds, prepared)


def _prepare_values(field: Field, values: Iterable[Any]) -> list[Any]:
    """Return values as the database takes them; equal ones are converted once."""
    database = connections[DEFAULT_DB_ALIAS]  # asking the proxy each time takes longer
    known: dict[Any, Any] = {None: None}
    prepared = []
    for value in values:
        if value not in known:
            known[value] = field.get_db_prep_value(value, database)
        prepared.append(known[value])
    return prepared


def _aliases(columns: Sequence[Any]) -> list[str]:
    return [f"k{number}" for number, _column in enumerate(columns)]


def _join_aliases(columns: Sequence[Any]) -> str:
    return ", ".join(_aliases(columns))


def _build_from_arrays(
    names: Sequence[str], fields: Sequence[Field], columns: Sequence[list[Any]]
) -> Sql:
    """Return SQL for PostgreSQL: one array a column, with its type and collation."""
    arrays, selected = [], []
    for name, field in zip(names, fields, strict=True):
        kind = field.db_parameters(connection)
        arrays.append(f"%s::{kind['type']}[]")
        collation = kind.get("collation")
        selected.append(
            f'{name} COLLATE "{collation}" AS {name}' if collation else name
        )
    sql = (
        f"SELECT {', '.join(selected)}, {ROW} FROM unnest({', '.join(arrays)})"
        f" WITH ORDINALITY AS line({', '.join(names)}, {ROW})"
    )
    return sql, tuple(columns)


def _build_from_json(
    names: Sequence[str], fields: Sequence[Field], columns: Sequence[list[Any]]
) -> Sql:
    """Return SQL for SQLite: one JSON text; decimals are texts to keep all digits."""
    selected = []
    for number, (name, field) in enumerate(zip(names, fields, strict=True)):
        value = f"json_extract(value, '$[{number}]')"
        decimal = isinstance(field, DecimalField)
        selected.append(
            f"{f'CAST({value} AS NUMERIC)' if decimal else value} AS {name}"
        )
    sql = f"SELECT {', '.join(selected)}, key + 1 AS {ROW} FROM json_each(%s)"
    rows = list(zip(*columns, strict=True))
    return sql, (json.dumps(rows, default=_text),)


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{value!r} cannot be used in a constraint.")
