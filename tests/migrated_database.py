"""Migrate once, and let every process of a run begin with a copy.

`make test` runs with this plugin. The first process that needs the database migrates a
template, under a lock; it and all others copy it: PostgreSQL by `CREATE DATABASE …
TEMPLATE`, SQLite as a file. The template is named by MIGRATED_DATABASE, a digest of
whatever the tables are made of, so that later runs begin with a copy too; a template of
older sources goes when a new one is made. One that was not finished has another name
and is never copied.
"""

import fcntl
import os
import shutil
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

PREFIX = "jiedao_migrated_"
UNFINISHED = "_unfinished"
LOCK = 0x6A696564  # any number that nobody else locks
SETUP = "django_db_setup"


@contextmanager
def named(database: str) -> Iterator[None]:
    """Have the connection lead to another database for a while."""
    used = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = database
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = used


def migrate(database: str) -> None:
    """Migrate an empty database, as an installation does."""
    with named(database):
        call_command("migrate", verbosity=0, interactive=False)


def create_from_template(digest: str, create: Any) -> Any:
    """Return what creates PostgreSQL's test database, as a copy of the template."""
    template = f"{PREFIX}{digest}"

    def create_copy(*arguments: Any, **options: Any) -> Any:
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            cursor.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
                " AND pg_get_userbyid(datdba) = current_user",
                [PREFIX],
            )
            known = {name for (name,) in cursor.fetchall()}
            if template not in known:
                for name in known:
                    cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
                cursor.execute(f'CREATE DATABASE "{template}{UNFINISHED}"')
                migrate(f"{template}{UNFINISHED}")
                cursor.execute(
                    f'ALTER DATABASE "{template}{UNFINISHED}" RENAME TO "{template}"'
                )
            connection.settings_dict["TEST"]["TEMPLATE"] = template
            return create(*arguments, **options)

    return create_copy


def copy_file(digest: str) -> Any:
    """Return what creates SQLite's test database, as a copy of the template."""
    folder = settings.VAR_DIR / "migrated"
    template = folder / f"{digest}.sqlite3"

    def create_copy(*_arguments: Any, **_options: Any) -> str:
        folder.mkdir(exist_ok=True)
        used = Path(connection.creation._get_test_db_name())
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not template.exists():
                for older in folder.glob("*.sqlite3*"):
                    older.unlink()
                unfinished = template.with_name(template.name + UNFINISHED)
                migrate(str(unfinished))
                unfinished.rename(template)
        for suffix in ("", "-wal", "-shm"):
            used.with_name(used.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(template, used)
        return str(used)

    return create_copy


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef,
) -> Generator[None, object, object]:
    """Have the test database copied where pytest-django would migrate it."""
    if fixturedef.argname == SETUP and not fixturedef.baseid:
        digest, creation = os.environ["MIGRATED_DATABASE"], connection.creation
        connection.settings_dict["TEST"]["MIGRATE"] = False
        if connection.vendor == "postgresql":
            create = create_from_template(digest, creation._create_test_db)
        else:
            create = copy_file(digest)
        creation._create_test_db = create
    return (yield)
