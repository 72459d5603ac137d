"""Workers as processes of their own, on a test's database."""

import os
import subprocess
import sys
import time

import psutil
from django.conf import settings
from django.db import connection

PATIENCE = 120
STARTED = []
"""Workers that were started: one left running would write into the next test."""


def database_url():
    """Return the address of this test's own database."""
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{at['NAME']}"
    who = f"{at['USER']}:{at['PASSWORD']}@" if at["USER"] else ""
    return f"postgres://{who}{at['HOST']}:{at['PORT'] or 5432}/{at['NAME']}"


def start_worker(attachments, before="", log=None):
    """Start `manage.py work` on this test's database and files.

    `before` is a program that its process runs first, `log` a file for what it says.
    """
    program = (
        "import django; django.setup()\n"
        f"{before}\n"
        "from django.core.management import call_command; call_command('work')"
    )
    output = log and os.open(log, os.O_WRONLY | os.O_CREAT)
    worker = subprocess.Popen(  # noqa: S603 -- our own program
        [sys.executable, "-c", program],
        stdout=output,
        stderr=output,
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "DATABASE_URL": database_url(),
            "FILES_DIR": str(attachments),
        },
    )
    STARTED.append(worker)
    return worker


def kill_worker(worker):
    """Kill a worker alone, and wait until the processes that it started are gone.

    They end of themselves after what they are doing, which would otherwise be written
    into the database of the next test.
    """
    children = psutil.Process(worker.pid).children(recursive=True)
    worker.kill()
    worker.wait(PATIENCE)
    assert psutil.wait_procs(children, timeout=PATIENCE)[1] == []


def kill_workers():
    """Kill the workers that still run."""
    while STARTED:
        worker = STARTED.pop()
        if worker.poll() is None:
            children = psutil.Process(worker.pid).children(recursive=True)
            for process in (*children, worker):
                process.kill()
            worker.wait()
            psutil.wait_procs(children)


def waited_for(found):
    """Wait until something is so, or fail."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if found():
            return True
        time.sleep(0.02)
    return False
