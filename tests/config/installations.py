"""Installations of a test's own: databases, roles and folders, used by processes."""

import base64
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg2
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).parents[2]
PASSWORD = "only-for-tests"


def own(what):
    """Return a name on the server that no other run and no other worker uses."""
    return f"{what}_{Path(str(connection.settings_dict['NAME'])).stem}"[:63]


def owner_role():
    """Return the role that owns the tables of the restored installation."""
    return own("owner")


def application_role():
    """Return the role that uses the tables of the restored installation."""
    return own("app")


def backup_role():
    """Return the role that reads the tables of the restored installation."""
    return own("backup")


def run_manage(*arguments, **environment):
    """Run a command as production does, with nothing but the given environment."""
    kept = {k: os.environ[k] for k in ("PATH", "LANG", "TZ") if k in os.environ}
    return subprocess.run(  # noqa: S603 -- our own command
        [sys.executable, "manage.py", *map(str, arguments)],
        cwd=ROOT,
        env={**kept, **production(), **{k: str(v) for k, v in environment.items()}},
        capture_output=True,
        text=True,
        check=False,
    )


def production():
    """Return the environment of production with the keys of the test suite."""
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "SECRET_KEY": "x" * 60 + "0123456789",
        "FIELD_KEYS": ",".join(settings.FIELD_KEYS),
        "BLIND_KEY": settings.BLIND_KEY,
        "ALLOWED_HOSTS": "dangjian.example.cn",
        "BACKUP_EXPECTED_HOURS": "0",
        "VERIFY_EXPECTED_HOURS": "0",
    }


def server():
    """Return a connection to the server of the test's database, as its superuser."""
    at = connection.settings_dict
    link = psycopg2.connect(
        host=at["HOST"],
        port=at["PORT"] or 5432,
        user=at["USER"],
        password=at["PASSWORD"] or None,
        dbname="postgres",
    )
    link.autocommit = True
    return link


def make_roles_and_database():
    """Do what the guide says of roles and the database, and return both addresses."""
    remove_roles_and_database()
    owner, application, database = owner_role(), application_role(), own("restored")
    statements = (
        f"CREATE ROLE {owner} LOGIN PASSWORD '{PASSWORD}'",
        f"CREATE ROLE {application} LOGIN PASSWORD '{PASSWORD}'",
        f"CREATE ROLE {backup_role()} LOGIN PASSWORD '{PASSWORD}'",
        f"CREATE DATABASE {database} OWNER {owner} ENCODING 'UTF8' TEMPLATE template0",
    )
    with closing(server()) as link, link.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    return address(owner), address(application)


def address(role):
    """Return the address of the restored installation's database for a role."""
    at = connection.settings_dict
    place = f"{at['HOST']}:{at['PORT'] or 5432}/{own('restored')}"
    return f"postgres://{role}:{PASSWORD}@{place}"


def remove_roles_and_database():
    """Remove what the test made on the server."""
    with closing(server()) as link, link.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {own('restored')} WITH (FORCE)")
        roles = f"{owner_role()}, {application_role()}, {backup_role()}"
        cursor.execute(f"DROP ROLE IF EXISTS {roles}")


def other_key():
    """Return a key that no installation of the suite has."""
    return base64.b64encode(b"o" * 32).decode()
