"""Long work by way of a real broker."""

import datetime as dt
import os
import subprocess
import sys

import pytest
from django.conf import settings as project
from django.utils import timezone

from config.celery import app, schedule_chores
from core.registries.chores import chores
from exchange.actions import sweep_jobs
from exchange.actions.jobs import SILENCE
from exchange.enums import BatchState, JobState
from exchange.models import ImportBatch, Job
from tests.exchange.processes import PATIENCE, database_url, waited_for
from tests.factories.exchange import ImportBatchFactory, JobFactory


@pytest.fixture
def broker(settings, monkeypatch):
    """Use the Redis of this machine as the broker, on a database of the test's own."""
    url = f"{os.environ['TEST_REDIS_URL'].rsplit('/', 1)[0]}/13"
    settings.CELERY_BROKER_URL = url
    monkeypatch.setattr(app.conf, "broker_url", url)
    monkeypatch.setattr(app, "_pool", None)
    monkeypatch.setattr(app.amqp, "_producer_pool", None)
    with app.connection_for_write() as connection:
        connection.default_channel.client.flushdb()
    yield url
    with app.connection_for_write() as connection:
        connection.default_channel.client.flushdb()


@pytest.mark.broker
@pytest.mark.django_db(transaction=True)
def test_a_celery_worker_takes_what_the_page_asked_for(
    broker, settings, east, branch, secretary
):
    settings.ATTACHMENT_DIR = project.VAR_DIR / "test-attachments"
    batch = ImportBatchFactory(organization=east, by=secretary)
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

    done = waited_for(lambda: Job.objects.filter(state=JobState.DONE).exists())
    worker.terminate()
    worker.wait(PATIENCE)

    batch = ImportBatch.objects.get()
    assert (done, batch.state) == (True, BatchState.PLANNED)


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
