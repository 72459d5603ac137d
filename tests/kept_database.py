"""A SQLite database for the inner loop: built from the models, copied for each run.

`make test-fast` runs with this plugin and without migrations. The tables come from the
models as they stand; triggers and reference rows come with them, because both are laid
on `post_migrate`. The first run keeps what was built under the name in KEPT_DATABASE,
which changes with whatever the database is made of; later runs begin with a copy, so
that nothing a broken run left behind is ever met again.
"""

import os
import shutil
import sqlite3
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

SETUP = "django_db_setup"


def pytest_configure(config: pytest.Config) -> None:
    """Build from the models, and leave alone what stands already."""
    config.option.nomigrations = True
    config.option.reuse_db = True


def remove(database: Path) -> None:
    """Delete the file and what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)


def keep(used: Path, kept: Path) -> None:
    """Copy a database that no test has touched, and drop those of older models.

    Several processes may do so at once: each copies apart, and the last name stays.
    """
    kept.parent.mkdir(parents=True, exist_ok=True)
    for older in kept.parent.glob("*.sqlite3"):
        if older != kept:
            older.unlink(missing_ok=True)
    unfinished = kept.with_suffix(f".{os.getpid()}")
    with (
        closing(sqlite3.connect(used)) as source,
        closing(sqlite3.connect(unfinished)) as target,
    ):
        source.backup(target)
    unfinished.rename(kept)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef, request: pytest.FixtureRequest
) -> Generator[None, object, object]:
    """Put the copy where the run looks for its database; keep it when it is new."""
    if fixturedef.argname != SETUP or fixturedef.baseid:
        return (yield)  # ours stands on pytest-django's and makes nothing
    kept = Path(os.environ["KEPT_DATABASE"])
    used = Path(connection.creation._get_test_db_name())
    assert used.is_relative_to(settings.VAR_DIR)
    remove(used)
    found = kept.exists()
    if found:
        shutil.copyfile(kept, used)
    done = yield
    if not found:
        keep(used, kept)
    return done
