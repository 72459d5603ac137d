"""Whether each role may do what it needs, and nothing more (PostgreSQL).

The owner of the tables can lift their triggers, so the application connects as another
role, and backups as a third that only reads. SQLite has no roles.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from core.db.catalogue import read_catalogue
from core.db.triggers import AppendOnly

CHANGING = frozenset({"UPDATE", "DELETE"})
ROWS = CHANGING | {"SELECT", "INSERT"}
HELD = """
SELECT c.relname, pg_has_role(c.relowner, 'MEMBER'),
       array(SELECT p FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE',
             'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS p
             WHERE has_table_privilege(c.oid, p)),
       array(SELECT p FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'REFERENCES'])
             AS p WHERE has_any_column_privilege(c.oid, p)),
       array(SELECT DISTINCT p FROM unnest(ARRAY['SELECT', 'USAGE', 'UPDATE']) AS p,
             pg_depend d JOIN pg_class s ON s.oid = d.objid
             WHERE d.refobjid = c.oid AND d.deptype IN ('a', 'i')
             AND CASE s.relkind WHEN 'S' THEN has_sequence_privilege(s.oid, p) END),
       EXISTS (SELECT 1 FROM pg_depend d JOIN pg_class s ON s.oid = d.objid
               WHERE s.relkind = 'S' AND d.refobjid = c.oid AND d.deptype IN ('a', 'i'))
FROM pg_class c WHERE c.relkind IN ('r', 'p')
  AND c.relnamespace = 'public'::regnamespace AND c.relname = ANY(%s)
"""
MAY_CREATE = """
SELECT has_schema_privilege('public'::regnamespace, 'CREATE')
       OR has_database_privilege(current_database(), 'CREATE')
"""
MORE = """
SELECT 'CREATEROLE' FROM pg_roles WHERE rolname = current_user AND rolcreaterole
UNION ALL
SELECT 'CREATEDB' FROM pg_roles WHERE rolname = current_user AND rolcreatedb
UNION ALL
SELECT 'REPLICATION' FROM pg_roles WHERE rolname = current_user AND rolreplication
UNION ALL
SELECT 'BYPASSRLS' FROM pg_roles WHERE rolname = current_user AND rolbypassrls
UNION ALL
SELECT r.rolname FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid
JOIN pg_roles u ON u.oid = m.member WHERE u.rolname = current_user
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
  AND c.relnamespace = 'public'::regnamespace
"""
BACKUP_ROLE = """
SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls
       OR has_schema_privilege(oid, 'public'::regnamespace, 'CREATE')
       OR has_database_privilege(oid, current_database(), 'CREATE')
       OR EXISTS (SELECT 1 FROM pg_auth_members m WHERE m.member = pg_roles.oid)
FROM pg_roles WHERE rolname = %s
"""


@dataclass(frozen=True, slots=True)
class Held:
    """What the role that is connected may do with one table and its sequence."""

    table: str
    is_owner: bool
    on_table: list[str]
    on_columns: list[str]
    on_sequence: list[str]
    has_sequence: bool

    def lacks(self, needed: frozenset[str]) -> bool:
        """Whether something is missing that the application needs on the table."""
        of_sequence = self._of_sequence(needed) - {*self.on_sequence}
        return bool(needed - {*self.on_table} or (self.has_sequence and of_sequence))

    def exceeds(self, needed: frozenset[str]) -> bool:
        """Whether the role may do what the application never does to the table."""
        held = {*self.on_table, *self.on_columns}
        return bool(held - needed or {*self.on_sequence} - self._of_sequence(needed))

    @staticmethod
    def _of_sequence(needed: frozenset[str]) -> set[str]:
        """Return what goes with it; `verify` compares sequences with their rows."""
        return {"SELECT", "USAGE"} if "INSERT" in needed else {"SELECT"}


def needed_privileges() -> dict[str, frozenset[str]]:
    """Return what the application needs on each table; of growing tables no changes."""
    needed = {MigrationRecorder.Migration._meta.db_table: frozenset({"SELECT"})}
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
    held = [Held(*row) for row in read_catalogue(HELD, [sorted(needed)])]
    if lacking := {one.table for one in held if one.lacks(needed[one.table])}:
        yield _(
            "The role of the database may not read or write: %(tables)s. Grant it what"
            " it needs, as the guide on going to production says."
        ) % {"tables": _join(lacking)}
    if any(one.is_owner for one in held):
        yield _(
            "The role of the database owns the tables and could lift what protects"
            " them. Connect as another role, as the guide on going to production says."
        )
    else:
        too_many = {one.table for one in held if one.exceeds(needed[one.table])}
        yield from _find_beyond_rows(too_many)


def find_more_privileges() -> Iterator[str]:
    """Yield what the role may do beyond its rows, of any role but the owner's own."""
    if connection.vendor != "postgresql":
        return
    needed = needed_privileges()
    held = [Held(*row) for row in read_catalogue(HELD, [sorted(needed)])]
    if not any(one.is_owner for one in held):
        too_many = {one.table for one in held if one.exceeds(needed[one.table])}
        yield from _find_beyond_rows(too_many)


def _find_beyond_rows(too_many: set[str]) -> Iterator[str]:
    """Yield what a role that does not own the tables has beyond the rows it needs."""
    if too_many:
        yield _(
            "The role of the database may do more than it needs with these tables:"
            " %(tables)s. Revoke that, as the guide on going to production says."
        ) % {"tables": _join(too_many)}
    if read_catalogue(MAY_CREATE) == [(True,)]:
        yield _(
            "The role of the database may create tables and functions of its own."
            " Revoke CREATE on the schema and on the database, as the guide on going to"
            " production says."
        )
    if more := {what for (what,) in read_catalogue(MORE)}:
        yield _(
            "The role of the database belongs to other roles or may do more than sign"
            " in: %(what)s. Revoke that, as the guide on going to production says."
        ) % {"what": _join(more)}


def find_wrong_backup_privileges(role: str) -> Iterator[str]:
    """Yield a sentence for each kind of right that the backups' role lacks or has."""
    if connection.vendor != "postgresql":
        return
    known = read_catalogue(BACKUP_ROLE, [role])
    rows = read_catalogue(BACKUP_HELD, [role])
    if not known:
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
    if written or known != [(False,)]:
        yield _(
            "The role of the backups may do more than read: %(what)s. Revoke that, as"
            " the guide on going to production says."
        ) % {"what": _join(written) or role}


def _join(tables: set[str]) -> str:
    shown = sorted(tables)
    return "、".join(shown[:10]) + (f" … ({len(shown)})" if len(shown) > 10 else "")
