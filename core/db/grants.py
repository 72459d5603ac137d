"""What the other roles may do, where one role owns the tables (PostgreSQL).

The owner migrates; the application reads and writes rows, cannot lift the triggers, and
can neither change nor delete rows of tables that only grow. Backups read everything and
write nothing.
"""

from django.apps import apps
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from core.db.triggers import AppendOnly

ROWS = """
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role};
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {role};
GRANT USAGE ON SCHEMA public TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role};
"""
READING = """
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role};
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {role};
GRANT USAGE ON SCHEMA public TO {role};
GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role};
GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON SEQUENCES TO {role};
"""
GROWING = "REVOKE UPDATE, DELETE, TRUNCATE ON {tables} FROM {role};"
KEPT_BY_OWNER = """
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {tables} FROM {role};
REVOKE USAGE, UPDATE ON SEQUENCE {sequences} FROM {role};
"""


def growing_tables() -> list[str]:
    """Return the tables whose rows are never changed, whatever they hold."""
    return sorted(
        model._meta.db_table
        for model in apps.get_models()
        for trigger in getattr(model, "triggers", ())
        if type(trigger) is AppendOnly and not trigger.when
    )


def grant_to_application(role: str) -> None:
    """Grant a role what the application needs, and take from it what it never does."""
    quote = connection.ops.quote_name
    growing = ", ".join(map(quote, growing_tables()))
    owned = MigrationRecorder.Migration._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        sequences = connection.introspection.get_sequences(cursor, owned)
        numbering = ", ".join(quote(str(one["name"])) for one in sequences)
        kept = KEPT_BY_OWNER.replace("{tables}", quote(owned))
        statements = (
            ROWS,
            GROWING.replace("{tables}", growing),
            kept.replace("{sequences}", numbering),
        )
        for statement in statements:
            cursor.execute(statement.format(role=quote(role)))


def grant_to_backup(role: str) -> None:
    """Let a role read every table and sequence, and take everything else from it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(READING.format(role=connection.ops.quote_name(role)))
