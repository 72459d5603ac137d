"""What was answered is there after a kill, whole, on both databases."""

import os
import random
import subprocess
import sys
import time
from collections import Counter

import pytest
from django.conf import settings
from django.db import connection

from accounts.actions import seal_entries
from accounts.models import AuditEntry
from accounts.proofs import broken_chain
from exchange.models import BackupRun
from tests.config.installations import production, run_manage
from tests.exchange.processes import database_url

WRITERS, ROUNDS, SEED = 4, 3, 52
PATIENCE = 60
WRITES = """
import itertools, sys
import django
django.setup()
from django.utils import timezone
from exchange.actions import record_backup
for number in itertools.count():
    name = f"{sys.argv[1]}-{number}"
    record_backup(timezone.now(), file_name=name)
    print(name, flush=True)
"""
PRAGMAS = """
from django.db import connection
names = "journal_mode foreign_keys recursive_triggers synchronous busy_timeout".split()
with connection.cursor() as cursor:
    found = [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in names]
print(*found, connection.transaction_mode)
"""

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


class Writer:
    """A process that writes without end, and says what it was told is written."""

    def __init__(self, name, folder):
        self.answers, self.errors = folder / f"{name}.out", folder / f"{name}.err"
        with self.answers.open("wb") as output, self.errors.open("wb") as errors:
            self.process = subprocess.Popen(  # noqa: S603 -- our own program
                [sys.executable, "-c", WRITES, name],
                cwd=settings.BASE_DIR,
                env={**os.environ, **production(), "DATABASE_URL": database_url()},
                stdout=output,
                stderr=errors,
            )

    def answered(self):
        """Return what was answered; a line that broke off is none."""
        *whole, _rest = self.answers.read_text().split("\n")
        return whole

    def kill(self):
        self.process.kill()
        self.process.wait()


def wait_until_all_write(writers):
    until = time.monotonic() + PATIENCE
    while not all(writer.answered() for writer in writers):
        assert time.monotonic() < until, [w.errors.read_text() for w in writers]
        time.sleep(0.05)


@pytest.mark.slow
def test_what_was_answered_is_there_whole_after_kills_under_load(tmp_path):
    chance, answered, errors = random.Random(SEED), [], []
    for turn in range(ROUNDS):
        writers = [Writer(f"{turn}-{one}", tmp_path) for one in range(WRITERS)]
        wait_until_all_write(writers)
        for writer in writers:
            seal_entries()
            time.sleep(chance.random() / 5)
            writer.kill()
        answered += [name for writer in writers for name in writer.answered()]
        errors += [writer.errors.read_text() for writer in writers]
    seal_entries()

    runs = BackupRun.objects.values_list("file_name", "pk")
    written = dict(runs)
    assert {*answered} - {*written} == set()
    assert len(written) == len(runs) <= len(answered) + WRITERS * ROUNDS
    entries = AuditEntry.objects.filter(action="exchange.record_backup")
    told = Counter(entries.values_list("subject_id", flat=True))
    assert told == Counter(map(str, written.values()))  # each row with its entry, once
    assert [error for error in errors if error] == []
    assert list(broken_chain()) == []
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_real_installation_on_sqlite_waits_for_locks_and_keeps_what_it_answered(
    tmp_path,
):
    done = run_manage(
        *("shell", "--no-imports", "-c", PRAGMAS),
        DATABASE_URL=f"sqlite:///{tmp_path / 'office.sqlite3'}",
    )

    assert done.stdout.split() == ["wal", "1", "1", "2", "20000", "IMMEDIATE"]
