"""Triggers and constraints as PostgreSQL words them.

It keeps what it understood, not the text. So this version's are made a second time,
over an empty temporary table of the same name and columns that is gone afterwards, and
both are worded by the same function.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from django.db import DatabaseError, connection, models, transaction

from core.db.catalogue import OUR_SCHEMA, SCHEMA
from core.db.triggers import function_body

Guards = dict[tuple[str, str], str]
TRIGGERS = """
SELECT c.relname, t.tgname, pg_catalog.pg_get_triggerdef(t.oid),
  pg_catalog.concat_ws(E'\n', p.prosrc, p.proconfig::text,
                       CASE WHEN p.prosecdef THEN 'SECURITY DEFINER' END)
FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
JOIN pg_class c ON c.oid = t.tgrelid
WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')
  AND c.relname = ANY(%(tables)s) AND c.relnamespace = {schema}
"""
CONSTRAINTS = """
SELECT c.relname, k.conname, pg_catalog.pg_get_constraintdef(k.oid)
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
WHERE k.convalidated AND c.relname = ANY(%(tables)s) AND c.relnamespace = {schema}
UNION ALL
SELECT c.relname, x.relname, pg_catalog.pg_get_indexdef(x.oid)
FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
JOIN pg_class c ON c.oid = i.indrelid
WHERE i.indisvalid AND i.indisunique AND c.relname = ANY(%(tables)s)
  AND c.relnamespace = {schema}
  AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)
"""
OF_SCHEMA = re.compile(r" ON \w+\.")  # the real one or the temporary one
TEMPORARY = "pg_my_temp_schema()"


def guards_in_force(tables: Sequence[str]) -> dict[str, Guards]:
    """Return the wording of each trigger and constraint that is enforced, by table."""
    return _read(tables, OUR_SCHEMA)


def make_guards(
    model: type[models.Model], constraints: Sequence[models.BaseConstraint]
) -> Guards:
    """Return the wording of each trigger and constraint that this version makes."""
    table = model._meta.db_table
    editor = connection.schema_editor(collect_sql=True)
    editor.deferred_sql = []
    triggers = {
        name: (statement, function_body(trigger, table))
        for trigger in getattr(model, "triggers", ())
        for name, statement in trigger.statements(table).items()
    }
    made = _make_and_read(
        table,
        [str(one.create_sql(model, editor)) for one in constraints],
        [statement for statement, _body in triggers.values()],
    )
    for name, (_statement, body) in triggers.items():
        definition = made.get(("trigger", name), "").partition("\n")[0]
        made["trigger", name] = _with_body(definition, body)
    return made


def word_again(model: type[models.Model], made: Guards) -> Guards:
    """Return the wording of what is made from the first wording, as a restore does.

    PostgreSQL puts in conversions when it reads a list of texts, and further ones when
    it reads its own wording; that last one stays.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    constraints, triggers, bodies = [], [], {}
    for (kind, name), definition in made.items():
        if kind == "trigger":
            statement, _end, bodies[name] = definition.partition("\n")
            triggers.append(statement)
        elif definition.startswith("CREATE"):
            constraints.append(definition)
        else:
            named = f"ADD CONSTRAINT {connection.ops.quote_name(name)} {definition}"
            constraints.append(f"ALTER TABLE {table} {named}")
    again = _make_and_read(model._meta.db_table, constraints, triggers)
    for name, body in bodies.items():
        definition = again.get(("trigger", name), "").partition("\n")[0]
        again["trigger", name] = _with_body(definition, body)
    return again


def _make_and_read(
    table: str, constraints: Sequence[str], triggers: Sequence[str]
) -> Guards:
    """Make what the statements say over a temporary table; return its wording."""
    if not (constraints or triggers):
        return {}
    name = connection.ops.quote_name(table)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {name} (LIKE {SCHEMA}.{name})")
        for statement in constraints:
            cursor.execute(statement)
        for statement in triggers:
            _try(statement)
        made = _read([table], TEMPORARY)[table]
        transaction.set_rollback(True)
    return made


def _try(statement: str) -> None:
    """Make a trigger, unless the function it calls was dropped."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError:
        return


def _read(tables: Sequence[str], schema: str) -> dict[str, Guards]:
    held: dict[str, Guards] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS.format(schema=schema), {"tables": list(tables)})
        for table, name, definition, body in cursor.fetchall():
            worded = OF_SCHEMA.sub(" ON ", definition, count=1)
            held[table]["trigger", name] = _with_body(worded, body)
        cursor.execute(CONSTRAINTS.format(schema=schema), {"tables": list(tables)})
        for table, name, definition in cursor.fetchall():
            held[table]["constraint", name] = OF_SCHEMA.sub(" ON ", definition, count=1)
    return held


def _with_body(definition: str, body: str) -> str:
    return f"{definition}\n{body.strip()}"
