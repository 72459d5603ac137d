"""The worker of an installation without a broker: does chores and jobs as they come.

Chores and jobs have a process each. A sheet that takes minutes to read, or a parser
that holds the interpreter all the while, does not keep the audit log from being sealed.
"""

import logging
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.context import ForkProcess
from types import FrameType
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError, CommandParser
from django.db import DatabaseError, connection, connections
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.commands import InstallationCommand
from core.registries.chores import Chore, chores
from core.registries.readiness import require_readiness
from exchange.actions import WorkerStopped, run_chore, run_next_job

log = logging.getLogger(__name__)

PAUSE = 0.5
GRACE_SECONDS = 20.0  # how long the current work may go on after a signal
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
LOOK_SECONDS = 60.0  # how often a daily chore is asked whether it is due


class Timetable:
    """When each chore is to be looked at next."""

    def __init__(self) -> None:
        self.due = dict.fromkeys((chore.key for chore in chores), 0.0)

    def is_due(self, chore: Chore) -> bool:
        """Whether it is the chore's turn."""
        return time.monotonic() >= self.due.get(chore.key, 0.0)

    def note(self, chore: Chore) -> None:
        """Note that the chore had its turn."""
        pause = chore.every if chore.daily_at is None else LOOK_SECONDS
        self.due[chore.key] = time.monotonic() + pause


class Command(InstallationCommand):
    """Runs until it gets a signal to stop.

    The current work is finished first. What takes longer than the grace, or until a
    second signal, breaks off: its transaction is rolled back and a job is given back.
    """

    help = gettext_lazy("Do chores and waiting jobs until SIGTERM, SIGINT or SIGHUP.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help=_("do what waits, then stop")
        )
        parser.add_argument(
            "--only",
            choices=["chores", "jobs"],
            help=_("do the one alone, where a service does the other"),
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            require_readiness()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        self.stopping = False
        self.timetable = Timetable()
        self.parent = os.getppid()
        self.listen()
        with self.ending_in_order():
            if options["once"]:
                self.do_once(options["only"])
            elif options["only"] == "chores":
                self.repeat(self.do_chores)
            elif options["only"] == "jobs":
                self.repeat(run_next_job)
            else:
                self.do_both()
        if self.stopping:
            log.warning("The worker has stopped.")

    def listen(self) -> None:
        """Let signals stop the worker; a hang-up that is ignored (nohup) stays so."""
        for number in SIGNALS:
            if signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, self.stop)
        signal.signal(signal.SIGALRM, self.break_off)

    def stop(self, number: int, frame: FrameType | None) -> None:
        """Stop after the current chore or job; at a second signal at once."""
        if self.stopping:
            self.break_off(number, frame)
        self.stopping = True
        name = signal.Signals(number).name
        log.warning("%s: the worker finishes what it does, and goes.", name)
        signal.setitimer(signal.ITIMER_REAL, GRACE_SECONDS)

    @contextmanager
    def ending_in_order(self) -> Iterator[None]:
        """Let the block end when it is broken off, and stop the clock."""
        try:
            yield
        except WorkerStopped:
            log.warning("The worker broke off what it was doing.")
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)

    def break_off(self, _number: int, _frame: FrameType | None) -> None:
        """Break the current work off."""
        raise WorkerStopped

    def do_once(self, only: str | None) -> None:
        """Do the chores that are due and the jobs that wait."""
        if only != "jobs":
            self.attempt(self.do_chores)
        while only != "chores" and self.attempt(run_next_job):
            pass

    def do_both(self) -> None:
        """Do the jobs here and the chores in a process of their own."""
        connections.close_all()  # a connection must not be shared by two processes
        child = self.start_chores()

        def do_job() -> bool:
            nonlocal child
            if not child.is_alive():
                log.error("The process of the chores ended; starting another one.")
                connections.close_all()
                child = self.start_chores()
            return run_next_job()

        self.repeat(do_job)
        child.terminate()
        child.join()

    def start_chores(self) -> ForkProcess:
        """Start the process that does the chores until it is stopped or orphaned."""
        context = multiprocessing.get_context("fork")
        child = context.Process(target=self.do_chores_as_child, daemon=True)
        child.start()
        return child

    def do_chores_as_child(self) -> None:
        """Do the chores as long as the process that started this one lives."""
        self.parent = os.getppid()
        self.repeat(self.do_chores)

    def repeat(self, turn: Callable[[], bool]) -> None:
        """Take turns until told to stop; pause after one without work."""
        with self.ending_in_order():
            while self.goes_on():
                if not self.attempt(turn):
                    time.sleep(PAUSE)

    def goes_on(self) -> bool:
        """Whether nobody has stopped the process and the one that started it lives."""
        return not self.stopping and os.getppid() == self.parent

    def attempt(self, turn: Callable[[], bool]) -> bool:
        """Take one turn; the database may be away for a while."""
        try:
            return not self.stopping and turn()
        except DatabaseError:
            log.exception("The database cannot be used; trying again.")
            connection.close()
            return False

    def do_chores(self) -> bool:
        """Do the chores whose turn it is; there is always time for a pause."""
        for chore in chores:
            if self.goes_on() and self.timetable.is_due(chore):
                self.timetable.note(chore)
                run_chore(chore)
        return False
