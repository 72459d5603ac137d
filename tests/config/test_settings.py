"""Checks of a real installation before it serves."""

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from accounts.actions import create_account
from config.checks import check_demo_accounts
from config.readiness import refuse_to_start_unready
from core.logs import MaskingFormatter
from tests.config.installations import run_manage

ROOT = Path(__file__).parents[2]
KEY = "real:" + "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="
SECRETS = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "x" * 60 + "0123456789",
    "FIELD_KEYS": KEY,
    "BLIND_KEY": KEY.removeprefix("real:"),
    "ALLOWED_HOSTS": "dangjian.example.cn",
}


def run_check(**environment):
    rest = {k: v for k, v in os.environ.items() if k not in SECRETS}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={**rest, **SECRETS, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_settings_pass_every_deployment_check(tmp_path):
    outcome = run_check(DATABASE_URL=f"sqlite:///{tmp_path / 'empty.sqlite3'}")

    assert (outcome.returncode, outcome.stderr) == (0, "")


@pytest.mark.parametrize("name", ["SECRET_KEY", "FIELD_KEYS", "BLIND_KEY"])
def test_production_does_not_start_without_its_secrets(tmp_path, name):
    rest = {k: v for k, v in os.environ.items() if k not in SECRETS}
    present = {k: v for k, v in SECRETS.items() if k != name}
    outcome = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={**rest, **present, "DATABASE_URL": f"sqlite:///{tmp_path / 'e.sqlite3'}"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert outcome.returncode != 0
    assert name in outcome.stderr


def test_a_real_installation_refuses_to_serve_with_a_demo_account(db):
    create_account("demo", by=None, display_name="演示", is_demo=True)

    assert [error.id for error in check_demo_accounts()] == ["jiedao.E001"]
    with pytest.raises(ImproperlyConfigured, match="演示账号"):
        refuse_to_start_unready()


def test_the_demo_itself_may_have_them(db, settings):
    settings.DEMO = True
    create_account("demo", by=None, display_name="演示", is_demo=True)

    assert check_demo_accounts() == []


FAILS = """
import django
django.setup()
from django.test import Client
Client(raise_request_exception=False, HTTP_HOST="dangjian.example.cn").get(
    "/posts/", secure=True)
"""


def test_a_page_that_fails_leaves_its_traceback_in_the_log(tmp_path):
    rest = {k: v for k, v in os.environ.items() if k not in SECRETS}
    no_tables = f"sqlite:///{tmp_path / 'empty.sqlite3'}"

    outcome = subprocess.run(  # noqa: S603 -- the lines above
        [sys.executable, "-c", FAILS],
        cwd=ROOT,
        env={**rest, **SECRETS, "DATABASE_URL": no_tables},
        capture_output=True,
        text=True,
        check=False,
    )

    assert "Internal Server Error: /posts/" in outcome.stderr
    assert "OperationalError: no such table" in outcome.stderr


def test_long_numbers_are_masked_in_the_log():
    record = logging.makeLogRecord(
        {"msg": "nobody has 420683198503120011 of 2026-11-22"}
    )

    assert MaskingFormatter().format(record) == "nobody has ****** of 2026-11-22"


CONNECTIONS = """
from django.conf import settings
database = settings.DATABASES["default"]
print(database["CONN_MAX_AGE"], database["CONN_HEALTH_CHECKS"])
"""


def test_production_keeps_connections_and_notices_those_that_were_cut():
    said = run_manage(
        *("shell", "--no-imports", "-c", CONNECTIONS),
        DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing",
    )

    assert said.stdout.split() == ["None", "True"]
