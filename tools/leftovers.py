"""Databases and roles of test runs that were killed: the next run drops them.

`make test` names its databases after its process. One whose process is gone belongs to
nobody; one that somebody is connected to is left alone, whoever that is.
"""

import os
import re
from contextlib import closing
from pathlib import Path

import psycopg2
from psycopg2 import errors, sql

RUN = r"jiedao_(\d+)(?:_gw\d+)?"
DATABASE = re.compile(rf"(?:(?:\w+_)?test_)?{RUN}")
ROLE = re.compile(rf"(?:owner|app|backup)_test_{RUN}")
KEPT = (
    errors.ObjectInUse,
    errors.DependentObjectsStillExist,
    errors.InsufficientPrivilege,
)
NAMES = {
    "DATABASE": (DATABASE, "SELECT datname FROM pg_database"),
    "ROLE": (ROLE, "SELECT rolname FROM pg_roles"),
}


def is_gone(process: int) -> bool:
    """Whether no process of this machine has the number."""
    return process != os.getpid() and not Path(f"/proc/{process}").exists()


def drop_leftovers(address: str) -> list[str]:
    """Drop what killed runs left on the server of this machine; return the names."""
    dropped = []
    with closing(psycopg2.connect(address)) as link, link.cursor() as cursor:
        link.autocommit = True
        for kind, (shape, listed) in NAMES.items():
            cursor.execute(f"{listed} ORDER BY 1")
            for (name,) in cursor.fetchall():
                found = shape.fullmatch(name)
                if not found or not is_gone(int(found[1])):
                    continue
                statement = sql.SQL(f"DROP {kind} {{}}").format(sql.Identifier(name))
                try:
                    cursor.execute(statement)
                except KEPT:
                    continue
                dropped.append(name)
    return dropped
