"""Serve the demo city: the web server and, beside it, the worker that does its jobs.

The first start builds the city, under another name until it is complete; every later
start only migrates. Ctrl-C stops both; when one process ends, the other is stopped.
"""

import argparse
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from types import FrameType
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
DATABASE = VAR / "db.sqlite3"
UNFINISHED = VAR / "unfinished.sqlite3"
ACCOUNTS = VAR / "demo-accounts.txt"
LOG = VAR / "demo.log"
PATIENCE_SECONDS = 60


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
    for suffix in ("", "-wal", "-shm"):
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
    """Stop before a database that an earlier version of the tables was built for."""
    if unknown_migrations(database):
        sys.exit(
            f"{database.name} was built by an earlier version of Jiedao, and this one"
            " cannot continue it. Nothing was changed. `make demo-reset` throws the"
            " demo city away; the next `make demo` builds it again."
        )


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


def is_free(host: str, port: int) -> bool:
    """Whether the port is free."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


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
    options = parser.parse_args()
    if not is_free(options.host, options.port):
        sys.exit(f"Port {options.port} is taken. Choose another: make demo PORT=8001")
    signal.signal(signal.SIGTERM, on_termination)
    try:
        prepare()
        return serve(options.host, options.port)
    except (KeyboardInterrupt, Stopped):
        print("\nStopped. What was built stays; `make demo` goes on with it.")
        return 0


if __name__ == "__main__":
    sys.exit(main())
