"""Writers on SQLite take turns, in the order in which they came."""

import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from http import HTTPStatus

import pytest
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.urls import get_resolver

from config.settings.base import with_database_options
from core.db.queued_sqlite3 import write_queue
from core.db.queued_sqlite3.base import DatabaseWrapper
from core.db.queued_sqlite3.write_queue import WriteQueue, WriteQueueTooLong

pytestmark = [pytest.mark.both, pytest.mark.django_db]

HOLDER = """
import sys, time
from pathlib import Path
from core.db.queued_sqlite3.write_queue import WriteQueue
WriteQueue(Path(sys.argv[1])).enter()
print("mine", flush=True)
time.sleep(600)
"""


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "office.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE note (writer)")
    return path


@pytest.fixture
def connect(database):
    """Open connections as an installation opens them."""
    settings = {**connections[DEFAULT_DB_ALIAS].settings_dict, "NAME": database}
    settings |= with_database_options(
        {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": {}}
    )
    opened = []

    def connect():
        opened.append(DatabaseWrapper(settings))
        opened[-1].inc_thread_sharing()
        return opened[-1]

    yield connect
    for connection in opened:
        connection.close()


def write(connection, writer):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO note VALUES (%s)", [writer])


def begin(connection):
    connection.ensure_connection()
    connection.set_autocommit(
        False, force_begin_transaction_with_broken_autocommit=True
    )


def end(connection):
    connection.commit()
    connection.set_autocommit(True)


def wait_until(holds):
    until = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.005)


def numbers_taken(database):
    path = database.with_name(database.name + write_queue.SUFFIX)
    return write_queue.COUNTER.unpack(path.read_bytes())[0]


@pytest.mark.parametrize("in_transaction", [True, False])
def test_writers_come_in_the_order_in_which_they_asked(
    database, connect, in_transaction
):
    holder = connect()
    begin(holder)
    came, threads = [], []

    def work(writer, connection):
        if in_transaction:
            begin(connection)
        write(connection, writer)
        came.append(writer)
        if in_transaction:
            end(connection)

    for writer in range(8):
        taken = numbers_taken(database)
        threads.append(threading.Thread(target=work, args=(writer, connect())))
        threads[-1].start()
        wait_until(lambda taken=taken: numbers_taken(database) > taken)
    end(holder)
    for thread in threads:
        thread.join()

    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute("SELECT writer FROM note ORDER BY rowid").fetchall()
    assert [row[0] for row in rows] == [*range(8)]
    assert sorted(came) == [*range(8)]


def test_whoever_writes_without_a_pause_does_not_overtake(database, connect):
    holder, waiting = connect(), connect()
    begin(holder)

    def work():
        begin(waiting)
        write(waiting, "waiting")
        end(waiting)

    taken = numbers_taken(database)
    thread = threading.Thread(target=work)
    thread.start()
    wait_until(lambda: numbers_taken(database) > taken)
    for _again in range(20):
        write(holder, "holder")
        end(holder)
        begin(holder)
    end(holder)
    thread.join()

    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute("SELECT writer FROM note ORDER BY rowid").fetchall()
    assert [row[0] for row in rows[:2]] == ["holder", "waiting"]


def test_a_killed_writer_leaves_its_place(database):
    with subprocess.Popen(  # noqa: S603 -- our own program
        [sys.executable, "-c", HOLDER, str(database)],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline() == "mine\n"
        process.kill()
    queue = WriteQueue(database)
    queue.enter()
    assert queue.is_held
    queue.leave()


def test_a_place_that_somebody_gave_up_lets_nobody_pass_the_others(
    database, monkeypatch
):
    first, impatient, third = (WriteQueue(database) for _ in range(3))
    first.enter()
    monkeypatch.setattr(write_queue, "LONGEST_WAIT", 0.05)
    for queue in (impatient, third):
        with pytest.raises(WriteQueueTooLong):
            queue.enter()
        assert not queue.is_held
    first.leave()
    third.enter()
    assert third.is_held
    third.leave()


def test_a_transaction_that_fails_gives_its_place_to_the_next(database, connect):
    failing, next_one = connect(), connect()
    begin(failing)
    failing.rollback()
    failing.set_autocommit(True)
    begin(next_one)
    write(next_one, "next")
    next_one.close()
    begin(failing)
    write(failing, "again")
    end(failing)

    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT writer FROM note").fetchall() == [("again",)]


def test_reading_waits_for_nobody(database, connect):
    holder, reader = connect(), connect()
    begin(holder)
    write(holder, "holder")
    with reader.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM note")
        assert cursor.fetchone() == (0,)


def test_whoever_waited_too_long_reads_what_to_do(database, rf, monkeypatch):
    first, impatient = WriteQueue(database), WriteQueue(database)
    first.enter()
    monkeypatch.setattr(write_queue, "LONGEST_WAIT", 0.05)

    try:
        impatient.enter()
    except WriteQueueTooLong:
        answer = get_resolver().resolve_error_handler(500)(rf.get("/"))

    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert "数据正忙" in answer.content.decode()
    assert answer["Retry-After"] == "60"


def test_a_full_disk_is_said_in_words_and_tears_nothing(database, connect, rf):
    ours = connect()
    with ours.cursor() as cursor:
        cursor.execute("INSERT INTO note VALUES ('saved before')")
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0] + 1}")
        try:
            cursor.execute("INSERT INTO note VALUES (%s)", ["新" * 40_000])
        except OperationalError:
            answer = get_resolver().resolve_error_handler(500)(rf.post("/"))
        cursor.execute("SELECT * FROM note")
        assert cursor.fetchall() == [("saved before",)]
        cursor.execute("PRAGMA integrity_check")
        assert cursor.fetchone() == ("ok",)

    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert "服务器磁盘已满" in answer.content.decode()


def test_a_lock_held_by_a_program_outside_the_queue_is_told_likewise(
    database, connect, rf
):
    ours = connect()
    ours.ensure_connection()
    ours.connection.execute("PRAGMA busy_timeout = 0")
    with closing(sqlite3.connect(database, isolation_level=None)) as outside:
        outside.execute("BEGIN IMMEDIATE")
        try:
            begin(ours)
        except OperationalError:
            answer = get_resolver().resolve_error_handler(500)(rf.post("/"))

    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert "数据正忙" in answer.content.decode()
    assert answer["Retry-After"] == "60"
