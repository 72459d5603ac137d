"""Serve the demo city: the web server and, beside it, the worker that does its jobs.

The first start builds the city, under another name until it is complete; every later
start only migrates. Ctrl-C stops both; when one process ends, the other is stopped.
"""

import argparse
import errno
import fcntl
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import FrameType
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
DATABASE = VAR / "db.sqlite3"
UNFINISHED = VAR / "unfinished.sqlite3"
ACCOUNTS = VAR / "demo-accounts.txt"
LOG = VAR / "demo.log"
RUNNING = VAR / "demo.lock"  # locked as long as the demo is served
PATIENCE_SECONDS = 60
HELP = (
    "`make demo-reset` throws the demo city away; the next `make demo` builds it again."
)


class Stopped(Exception):
    """Someone asked the demo to stop."""


def environment(database: Path) -> dict[str, str]:
    """Return the environment with the demo's own settings and database."""
    overrides = {
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "JIEDAO_DATABASE": str(database.relative_to(ROOT)),
    }
    rest = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return {**rest, **overrides}


def manage(command: str, *arguments: str, database: Path) -> None:
    """Run one management command; exit if it fails."""
    call = [sys.executable, "manage.py", command, *arguments]
    status = subprocess.call(call, cwd=ROOT, env=environment(database))
    if status:
        sys.exit(f"`manage.py {command}` failed; nothing was served.")


def remove(database: Path) -> None:
    """Delete the database and the files SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm", "-journal", "-queue"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)


def unknown_migrations(database: Path) -> list[str]:
    """Return the migrations applied to a database that this version does not have."""
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute("SELECT app, name FROM django_migrations").fetchall()
    return sorted(
        f"{app}.{name}"
        for app, name in rows
        if (folder := ROOT / app / "migrations").is_dir()
        and not (folder / f"{name}.py").exists()
    )


def refuse_earlier_version(database: Path) -> None:
    """Stop before a file that is no database of this version's tables."""
    try:
        is_earlier = bool(unknown_migrations(database))
    except sqlite3.DatabaseError:
        sys.exit(
            f"{database.name} is no finished database of Jiedao: it is empty or broken."
            f" Nothing was changed. {HELP}"
        )
    if is_earlier:
        sys.exit(
            f"{database.name} was built by an earlier version of Jiedao, and this one"
            f" cannot continue it. Nothing was changed. {HELP}"
        )


@contextmanager
def running(mode: int = fcntl.LOCK_SH) -> Iterator[None]:
    """Hold the lock of those who serve the city, or stop where it is being served."""
    VAR.mkdir(exist_ok=True)
    with RUNNING.open("w") as file:
        try:
            fcntl.flock(file, mode | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit("The demo is running. Nothing was changed. Stop it with Ctrl-C.")
        yield


def reset() -> None:
    """Throw the demo city away, unless it is being served."""
    with running(fcntl.LOCK_EX):
        remove(DATABASE)
        remove(UNFINISHED)
        ACCOUNTS.unlink(missing_ok=True)
        shutil.rmtree(VAR / "attachments", ignore_errors=True)


def prepare() -> None:
    """Migrate the database, or build it if there is none."""
    VAR.mkdir(exist_ok=True)
    if DATABASE.exists():
        refuse_earlier_version(DATABASE)
        manage("migrate", "--verbosity", "0", database=DATABASE)
        manage("load_demo", "--if-empty", database=DATABASE)
        return
    print("Building the demo city; this takes a minute and happens once.", flush=True)
    remove(UNFINISHED)
    manage("migrate", "--verbosity", "0", database=UNFINISHED)
    manage("load_demo", database=UNFINISHED)
    UNFINISHED.rename(DATABASE)


def refuse_address(host: str, port: int, *, command: str) -> None:
    """Stop in words where nothing can listen on the port of the host."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OverflowError:
            sys.exit(f"{port} is no port: choose one from 1024 to 65535.")
        except OSError as error:
            reasons = {
                errno.EADDRINUSE: f"Port {port} is taken. Choose another: {command}"
                " PORT=8001",
                errno.EACCES: f"Port {port} is for the system alone. Choose one from"
                f" 1024: {command} PORT=8001",
            }
            no_address = f"{host} is no address of this machine. Leave HOST out."
            sys.exit(reasons.get(error.errno or 0, no_address))


def own_address(host: str) -> str:
    """Return the address to type on a phone if the server listens on every address."""
    if host != "0.0.0.0":  # noqa: S104 -- compared with, not listened on
        return host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # chooses a route, sends nothing
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def accepts_connections(host: str, port: int) -> bool:
    """Whether the server accepts connections yet."""
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True


def stop(processes: list[subprocess.Popen[bytes]]) -> None:
    """Terminate the processes; kill those that do not end."""
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def announce(address: str) -> None:
    """Print the address, and one sign-in for each role."""
    print(f"\nJiedao is at {address}  (Ctrl-C stops it)\n")
    if ACCOUNTS.exists():
        print(ACCOUNTS.read_text(encoding="utf-8"))
    else:
        print(f"{ACCOUNTS.relative_to(ROOT)} is gone; `make demo-reset` starts over.")
    sys.stdout.flush()


def start(*arguments: str, log: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start one part of the demo, with its output in the log."""
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment(DATABASE),
        stdout=log,
        stderr=subprocess.STDOUT,
    )


def watch(parts: dict[str, subprocess.Popen[bytes]], host: str, port: int) -> str:
    """Print the address once it answers; return when and why a part failed."""
    address = own_address(host)
    deadline = time.monotonic() + PATIENCE_SECONDS
    announced = False
    while all(part.poll() is None for part in parts.values()):
        if not announced and (announced := accepts_connections(address, port)):
            announce(f"http://{address}:{port}/")
        if not announced and time.monotonic() > deadline:
            return "The server does not answer"
        time.sleep(0.2)
    dead = [name for name, part in parts.items() if part.poll() is not None]
    return f"The {' and the '.join(dead)} ended"


def serve(host: str, port: int) -> int:
    """Run both until one of them ends or someone asks to stop."""
    with LOG.open("wb") as log:
        parts = {
            "server": start("runserver", "--noreload", f"{host}:{port}", log=log),
            "worker": start("work", log=log),
        }
        try:
            reason = watch(parts, host, port)
        finally:
            stop(list(parts.values()))
    print("".join(LOG.read_text("utf-8").splitlines(keepends=True)[-20:]))
    print(f"{reason}; stopped. More in {LOG.relative_to(ROOT)}.", file=sys.stderr)
    return 1


def on_termination(_signal: int, _frame: FrameType | None) -> None:
    """Treat SIGTERM like Ctrl-C."""
    raise Stopped


def main() -> int:
    """Build if necessary, then serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--reset", action="store_true", help="throw the city away")
    options = parser.parse_args()
    if options.reset:
        reset()
        return 0
    refuse_address(options.host, options.port, command="make demo")
    signal.signal(signal.SIGTERM, on_termination)
    try:
        with running():
            prepare()
            return serve(options.host, options.port)
    except (KeyboardInterrupt, Stopped):
        print("\nStopped. What was built stays; `make demo` goes on with it.")
        return 0


if __name__ == "__main__":
    sys.exit(main())
