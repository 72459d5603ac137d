"""`make test` migrates once, and again when anything the tables are made of changed."""

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.migrated_database import PREFIX

ROOT = Path(__file__).resolve().parent.parent
DIGEST = f"drill{os.getpid()}"
TESTS = "tests/finance/test_rules.py"


@pytest.mark.parametrize(
    "source",
    [
        "members/models/member.py",
        "accounts/migrations/0001_initial.py",
        "core/db/triggers.py",
        "figures/actions.py",
        "organizations/data/education.csv",
        "config/settings/test.py",
    ],
)
def test_the_name_of_a_database_covers_whatever_it_is_made_of(source, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    tool = importlib.import_module("database_digest")

    assert ROOT / source in {*tool.makers()}


def templates():
    """The templates that stand, each with what tells it from one made anew."""
    if connection.vendor == "sqlite":
        files = (settings.VAR_DIR / "migrated").glob("*.sqlite3")
        return {file.stem: file.stat().st_mtime_ns for file in files}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT datname, oid FROM pg_database WHERE starts_with(datname, %s)",
            [PREFIX],
        )
        return {name.removeprefix(PREFIX): oid for name, oid in cursor.fetchall()}


def run_in_two_processes():
    """Run some tests that need triggers and reference rows, on a copy each."""
    env = {**os.environ, "MIGRATED_DATABASE": DIGEST}
    if url := env.get("DATABASE_URL"):
        env["DATABASE_URL"] = f"{url}_copied"
    call = [sys.executable, "-m", "pytest", "-q", "-n", "2"]
    call += ["-p", "tests.migrated_database", TESTS]
    run = subprocess.run(call, cwd=ROOT, env=env, check=False)  # noqa: S603 -- pytest
    return run.returncode


@pytest.mark.drill
def test_two_processes_migrate_once_and_the_next_run_copies_what_they_made(db):
    assert run_in_two_processes() == 0
    made = templates()
    assert [*made] == [DIGEST]

    assert run_in_two_processes() == 0
    assert templates() == made
