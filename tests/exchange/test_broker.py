"""Long work by way of a real broker."""

import base64
import datetime as dt
import os
import re
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
import redis
from django.conf import settings as project
from django.urls import reverse
from django.utils import timezone

from config.celery import app, schedule_chores
from core.registries.chores import chores
from exchange.actions import sweep_jobs
from exchange.actions.jobs import SILENCE
from exchange.enums import BatchState, JobState
from exchange.models import ImportBatch, Job
from tests.exchange.processes import PATIENCE, database_url, waited_for
from tests.factories.exchange import (
    ImportBatchFactory,
    JobFactory,
    person,
    upload,
    workbook,
)

BODY = re.compile(rb'"body": "([\w+/=]+)"')


@pytest.fixture
def broker(settings, monkeypatch):
    """Use the Redis of this machine as the broker, on a database of the tests' own.

    Processes of one run take turns: emptying the database would lose a neighbour's
    message.
    """
    server = os.environ["TEST_REDIS_URL"].rsplit("/", 1)[0]
    url = f"{server}/13"
    settings.CELERY_BROKER_URL = url
    monkeypatch.setattr(app.conf, "broker_url", url)
    monkeypatch.setattr(app, "_pool", None)
    monkeypatch.setattr(app.amqp, "_producer_pool", None)
    with (
        redis.Redis.from_url(f"{server}/12") as locks,
        locks.lock("tests of the broker", timeout=4 * PATIENCE),
        app.connection_for_write() as connection,
    ):
        client = connection.default_channel.client
        client.flushdb()
        yield url
        client.flushdb()


@contextmanager
def worker_of(broker):
    """Run a worker that takes its work from the broker."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "config", "worker", "-P", "solo"],
        cwd=project.BASE_DIR,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "DATABASE_URL": database_url(),
            "REDIS_URL": broker,
        },
    )
    try:
        yield worker
    finally:
        worker.terminate()
        worker.wait(PATIENCE)


@pytest.mark.broker
@pytest.mark.django_db(transaction=True)
def test_a_celery_worker_takes_what_the_page_asked_for(
    broker, settings, east, branch, secretary
):
    settings.ATTACHMENT_DIR = project.VAR_DIR / "test-attachments"
    batch = ImportBatchFactory(organization=east, by=secretary)

    with worker_of(broker):
        done = waited_for(lambda: Job.objects.filter(state=JobState.DONE).exists())

    batch = ImportBatch.objects.get()
    assert (done, batch.state) == (True, BatchState.PLANNED)


@pytest.mark.broker
@pytest.mark.django_db(transaction=True)
def test_an_emptied_broker_loses_nothing_and_does_nothing_twice(
    broker, settings, client, east, branch, secretary
):
    settings.ATTACHMENT_DIR = project.VAR_DIR / "test-attachments"
    client.force_login(secretary, backend="accounts.backends.UsernameOrPhone")
    ImportBatchFactory(organization=east, by=secretary)
    with redis.Redis.from_url(broker) as emptied:
        sent = emptied.dbsize()
        emptied.flushdb()
    page = client.get(reverse("exchange:list"))
    past = timezone.now() - 2 * SILENCE
    Job.objects.update(queued_at=past)

    sweep_jobs()
    with worker_of(broker) as worker:
        taken = waited_for(lambda: Job.objects.exclude(state=JobState.QUEUED).exists())
        with redis.Redis.from_url(broker) as emptied:
            emptied.flushdb()  # while the work is being done
        done = waited_for(lambda: Job.objects.filter(state=JobState.DONE).exists())
        Job.objects.filter(state=JobState.DONE).update(queued_at=past)
        sweep_jobs()
        still_there = worker.poll() is None

    job = Job.objects.get()
    assert (sent > 0, page.status_code, taken, done) == (True, 200, True, True)
    assert (job.attempts, ImportBatch.objects.get().state) == (1, BatchState.PLANNED)
    assert still_there


BROKEN = {
    "refused": lambda listening: listening.close(),
    "accepts and never answers": lambda listening: None,
}


@pytest.fixture(params=BROKEN)
def broken_broker(request, settings, monkeypatch):
    """Return the address of a broker that is down, in one way or the other."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"redis://127.0.0.1:{listening.getsockname()[1]}/0"
        BROKEN[request.param](listening)
        settings.CELERY_BROKER_URL = url
        monkeypatch.setattr(app.conf, "broker_url", url)
        monkeypatch.setattr(app, "_pool", None)
        monkeypatch.setattr(app.amqp, "_producer_pool", None)
        yield url


