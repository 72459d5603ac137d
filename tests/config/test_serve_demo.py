"""A demo database of an earlier version is refused with a message."""

import socket
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


@pytest.mark.parametrize("content", [b"", b"no database at all" * 60])
def test_an_empty_or_broken_database_is_refused_with_the_command_that_helps(
    serve_demo, tmp_path, content
):
    path = tmp_path / "db.sqlite3"
    path.write_bytes(content)
    with pytest.raises(SystemExit, match=r"empty or broken.*make demo-reset"):
        serve_demo.refuse_earlier_version(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("host", "port", "said"),
    [
        ("nonsense.invalid", 8123, "no address of this machine"),
        ("203.0.113.5", 8123, "no address of this machine"),
        ("127.0.0.1", 99999, "no port"),
    ],
)
def test_why_nothing_can_listen_there_is_said(serve_demo, host, port, said):
    with pytest.raises(SystemExit, match=said):
        serve_demo.refuse_address(host, port, command="make demo")


def test_a_taken_port_is_called_taken(serve_demo):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(SystemExit, match=f"{port} is taken"):
            serve_demo.refuse_address("127.0.0.1", port, command="make demo")


def test_a_city_that_is_being_served_is_not_thrown_away(
    serve_demo, monkeypatch, tmp_path
):
    for name in ("VAR", "DATABASE", "UNFINISHED", "ACCOUNTS", "RUNNING"):
        monkeypatch.setattr(serve_demo, name, tmp_path / name.lower())
    monkeypatch.setattr(serve_demo, "VAR", tmp_path)
    serve_demo.DATABASE.write_text("a city")

    with serve_demo.running(), pytest.raises(SystemExit, match="demo is running"):
        serve_demo.reset()
    assert serve_demo.DATABASE.exists()

    serve_demo.reset()
    assert not serve_demo.DATABASE.exists()
