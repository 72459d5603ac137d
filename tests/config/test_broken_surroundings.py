"""What every command says where its surroundings are not as it needs them.

A database that was not migrated, settings that do not exist, a folder that nobody may
write to, a full disk: one sentence and no traceback.
"""

import ctypes
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from django.core.management import get_commands

from config.command_faults import FULL_DISK, NO_FILE, NOT_MIGRATED
from tests.config.installations import production

ROOT = Path(__file__).parents[2]
DROP_CAPABILITY, OVERRIDE_MODES = 24, 1  # of `prctl`: what lets root write anywhere
SMALL_DISK = 200_000  # bytes of the largest file; a migrated database has millions
LEAST = 30  # commands of ours and of Django that are tried

SERVES = "serves, or waits for somebody at the terminal"
MAKES = "makes what is missing, or writes sources"
ALONE = "an examination of its own, with another database"
# Commands that are not tried on a database without tables.
NOT_TRIED = {
    "runserver": SERVES,
    "shell": SERVES,
    "dbshell": SERVES,
    "migrate": MAKES,
    "flush": SERVES,
    "collectstatic": MAKES,
    "compilemessages": MAKES,
    "makemessages": MAKES,
    "makemigrations": MAKES,
    "squashmigrations": MAKES,
    "optimizemigration": MAKES,
    "startapp": MAKES,
    "startproject": MAKES,
    "test": ALONE,
    "testserver": ALONE,
}
ARGUMENTS = {
    "backup": ["{folder}"],
    "bootstrap": ["{file}"],
    "changepassword": ["somebody"],
    "check": ["--database", "default"],
    "createcachetable": ["--dry-run"],
    "grant_access": ["role"],
    "import_sheet": [
        *("{file}", "--kind", "member_roster", "--as", "x", "--json", "{folder}/out")
    ],
    "loaddata": ["{file}"],
    "restore": ["{file}", "--key-file", "{file}"],
    "sqlflush": [],
    "sqlmigrate": ["accounts", "0001"],
    "sqlsequencereset": ["accounts"],
    "findstatic": ["core/drafts.js"],
    "work": ["--once"],
    "axes_reset_ip": ["192.0.2.1"],
    "axes_reset_username": ["x"],
    "axes_reset_ip_username": ["192.0.2.1", "x"],
    "remove_stale_contenttypes": ["--no-input"],
    "createsuperuser": [],
}
# Runs one command after the other in one process: a start takes seconds.
TRY_ALL = """
import contextlib, io, json, sys, traceback
import manage
found = {}
for name, arguments in json.loads(sys.argv[1]).items():
    sys.argv[1:] = [name, *arguments]
    out, err = io.StringIO(), io.StringIO()
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            manage.main()
        end = ""
    except SystemExit as ended:
        end = ended.code if isinstance(ended.code, str) else ""
    except BaseException:
        end = traceback.format_exc()
    found[name] = err.getvalue() + end
print(json.dumps(found))
"""


def run(*arguments, **options):
    """Run Python with the environment of an installation on SQLite."""
    environment = {"PATH": os.environ["PATH"], **production(), **options.pop("env")}
    return subprocess.run(  # noqa: S603 -- our own command
        [sys.executable, *arguments],
        env=environment,
        cwd=options.pop("cwd", ROOT),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        **options,
    )


def obey_modes():
    """Keep root from writing where the modes of files do not let it."""
    ctypes.CDLL(None).prctl(DROP_CAPABILITY, OVERRIDE_MODES, 0, 0, 0)


def empty_database(tmp_path):
    return {"DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}"}


def test_every_command_on_a_database_without_tables_says_so_in_a_sentence(tmp_path):
    file = tmp_path / "file.json"
    file.write_text("{}")
    names = sorted({*get_commands()} - {*NOT_TRIED})
    places = {"file": str(file), "folder": str(tmp_path)}
    tried = {
        name: [one.format(**places) for one in ARGUMENTS.get(name, ())]
        for name in names
    }

    ended = run("-c", TRY_ALL, json.dumps(tried), env=empty_database(tmp_path))

    said = json.loads(ended.stdout.splitlines()[-1])
    assert {n: text for n, text in said.items() if "Traceback" in text} == {}
    assert NOT_MIGRATED in said["verify"] + said["changepassword"]
    assert len(said) >= LEAST


@pytest.mark.parametrize("way", ["environment", "option", "web server", "worker"])
def test_settings_that_do_not_exist_are_named(way, tmp_path):
    wrong = "config.settings.prodction"
    arguments = {
        "environment": ["manage.py", "check"],
        "option": ["manage.py", "check", "--settings", wrong],
        "web server": ["-c", "import config.wsgi"],
        "worker": ["-m", "celery", "-A", "config", "worker"],
    }
    env = empty_database(tmp_path)
    if way != "option":
        env["DJANGO_SETTINGS_MODULE"] = wrong

    ended = run(*arguments[way], env=env)

    (line,) = ended.stderr.splitlines()
    assert (ended.returncode, wrong in line) == (1, True)


def test_a_folder_that_nobody_may_write_to_is_named():
    with tempfile.TemporaryDirectory() as above:
        Path(above).chmod(0o755)
        copy = Path(above) / "jiedao"
        skipped = shutil.ignore_patterns(".*", "var", "tests", "docs", "__pycache__")
        shutil.copytree(ROOT, copy, ignore=skipped)
        for folder in (copy, *(one for one in copy.rglob("*") if one.is_dir())):
            folder.chmod(0o555)
        demo = {"DJANGO_SETTINGS_MODULE": "config.settings.demo"}

        ended = run("manage.py", "migrate", env=demo, cwd=copy, preexec_fn=obey_modes)

        for folder in (copy, *(one for one in copy.rglob("*") if one.is_dir())):
            folder.chmod(0o755)
    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
    assert ended.stderr.startswith(NO_FILE)
    assert f"{copy / 'var'}" in ended.stderr


def test_a_full_disk_is_not_told_as_a_database_that_is_away(tmp_path):
    def fill():
        resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL_DISK, SMALL_DISK))

    ended = run("manage.py", "migrate", env=empty_database(tmp_path), preexec_fn=fill)

    assert (ended.returncode, "Traceback" in ended.stderr) == (1, False)
    assert ended.stderr.startswith(FULL_DISK)
