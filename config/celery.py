"""The Celery application: used where a broker is configured, idle elsewhere."""

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab

from core.registries.chores import Chore, chores

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")

app = Celery("jiedao")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def schedule_of(chore: Chore) -> Any:
    """Return the chore's schedule as Celery writes it."""
    if chore.daily_at is None:
        return chore.every
    hour, minute = chore.daily_at
    return crontab(hour=str(hour), minute=str(minute))


@app.on_after_finalize.connect
def schedule_chores(**_kwargs: Any) -> None:
    """Schedule every chore the apps declare; calls that no worker takes in time expire.

    Beat has loaded the apps at this signal and not yet read the schedule.
    """
    app.conf.beat_schedule = {
        chore.key: {
            "task": "exchange.run_chore",
            "schedule": schedule_of(chore),
            "args": (chore.key,),
            "options": {"expires": max(chore.every, 10.0)},
        }
        for chore in chores
    }
