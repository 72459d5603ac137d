"""Triggers and constraints as SQLite holds them: the text that made each.

SQLite keeps these texts word by word, so they are compared with the text that this
version would use.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.db import connection, models

Guards = dict[tuple[str, str], str]
OBJECTS = """
SELECT type, name, tbl_name, sql FROM sqlite_master
WHERE sql IS NOT NULL AND type IN ('trigger', 'index', 'table')
"""
NAMED = 'CONSTRAINT "'


def guards_in_force(_tables: Sequence[str]) -> dict[str, Guards]:
    """Return the text of each trigger, constraint and index, by table."""
    held: dict[str, Guards] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(OBJECTS)
        for kind, name, table, sql in cursor.fetchall():
            if kind == "trigger":
                held[table]["trigger", name] = sql
            elif kind == "index":
                held[table]["constraint", name] = sql
            else:
                held[table] |= {("constraint", n): s for n, s in _iter_named(sql)}
    return held


def make_guards(
    model: type[models.Model], constraints: Sequence[models.BaseConstraint]
) -> Guards:
    """Return the text of each trigger and constraint that this version makes.

    What a table cannot hold, such as a condition, is a unique index.
    """
    editor = connection.schema_editor(collect_sql=True)
    editor.deferred_sql = []
    made: Guards = {}
    for one in constraints:
        sql = one.constraint_sql(model, editor) or one.create_sql(model, editor)
        made["constraint", one.name] = str(sql)
    for trigger in getattr(model, "triggers", ()):
        for name, sql in trigger.statements(model._meta.db_table).items():
            made["trigger", name] = sql.strip()
    return made


def word_again(_model: type[models.Model], made: Guards) -> Guards:
    """Return the same: a backup keeps the texts as they are."""
    return made


def _iter_named(sql: str) -> Iterator[tuple[str, str]]:
    """Yield name and text of each constraint in the text that made a table."""
    start = sql.find(NAMED)
    while start >= 0:
        name = sql[start + len(NAMED) :].partition('"')[0]
        end = _end_of(sql, start)
        yield name, sql[start:end].strip()
        start = sql.find(NAMED, end)


def _end_of(sql: str, start: int) -> int:
    """Return where a constraint ends: at a comma or bracket outside its own."""
    depth, quote = 0, ""
    for position in range(start, len(sql)):
        letter = sql[position]
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "'\"":
            quote = letter
        elif depth == 0 and letter in ",)":
            return position
        else:
            depth += (letter == "(") - (letter == ")")
    return len(sql)
