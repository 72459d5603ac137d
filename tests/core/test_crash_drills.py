"""Long drills: many writers, killed database servers, copies of a running database."""

import os
import random
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.sqlite3._functions import register
from django.urls import reverse

from accounts.actions import seal_entries
from accounts.models import AuditEntry, Seal
from accounts.proofs import broken_chain
from exchange.enums import JobState
from exchange.models import BackupRun, Job
from members.models import Member
from tests.client import Browser
from tests.config.installations import production, run_manage
from tests.core.clusters import Cluster
from tests.exchange.processes import database_url, start_worker, waited_for
from tests.exchange.test_work import confirmed
from tests.factories.exchange import person

WRITES = """
import sys, time
import django
django.setup()
from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone
from exchange.actions import record_backup
for number in range(int(sys.argv[2])):
    name = f"{sys.argv[1]}-{number}"
    try:
        record_backup(timezone.now(), file_name=name)
    except (DatabaseError, InterfaceError):
        if not sys.argv[3:]:
            raise
        connection.close()
        time.sleep(0.1)
    else:
        print(name, flush=True)
"""
ENDLESS = 10**9
SEED, KILLS, COPIES = 52, 50, 200
THREE_MINUTES, ROWS = 180, 5_000
TOLD = "SELECT subject_id FROM accounts_auditentry WHERE action = %s"
WHOLE = "PRAGMA integrity_check"
WRITTEN = "SELECT file_name, id FROM exchange_backuprun"
ACTION = "exchange.record_backup"
DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]


def start_writer(folder, name, count, url=None, *, bears=False):
    """Start a process that writes so often; it bears a lost server if told to."""
    answers, errors = folder / f"{name}.out", folder / f"{name}.err"
    with answers.open("wb") as output, errors.open("wb") as said:
        return subprocess.Popen(  # noqa: S603 -- our own program
            [
                *(sys.executable, "-c", WRITES, name, str(count)),
                *(["bears"] if bears else []),
            ],
            cwd=settings.BASE_DIR,
            env={**os.environ, **production(), "DATABASE_URL": url or database_url()},
            stdout=output,
            stderr=said,
        )


def answered(folder):
    """Return what all writers were answered; a line that broke off is none."""
    return [
        name
        for path in folder.glob("*.out")
        for name in path.read_text().split("\n")[:-1]
    ]


def errors(folder):
    return [text for path in folder.glob("*.err") if (text := path.read_text())]


def end(processes):
    for process in processes:
        process.kill()
        process.wait()


@contextmanager
def writing(folder, url=None, *, bears=False):
    """Let four processes write without end while the block runs."""
    writers = [
        start_writer(folder, f"w{n}", ENDLESS, url, bears=bears) for n in range(4)
    ]
    try:
        assert waited_for(lambda: len(answered(folder)) > 8), errors(folder)
        yield writers
    finally:
        end(writers)


