"""Triggers: rows that are never changed, and changes that are forbidden.

A model names its triggers in a class attribute; they are installed again after every
`migrate`, because SQLite drops them silently when it rebuilds a table.

`Forbidden` triggers read other tables, which would keep SQLite from rebuilding those:
they are removed before `migrate` and are back after it.

Two statements bypass triggers on UPDATE and DELETE: PostgreSQL's TRUNCATE, and SQLite's
REPLACE, which deletes the row it replaces. Each has a trigger of its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar, TypeAlias

from django.apps import AppConfig
from django.db import connection, models

from core.text import StrOrPromise

FUNCTION = """
CREATE OR REPLACE FUNCTION public.{name}() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN RAISE EXCEPTION '{name}: rows of {table} are never changed'
USING ERRCODE = 'integrity_constraint_violation'; END $body$;
"""
ON_ROWS = """
CREATE TRIGGER {name} BEFORE {events} ON {table}
FOR EACH ROW {when} EXECUTE FUNCTION public.{name}()
"""
ON_TRUNCATE = """
CREATE TRIGGER {name}_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION public.{name}()
"""
SQLITE = """
CREATE TRIGGER {name}_{event} BEFORE {event} ON {table} FOR EACH ROW {when}
BEGIN SELECT RAISE(ABORT, '{name}: rows of {table} are never changed'); END
"""
FORBID_FUNCTION = """
CREATE OR REPLACE FUNCTION public.{name}() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN {lock}IF {when} THEN RAISE EXCEPTION '{name}: {message}'
USING ERRCODE = 'integrity_constraint_violation'; END IF;
RETURN COALESCE(NEW, OLD); END $body$;
"""
LOCK = """
IF pg_catalog.current_setting('transaction_isolation') <> 'read committed'
THEN RAISE EXCEPTION '{name}: a transaction that keeps one snapshot may not write this'
USING ERRCODE = 'feature_not_supported'; END IF;
PERFORM FROM {rows} FOR NO KEY UPDATE;
"""
FORBID = """
CREATE TRIGGER {name} BEFORE {event} ON {table}
FOR EACH ROW EXECUTE FUNCTION public.{name}()
"""
FORBID_SQLITE = """
CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {when}
BEGIN SELECT RAISE(ABORT, '{name}: {message}'); END
"""
SQLITE_KEYS = """
SELECT group_concat('OLD."' || c.name || '" = NEW."' || c.name || '"', ' AND ')
FROM pragma_index_list(%s) AS i, pragma_index_info(i.name) AS c
WHERE i."unique" AND NOT i.partial GROUP BY i.name HAVING count(*) = count(c.name)
"""
SQLITE_HIT = "EXISTS (SELECT 1 FROM {table} AS OLD WHERE {same} AND ({when}))"
EVENTS = ("UPDATE", "DELETE", "INSERT")


@dataclass(frozen=True, slots=True)
class AppendOnly:
    """Rows are neither updated nor deleted, all of them or those that match `when`.

    `when` is SQL over `OLD`, the same for both databases.
    """

    name: str
    when: str = ""
    refused: ClassVar[tuple[str, ...]] = ("UPDATE", "DELETE")

    def install(self, table: str) -> None:
        """Create the trigger on the table, replacing an older one."""
        self.remove(table)
        _create(self, table)

    def function(self, table: str) -> str:
        """Return the SQL of the function that PostgreSQL's triggers call."""
        return FUNCTION.format(**self._parts(table))

    def statements(self, table: str) -> dict[str, str]:
        """Return the SQL of each trigger that the database knows, by its name."""
        parts = self._parts(table)
        if connection.vendor == "postgresql":
            by_name = {self.name: ON_ROWS, f"{self.name}_truncate": ON_TRUNCATE}
            return {name: sql.format(**parts) for name, sql in by_name.items()}
        replacing = f"WHEN {self._replacing_condition(table)}"
        changing = dict.fromkeys(self.refused, parts["when"])
        return {
            f"{self.name}_{event}": SQLITE.format(
                name=self.name, table=table, event=event, when=when
            )
            for event, when in {**changing, "INSERT": replacing}.items()
        }

    def _parts(self, table: str) -> dict[str, str]:
        return {
            "name": self.name,
            "table": table,
            "events": " OR ".join(self.refused),
            "when": f"WHEN ({self.when})" if self.when else "",
        }

    def _replacing_condition(self, table: str) -> str:
        """Return the condition under which a new row would replace a frozen one."""
        with connection.cursor() as cursor:
            key = connection.introspection.get_primary_key_column(cursor, table)
            cursor.execute(SQLITE_KEYS, [table])
            keys = {f'OLD."{key}" = NEW."{key}"', *(same for (same,) in cursor)}
        return " OR ".join(
            SQLITE_HIT.format(table=table, same=same, when=self.when or "TRUE")
            for same in sorted(keys)
        )

    def remove(self, table: str) -> None:
        """Drop the trigger from the table."""
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                for name in (self.name, f"{self.name}_truncate"):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
                return
            for event in EVENTS:
                cursor.execute(f"DROP TRIGGER IF EXISTS {self.name}_{event}")


