"""Settings of the server, the database and its roles on which the promises rest.

Who owns the database can set them for every connection that is opened from then on.
"""

from collections.abc import Iterator

from django.db import connection

from core.db.catalogue import read_catalogue

OURS = {
    "fsync": {"on"},
    "full_page_writes": {"on"},
    "synchronous_commit": {"on", "local", "remote_write", "remote_apply"},
    "session_replication_role": {"origin"},  # others fire no triggers
    "search_path": {"public", '"$user", public'},
    "row_security": {"on"},
    "transform_null_equals": {"off"},
    "standard_conforming_strings": {"on"},
    "default_transaction_read_only": {"off"},
    "default_transaction_isolation": {"read committed"},
    "ignore_checksum_failure": {"off"},
    "zero_damaged_pages": {"off"},
    "session_preload_libraries": {""},
    "local_preload_libraries": {""},
}
OF_SERVER = """
SELECT name, setting, 'the server' FROM pg_settings WHERE name = ANY(%(names)s)
  AND source NOT IN ('client', 'session', 'database', 'user', 'database user')
"""
OF_DATABASE = """
SELECT pg_catalog.split_part(one, '=', 1),
       pg_catalog.substr(one, pg_catalog.strpos(one, '=') + 1),
       pg_catalog.concat_ws(' in ', 'role ' || r.rolname, 'database ' || d.datname)
FROM pg_db_role_setting s CROSS JOIN LATERAL unnest(s.setconfig) AS one
LEFT JOIN pg_database d ON d.oid = s.setdatabase
LEFT JOIN pg_roles r ON r.oid = s.setrole
WHERE (s.setdatabase = 0 OR d.datname = current_database())
  AND (s.setrole = 0 OR r.rolname IN (current_user, session_user) OR s.setrole IN (
       SELECT c.relowner FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace))
"""


def find_wrong_settings() -> Iterator[str]:
    """Yield settings under which writes get lost or what protects them is lifted."""
    if connection.vendor != "postgresql":
        return
    rows = read_catalogue(OF_SERVER, {"names": list(OURS)})
    rows += read_catalogue(OF_DATABASE)
    for name, value, where in sorted(rows):
        if value not in OURS.get(name, {value}):
            yield (
                f"{name} is {value} for {where or 'every database'}: reset it there as"
                " its administrator"
            )