def test_an_upload_is_answered_within_three_seconds_while_the_broker_is_down(
    broken_broker, client, east, branch, secretary, django_capture_on_commit_callbacks
):
    client.force_login(secretary, backend="accounts.backends.UsernameOrPhone")
    data = {
        "kind": "member_roster",
        "file": upload(workbook([person(1)])),
        "organization": east.pk,
    }

    started = time.monotonic()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("exchange:upload"), data)
    seconds = time.monotonic() - started

    assert (answer.status_code, seconds < 3) == (302, True)
    assert Job.objects.get().state == JobState.QUEUED


@pytest.mark.parametrize("broken_broker", ["refused"], indirect=True)
def test_beat_without_a_broker_writes_one_line_a_minute(broken_broker, tmp_path):
    log = tmp_path / "beat.log"
    with log.open("wb") as output:
        beat = subprocess.Popen(  # noqa: S603 -- our own program
            [
                *(sys.executable, "-m", "celery", "-A", "config", "beat"),
                *("--schedule", tmp_path / "schedule"),
            ],
            cwd=project.BASE_DIR,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "config.settings.test",
                "REDIS_URL": broken_broker,
            },
            stdout=output,
            stderr=output,
        )
        waited_for(lambda: b"ERROR" in log.read_bytes())
        time.sleep(4.5)  # chores come round every two seconds
        beat.terminate()
        beat.wait(PATIENCE)

    lines = log.read_text().splitlines()
    assert len([line for line in lines if "ERROR" in line]) == 1
    assert [line for line in lines if "Traceback" in line] == []


def test_chores_and_sheets_wait_in_queues_of_their_own():
    schedule_chores()

    queues = {entry["options"]["queue"] for entry in app.conf.beat_schedule.values()}

    served = {queue.name for queue in app.conf.task_queues}
    assert (queues, served) == ({"chores"}, {"celery", "chores"})


def test_beat_calls_every_chore():
    schedule_chores()

    called = {entry["args"][0] for entry in app.conf.beat_schedule.values()}
    assert called == {chore.key for chore in chores}


@pytest.mark.broker
@pytest.mark.django_db
def test_a_job_whose_message_was_lost_is_brought_to_mind_once(broker, time_machine):
    def waiting():
        with app.connection_for_write() as connection:
            return connection.default_channel.client.llen("celery")

    time_machine.move_to(timezone.now())
    JobFactory()
    assert sweep_jobs() == 0
    assert waiting() == 0

    time_machine.shift(SILENCE + dt.timedelta(seconds=1))
    sweep_jobs()
    sweep_jobs()

    assert waiting() == 1


READ = {
    b"list": lambda server, key: server.lrange(key, 0, -1),
    b"hash": lambda server, key: server.hgetall(key),
    b"set": lambda server, key: server.smembers(key),
    b"zset": lambda server, key: server.zrange(key, 0, -1),
    b"string": lambda server, key: server.get(key),
}


def everything_in(url):
    """Every key of a Redis database with its value."""
    with redis.Redis.from_url(url) as server:
        keys = server.keys("*")
        return b"".join(
            b"%b %r" % (key, READ[server.type(key)](server, key)) for key in keys
        )


@pytest.mark.broker
@pytest.mark.django_db(transaction=True)
def test_no_number_of_a_sheet_is_in_the_broker(broker, client, east, branch, secretary):
    client.force_login(secretary, backend="accounts.backends.UsernameOrPhone")
    row = person(1)
    sent = {"kind": "member_roster", "organization": east.pk}
    sent["file"] = upload(workbook([row]))

    client.post(reverse("exchange:upload"), sent)

    kept = everything_in(broker)
    bodies = [base64.b64decode(body) for body in BODY.findall(kept)]
    secrets = [row[name].encode() for name in ("身份证号码", "手机号码", "姓名")]
    assert [body for body in bodies if b"[" in body]  # the message is there
    assert [one for one in secrets if one in b"".join([kept, *bodies])] == []
