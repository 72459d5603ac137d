"""A demo database of an earlier version is refused with a message."""

import sqlite3
import sys
from contextlib import closing
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def serve_demo(monkeypatch):
    """The tool behind `make demo`."""
    monkeypatch.syspath_prepend(ROOT / "tools")
    yield import_module("serve_demo")
    sys.modules.pop("serve_demo", None)


@pytest.fixture
def database(tmp_path):
    """A file with the table in which Django notes what was applied."""
    path = tmp_path / "db.sqlite3"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE django_migrations (app TEXT, name TEXT)")
    return path


def apply(database, app, name):
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("INSERT INTO django_migrations VALUES (?, ?)", (app, name))


def test_a_database_of_an_earlier_version_is_refused_with_the_command_that_helps(
    serve_demo, database
):
    apply(database, "accounts", "0002_of_the_first_version")

    with pytest.raises(SystemExit, match="make demo-reset"):
        serve_demo.refuse_earlier_version(database)


def test_a_database_of_this_version_and_of_libraries_is_served(serve_demo, database):
    apply(database, "accounts", "0001_initial")
    apply(database, "axes", "0001_initial")

    serve_demo.refuse_earlier_version(database)

    assert serve_demo.unknown_migrations(database) == []
