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


def turn_of(chore: Chore) -> Any:
    """Return when a chore comes round, as Celery writes it."""
    if chore.daily_at is None:
        return chore.every
    hour, minute = chore.daily_at
    return crontab(hour=str(hour), minute=str(minute))


@app.on_after_finalize.connect
def schedule_chores(**_kwargs: Any) -> None:
    """Let beat call every chore the apps declare; calls nobody took in time lapse.

    By then beat has loaded the apps, and has not read the schedule yet.
    """
    app.conf.beat_schedule = {
        chore.key: {
            "task": "exchange.run_chore",
            "schedule": turn_of(chore),
            "args": (chore.key,),
            "options": {"expires": max(chore.every, 10.0)},
        }
        for chore in chores
    }