@pytest.mark.both
def test_eight_writers_with_a_thousand_entries_each_never_fork_the_chain(
    city, tmp_path, capsys
):
    started = time.monotonic()
    writers = [start_writer(tmp_path, f"w{n}", 1_000) for n in range(8)]
    while any(writer.poll() is None for writer in writers):
        seal_entries()
        time.sleep(0.2)
    seconds = time.monotonic() - started
    seal_entries()

    assert errors(tmp_path) == []
    assert len(answered(tmp_path)) == BackupRun.objects.count() == 8_000
    entries = AuditEntry.objects.filter(action=ACTION)
    assert entries.count() == entries.exclude(seal_line=None).count() == 8_000
    numbers = list(Seal.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert list(broken_chain()) == []
    with capsys.disabled():
        said = f"{seconds:.1f} s, {8_000 / seconds:.0f} entries a second"
        print(f"\n8 writers x 1,000: {said}, {len(numbers)} seals")


@pytest.fixture
def cluster():
    cluster = Cluster()
    try:
        cluster.start()
        cluster.fill()
        yield cluster
        cluster.kill()
    finally:
        shutil.rmtree(cluster.folder)


@pytest.mark.postgres
@pytest.mark.machine
def test_no_answered_write_is_lost_when_the_database_server_is_killed(
    city, tmp_path, cluster, capsys
):
    chance, told = random.Random(SEED), tmp_path / "told"
    told.mkdir()
    with writing(told, cluster.url, bears=True):
        for _kill in range(KILLS):
            before = len(answered(told))
            assert waited_for(lambda before=before: len(answered(told)) > before + 8)
            time.sleep(chance.random())
            cluster.kill()
            cluster.start()

    written = dict(cluster.rows(WRITTEN))
    subjects = Counter(row[0] for row in cluster.rows(TOLD, ACTION))
    said = answered(told)
    assert {*said} - {*written} == set()
    assert subjects == Counter(map(str, written.values()))  # no halves
    for name, value in DURABLE.items():
        assert cluster.rows("SELECT current_setting(%s)", name) == [(value,)]
    with capsys.disabled():
        print(f"\n{KILLS} kills: {len(said)} answered, {len(written)} written, 0 lost")


def copy_of_the_moment(source, target, writers):
    """Copy a database as it lies on the disk while all its writers are held."""
    for writer in writers:
        writer.send_signal(signal.SIGSTOP)
    held = {psutil.STATUS_STOPPED, psutil.STATUS_ZOMBIE}
    waited_for(lambda: all(psutil.Process(w.pid).status() in held for w in writers))
    for suffix in ("", "-wal", "-shm"):
        if (path := source.with_name(source.name + suffix)).exists():
            shutil.copy(path, target.with_name(target.name + suffix))
    said = answered(target.parent)
    for writer in writers:
        writer.send_signal(signal.SIGCONT)
    return said


def test_every_copy_of_a_running_sqlite_database_is_whole(tmp_path, capsys):
    chance, source = random.Random(SEED), tmp_path / "office.sqlite3"
    url = f"sqlite:///{source}"
    assert run_manage("migrate", DATABASE_URL=url).returncode == 0
    lost, halves, unsound = [], [], []
    with writing(tmp_path, url) as writers:
        for number in range(COPIES):
            time.sleep(chance.random() / 5)
            target = tmp_path / f"copy-{number}"
            said = copy_of_the_moment(source, target, writers)
            with closing(sqlite3.connect(target)) as copy:
                register(copy)  # the functions that checks of ours call
                unsound += [r for r in copy.execute(WHOLE) if r != ("ok",)]
                written = dict(copy.execute(WRITTEN))
                told = copy.execute(TOLD.replace("%s", "?"), [ACTION]).fetchall()
            lost += {*said} - {*written}
            if Counter(one for (one,) in told) != Counter(map(str, written.values())):
                halves.append(number)
            for path in tmp_path.glob("copy-*"):
                path.unlink()

    assert (lost, halves, unsound, errors(tmp_path)) == ([], [], [], [])
    with capsys.disabled():
        print(f"\n{COPIES} copies whole, {len(answered(tmp_path))} writes answered")


@pytest.mark.both
def test_pages_answer_for_three_minutes_beside_an_import_and_four_writers(
    east, branch, secretary, tmp_path, capsys
):
    batch = confirmed(east, secretary, [person(n) for n in range(ROWS)])
    browser = Browser(raise_request_exception=False)
    browser.force_login(secretary)
    log = tmp_path / "worker.log"
    addresses = [reverse(n) for n in ("members:list", "accounts:desk", "exchange:list")]
    answers, times, done, begun = Counter(), [], 0.0, time.monotonic()
    with writing(tmp_path):
        worker = start_worker(Path(batch.file.path).parents[1], log=log)
        while (now := time.monotonic()) < begun + THREE_MINUTES or not done:
            address = addresses[len(times) % 3]
            answers[address, browser.get(address).status_code] += 1
            times.append(time.monotonic() - now)
            if not done and not Job.objects.exclude(state=JobState.DONE).exists():
                done = time.monotonic() - begun
            if now > begun + 4 * THREE_MINUTES:
                break
        end([worker])

    assert {key: n for key, n in answers.items() if key[1] != 200} == {}
    assert Member.objects.count() == ROWS
    assert (errors(tmp_path), "locked" in log.read_text()) == ([], False)
    with capsys.disabled():
        slow = statistics.quantiles(times, n=20)[-1]
        print(
            f"\n{connection.vendor}: {len(times)} pages, half within"
            f" {statistics.median(times):.2f} s, 95 % within {slow:.2f} s,"
            f" slowest {max(times):.2f} s; import {done:.0f} s;"
            f" {len(answered(tmp_path))} other writes"
        )
