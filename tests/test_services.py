"""The tools start what the tests need where a machine has no servers of its own."""

import os
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from config.environment import read
from tests.config.installations import server

FOLDER = "/srv/jiedao-pg-a1"
TOOLS = Path(__file__).parent.parent / "tools"


def test_the_settings_take_the_address_of_a_temporary_server(monkeypatch):
    monkeypatch.syspath_prepend(str(TOOLS))
    from socket_address import address_at_socket  # noqa: PLC0415 -- tools are no package

    address = address_at_socket(FOLDER, "jiedao_7")
    monkeypatch.setenv("DATABASE_URL", address)

    database = read("DATABASE_URL")

    assert (database["HOST"], database["USER"], database["NAME"]) == (
        FOLDER,
        "postgres",
        "jiedao_7",
    )


GONE = 2**22 + 1  # no process has a number as high


def server_address():
    """Return the address of the test's own server."""
    with closing(server()) as link:
        return link.dsn


@pytest.mark.postgres
@pytest.mark.django_db
def test_a_run_drops_what_a_killed_one_left_and_nothing_else(monkeypatch):
    monkeypatch.syspath_prepend(str(TOOLS))
    from leftovers import drop_leftovers  # noqa: PLC0415 -- tools are no package

    left = [
        f"test_jiedao_{GONE}_gw1",
        f"restored_test_jiedao_{GONE}",
        f"owner_test_jiedao_{GONE}_gw1",
    ]
    kept = [f"test_jiedao_{os.getpid()}_gw9", f"jiedao_office_{GONE}"]
    used = f"test_jiedao_{GONE + 1}"
    with closing(server()) as link, link.cursor() as cursor:
        for name in (*left[:2], *kept, used):
            cursor.execute(f'CREATE DATABASE "{name}"')
        cursor.execute(f'CREATE ROLE "{left[2]}"')
        try:
            address = server_address()
            parts = psycopg2.extensions.parse_dsn(address) | {"dbname": used}
            with closing(psycopg2.connect(**parts)):
                dropped = drop_leftovers(address)
        finally:
            for name in (*left[:2], *kept, used):
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
            cursor.execute(f'DROP ROLE IF EXISTS "{left[2]}"')

    assert {*left} <= {*dropped}
    assert not {*kept, used} & {*dropped}
