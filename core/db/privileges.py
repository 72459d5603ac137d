"""Whether each role may do what it needs, and nothing more (PostgreSQL).

The owner of the tables can lift their triggers, so the application connects as another
role, and backups as a third that only reads. SQLite has no roles.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection
from django.utils.translation import gettext as _

from core.db.triggers import AppendOnly

CHANGING = frozenset({"UPDATE", "DELETE"})
ROWS = CHANGING | {"SELECT", "INSERT"}
HELD = """
SELECT c.relname, pg_has_role(c.relowner, 'MEMBER'),
       array(SELECT p FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE',
             'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS p
             WHERE has_table_privilege(c.oid, p)
             OR (p IN ('UPDATE', 'REFERENCES') AND has_any_column_privilege(c.oid, p))),
       (SELECT bool_and(has_sequence_privilege(d.objid, 'USAGE'))
        FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
        WHERE d.refobjid = c.oid AND d.deptype IN ('a', 'i'))
FROM pg_class c WHERE c.relkind IN ('r', 'p')
  AND c.relnamespace = current_schema()::regnamespace AND c.relname = ANY(%s)
"""
MAY_CREATE = """
SELECT pg_catalog.has_schema_privilege(pg_catalog.current_schema()::text, 'CREATE')
       OR pg_catalog.has_database_privilege(
          pg_catalog.current_database()::text, 'CREATE')
"""
BACKUP_HELD = """
SELECT c.relname,
       CASE c.relkind WHEN 'S' THEN has_sequence_privilege(r.oid, c.oid, 'SELECT')
       ELSE has_table_privilege(r.oid, c.oid, 'SELECT') END,
       CASE c.relkind
         WHEN 'S' THEN has_sequence_privilege(r.oid, c.oid, 'USAGE, UPDATE')
       ELSE has_table_privilege(r.oid, c.oid,
            'INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
         OR has_any_column_privilege(r.oid, c.oid, 'INSERT, UPDATE, REFERENCES') END
FROM pg_class c, pg_roles r
WHERE r.rolname = %s AND c.relkind IN ('r', 'p', 'S')
  AND c.relnamespace = current_schema()::regnamespace
"""
BACKUP_ROLE = """
SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls
       OR has_schema_privilege(oid, current_schema(), 'CREATE')
       OR has_database_privilege(oid, current_database(), 'CREATE')
       OR EXISTS (SELECT 1 FROM pg_auth_members m WHERE m.member = pg_roles.oid)
FROM pg_roles WHERE rolname = %s
"""


def needed_privileges() -> dict[str, frozenset[str]]:
    """Return what the application needs on each table; of growing tables no changes."""
    needed = {}
    for model in apps.get_models(include_auto_created=True):
        triggers = getattr(model, "triggers", ())
        grows = any(type(t) is AppendOnly and not t.when for t in triggers)
        if model._meta.managed:
            needed[model._meta.db_table] = ROWS - CHANGING if grows else ROWS
    return needed


def find_wrong_privileges() -> Iterator[str]:
    """Yield a sentence for each kind of privilege that is missing or too many."""
    if connection.vendor != "postgresql":
        return
    needed = needed_privileges()
    with connection.cursor() as cursor:
        cursor.execute(HELD, [sorted(needed)])
        rows = cursor.fetchall()
        cursor.execute(MAY_CREATE)
        (may_create,) = cursor.fetchone()
    lacking = {t for t, _o, held, seq in rows if needed[t] - {*held} or seq is False}
    too_many = {t for t, _o, held, _s in rows if {*held} - needed[t]}
    owned = {t for t, is_owner, _h, _s in rows if is_owner}
    if lacking:
        yield _(
            "The role of the database may not read or write: %(tables)s. Grant it what"
            " it needs, as the guide on going to production says."
        ) % {"tables": _join(lacking)}
    if owned:
        yield _(
            "The role of the database owns the tables and could lift what protects"
            " them. Connect as another role, as the guide on going to production says."
        )
    elif too_many:
        yield _(
            "The role of the database may do more than it needs with these tables:"
            " %(tables)s. Revoke that, as the guide on going to production says."
        ) % {"tables": _join(too_many)}
    if may_create and not owned:
        yield _(
            "The role of the database may create tables and functions of its own."
            " Revoke CREATE on the schema and on the database, as the guide on going to"
            " production says."
        )


def find_wrong_backup_privileges(role: str) -> Iterator[str]:
    """Yield a sentence for each kind of right that the backups' role lacks or has."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(BACKUP_ROLE, [role])
        known = cursor.fetchone()
        cursor.execute(BACKUP_HELD, [role])
        rows = cursor.fetchall()
    if known is None:
        yield _(
            "The role of the backups, %(role)s, does not exist: no backup is made."
            " Create it, as the guide on going to production says."
        ) % {"role": role}
        return
    if unread := {name for name, may_read, _may_write in rows if not may_read}:
        yield _(
            "The role of the backups may not read: %(tables)s. Backups fail: run"
            " `grant_access` as the owner, as the guide on going to production says."
        ) % {"tables": _join(unread)}
    written = {name for name, _may_read, may_write in rows if may_write}
    if written or known[0]:
        yield _(
            "The role of the backups may do more than read: %(what)s. Revoke that, as"
            " the guide on going to production says."
        ) % {"what": _join(written) or role}


def _join(tables: set[str]) -> str:
    shown = sorted(tables)
    return "、".join(shown[:10]) + (f" … ({len(shown)})" if len(shown) > 10 else "")
