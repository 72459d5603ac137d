"""The Celery application: used where a broker is configured, idle elsewhere."""

import logging
import os
import sys
from typing import Any

from celery import Celery
from celery.signals import worker_init
from django.core.exceptions import ImproperlyConfigured

from config.environment import require_settings_module
from core.logs import RepeatedLinesFilter
from core.registries.chores import Chore, chores
from core.registries.readiness import require_readiness

# Like the web server and unlike `manage.py`: who forgets the environment file gets a
# refusal that names what is missing, not a worker with the demo's keys.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
require_settings_module()

LOOK_SECONDS = 60.0  # how often beat asks whether a daily chore is due
CHORES_QUEUE = "chores"

# Without a broker every chore fails to be sent, some of them every two seconds.
logging.getLogger("celery.beat").addFilter(RepeatedLinesFilter(seconds=60))

app = Celery("jiedao")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def seconds_between_calls(chore: Chore) -> float:
    """Return how often beat calls a chore; daily ones know themselves if it is time."""
    return chore.every if chore.daily_at is None else LOOK_SECONDS


@app.on_after_finalize.connect
def schedule_chores(**_kwargs: Any) -> None:
    """Schedule every chore the apps declare; calls that no worker takes in time expire.

    Beat has loaded the apps at this signal and not yet read the schedule.
    """
    app.conf.beat_schedule = {
        chore.key: {
            "task": "exchange.run_chore",
            "schedule": seconds_between_calls(chore),
            "args": (chore.key,),
            "options": {
                "expires": max(seconds_between_calls(chore), 10.0),
                "queue": CHORES_QUEUE,
                "retry": False,
            },
        }
        for chore in chores
    }


@worker_init.connect
def refuse_to_work_unready(**_kwargs: Any) -> None:
    """Stop a worker that the web server would not start beside.

    Celery logs what a signal's receiver raises and goes on, unless it is an exit.
    """
    try:
        require_readiness()
    except ImproperlyConfigured as error:
        sys.exit(str(error))
