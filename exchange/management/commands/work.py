"""The worker of an installation without a broker: does chores and jobs as they come."""

import logging
import signal
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, connection
from django.utils import timezone

from core.registries.chores import Chore, chores
from exchange.actions import run_next_job

log = logging.getLogger(__name__)

PAUSE = 0.5


class Timetable:
    """When each chore is due next."""

    def __init__(self) -> None:
        self.due = dict.fromkeys((chore.key for chore in chores), 0.0)
        self.done_on: dict[str, object] = {}

    def is_due(self, chore: Chore) -> bool:
        """Whether it is the chore's turn; a daily one is done once after its hour."""
        if chore.daily_at is None:
            return time.monotonic() >= self.due[chore.key]
        now = timezone.localtime()
        late_enough = (now.hour, now.minute) >= chore.daily_at
        return late_enough and self.done_on.get(chore.key) != now.date()

    def note(self, chore: Chore) -> None:
        """Note that the chore was done."""
        self.due[chore.key] = time.monotonic() + chore.every
        self.done_on[chore.key] = timezone.localdate()


class Command(BaseCommand):
    """Runs until it gets a signal to stop; finishes the current work first."""

    help = "Do chores and waiting jobs until SIGTERM or SIGINT."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="do what waits, then stop"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        self.stopping = False
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        timetable = Timetable()
        while not self.stopping:
            busy = self.turn(timetable)
            if options["once"] and not busy:
                return
            if not busy:
                time.sleep(PAUSE)

    def stop(self, _number: int, _frame: FrameType | None) -> None:
        """Stop after the current chore or job."""
        self.stopping = True

    def turn(self, timetable: Timetable) -> bool:
        """Do what is due; whether a job was done. The database may be away a while."""
        try:
            for chore in chores:
                if not self.stopping and timetable.is_due(chore):
                    timetable.note(chore)
                    self.do(chore)
            return not self.stopping and run_next_job()
        except DatabaseError:
            log.exception("The database cannot be used; trying again.")
            connection.close()
            return False

    def do(self, chore: Chore) -> None:
        """Do one chore; one that breaks must not stop the others."""
        try:
            chore.run()
        except DatabaseError:
            raise
        except Exception:  # whatever broke, the worker goes on
            log.exception("Chore %s broke off.", chore.key)
