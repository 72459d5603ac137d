"""What stands in the database of PostgreSQL and no version of ours has made.

A right that every role has is held by roles that nobody looked at, and a table of the
owner's may hold copies of our rows. A rule can swallow a change and row security hide
rows; a table that inherits adds its rows to ours. A function, operator or conversion
that fits better than PostgreSQL's own is taken in its place wherever a check, a trigger
or a query would call that.

Functions of triggers may be left over from older versions: nothing but a trigger can
call them, and the triggers are compared. Only a superuser makes functions in C or
anything with a number below 16384: both count as parts of PostgreSQL.
"""

from collections.abc import Iterator, Sequence

from core.db.catalogue import read_catalogue

OVER_TABLES = """
SELECT 'rule ' || r.rulename || ' of ' || c.relname
FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
WHERE c.relname = ANY(%(tables)s) AND c.relnamespace = 'public'::regnamespace
UNION ALL
SELECT 'row security of ' || c.relname FROM pg_class c
WHERE (c.relrowsecurity OR c.relforcerowsecurity)
  AND c.relname = ANY(%(tables)s) AND c.relnamespace = 'public'::regnamespace
UNION ALL
SELECT 'table ' || i.inhrelid::regclass || ', whose rows count as rows of '
       || c.relname || ','
FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhparent
WHERE c.relname = ANY(%(tables)s) AND c.relnamespace = 'public'::regnamespace
  AND c.relkind IN ('r', 'p')
UNION ALL
SELECT 'table ' || i.inhparent::regclass || ', which counts the rows of '
       || c.relname || ' as its own,'
FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
WHERE c.relname = ANY(%(tables)s) AND c.relnamespace = 'public'::regnamespace
  AND c.relkind IN ('r', 'p')
UNION ALL
SELECT 'trigger ' || t.tgname || ' of ' || c.relname
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace
  AND NOT c.relname = ANY(%(tables)s)
UNION ALL
SELECT 'table ' || c.relname FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'f', 'm')
  AND NOT c.relname = ANY(%(tables)s) AND c.relname <> 'django_migrations'
UNION ALL
SELECT 'right of every role to ' || a.privilege_type || ' on ' || c.relname
FROM pg_class c, aclexplode(c.relacl) a
WHERE c.relnamespace = 'public'::regnamespace AND a.grantee = 0
UNION ALL
SELECT 'right of every role to ' || a.privilege_type || ' on a column of ' || c.relname
FROM pg_class c JOIN pg_attribute t ON t.attrelid = c.oid, aclexplode(t.attacl) a
WHERE c.relnamespace = 'public'::regnamespace AND a.grantee = 0
"""
CALLED = """
SELECT 'function ' || p.oid::regprocedure FROM pg_proc p
JOIN pg_language l ON l.oid = p.prolang
WHERE p.oid >= 16384 AND l.lanname <> 'c'
  AND p.prorettype <> 'trigger'::regtype
UNION ALL
SELECT 'operator ' || o.oid::regoperator FROM pg_operator o
JOIN pg_proc p ON p.oid = o.oprcode JOIN pg_language l ON l.oid = p.prolang
WHERE o.oid >= 16384 AND l.lanname <> 'c'
UNION ALL
SELECT 'conversion of ' || k.castsource::regtype || ' to ' || k.casttarget::regtype
FROM pg_cast k LEFT JOIN pg_proc p ON p.oid = k.castfunc
LEFT JOIN pg_language l ON l.oid = p.prolang
WHERE k.oid >= 16384 AND l.lanname IS DISTINCT FROM 'c'
UNION ALL
SELECT 'event trigger ' || e.evtname FROM pg_event_trigger e
"""


def find_strangers(tables: Sequence[str]) -> Iterator[str]:
    """Yield what runs with our queries or adds to our rows, and is none of ours."""
    for query in (OVER_TABLES, CALLED):
        for (what,) in sorted(read_catalogue(query, {"tables": list(tables)})):
            yield f"{what} is none of this version: drop it as the owner"