@dataclass(frozen=True, slots=True)
class Undeletable(AppendOnly):
    """Rows change but are never deleted: people and promises end and stay on record."""

    refused: ClassVar[tuple[str, ...]] = ("DELETE",)


@dataclass(frozen=True, slots=True)
class Forbidden:
    """An INSERT, UPDATE or DELETE that the database refuses.

    `when` is SQL over `NEW` or `OLD`, the same for both databases; it may query. Where
    the name begins with a constraint's, users read that constraint's message.

    A query does not see what another transaction has not committed yet. `locked_rows`
    names, as `table WHERE condition`, the rows that PostgreSQL locks first, so that two
    transactions whose rows do not go together come one after the other. A transaction
    that keeps one snapshot would not see, after it waited, what the other one wrote: it
    is refused. `told` is what users read where no constraint has the name.
    """

    name: str
    event: str
    when: str
    message: str
    locked_rows: str = ""
    told: StrOrPromise = ""

    def install(self, table: str) -> None:
        """Create the trigger on the table, replacing an older one."""
        self.remove(table)
        _create(self, table)

    def function(self, table: str) -> str:
        """Return the SQL of the function that PostgreSQL's trigger calls."""
        return FORBID_FUNCTION.format(**self._parts(table))

    def statements(self, table: str) -> dict[str, str]:
        """Return the SQL of the trigger, by its name."""
        sql = FORBID if connection.vendor == "postgresql" else FORBID_SQLITE
        return {self.name: sql.format(**self._parts(table))}

    def _parts(self, table: str) -> dict[str, str]:
        return {
            "name": self.name,
            "event": self.event,
            "table": table,
            "when": f"({self.when})",
            "lock": LOCK.format(name=self.name, rows=self.locked_rows)
            if self.locked_rows
            else "",
            "message": self.message,
        }

    def remove(self, table: str) -> None:
        """Drop the trigger from the table."""
        on = f" ON {table}" if connection.vendor == "postgresql" else ""
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER IF EXISTS {self.name}{on}")


def frozen_columns(name: str, *columns: str, when: str) -> Forbidden:
    """Forbid changes of some columns of the rows that match `when`, SQL over `OLD`."""
    changed = " OR ".join(
        f"(OLD.{c} = NEW.{c}) IS NOT TRUE AND NOT (OLD.{c} IS NULL AND NEW.{c} IS NULL)"
        for c in columns
    )
    return Forbidden(
        name, "UPDATE", f"({when}) AND ({changed})", "these columns are never changed"
    )


Trigger: TypeAlias = AppendOnly | Forbidden


def _create(trigger: Trigger, table: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(trigger.function(table))
        for statement in trigger.statements(table).values():
            cursor.execute(statement.strip())


def function_body(trigger: Trigger, table: str) -> str:
    """Return what the function of PostgreSQL's triggers does."""
    return trigger.function(table).split("$body$")[1].strip()


def iter_triggers(config: AppConfig) -> Iterator[tuple[str, Trigger]]:
    """Yield every trigger that the models of an app name, with its table."""
    for model in config.get_models():
        for trigger in getattr(model, "triggers", ()):
            yield model._meta.db_table, trigger


def install_triggers(sender: AppConfig, **_kwargs: Any) -> None:
    """Install the triggers of an app; called after its tables have been migrated."""
    tables = set(connection.introspection.table_names())
    for table, trigger in iter_triggers(sender):
        if table in tables:
            trigger.install(table)


def remove_forbidden(sender: AppConfig, **_kwargs: Any) -> None:
    """Remove the triggers that read other tables; called before tables are migrated."""
    pairs = [(t, one) for t, one in iter_triggers(sender) if isinstance(one, Forbidden)]
    tables = set(connection.introspection.table_names()) if pairs else set()
    for table, trigger in pairs:
        if table in tables:
            trigger.remove(table)


@contextmanager
def suspend_triggers(*model_classes: type[models.Model]) -> Iterator[None]:
    """Remove some tables' triggers for a data migration or a test's clean-up."""
    pairs = [
        (model._meta.db_table, trigger)
        for model in model_classes
        for trigger in getattr(model, "triggers", ())
    ]
    for table, trigger in pairs:
        trigger.remove(table)
    try:
        yield
    finally:
        for table, trigger in pairs:
            trigger.install(table)
