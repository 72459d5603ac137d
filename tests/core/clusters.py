"""A PostgreSQL server of a drill's own, to be killed."""

import shutil
import socket
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

import psutil
import psycopg2

from tests.exchange.processes import database_url


class Cluster:
    """A PostgreSQL server of the drill's own, with a copy of the test's database."""

    settings = ""  # more of the server's own, as `-c name=value`

    def __init__(self):
        # Not below pytest's folder, which its own user alone may enter.
        self.folder = Path(tempfile.mkdtemp(prefix="cluster-"))
        self.data = self.folder / "data"
        self.binaries = next(Path("/usr/lib/postgresql").glob("*/bin"))
        with socket.create_server(("127.0.0.1", 0)) as listening:
            self.port = listening.getsockname()[1]
        self.url = f"postgres://postgres@127.0.0.1:{self.port}/drill"
        shutil.chown(self.folder, "postgres", "postgres")
        self.call("initdb", "-D", self.data, "-A", "trust", "-k", "-U", "postgres")

    def call(self, program, *arguments):
        as_user = ["runuser", "-u", "postgres", "--"]
        subprocess.run(  # noqa: S603 -- PostgreSQL's own programs
            [*as_user, self.binaries / program, *arguments],
            check=True,
            cwd="/",
            stdout=subprocess.DEVNULL,
        )

    def start(self):
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        options = f"{options} {self.settings}"
        log = self.folder / "log"
        self.call(
            *("pg_ctl", "-D", self.data, "-o", options, "-w", "-t", "120"),
            *("-l", log, "start"),
        )

    def fill(self):
        """Copy the database of the test, its triggers and rows included."""
        self.call("createdb", "-h", "127.0.0.1", "-p", str(self.port), "drill")
        source = ["pg_dump", "--no-owner", database_url()]
        with subprocess.Popen(source, stdout=subprocess.PIPE) as dump:  # noqa: S603
            subprocess.run(  # noqa: S603
                ["psql", "-q", "-v", "ON_ERROR_STOP=1", self.url],  # noqa: S607
                stdin=dump.stdout,
                stdout=subprocess.DEVNULL,
                check=True,
            )

    def stop(self):
        """Stop the server as an administrator does; whoever is connected is cut off."""
        self.call("pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop")

    def is_running(self):
        return (self.data / "postmaster.pid").exists()

    def kill(self):
        """Kill the server and its processes, as running out of memory would."""
        first = psutil.Process(
            int((self.data / "postmaster.pid").read_text().split()[0])
        )
        processes = [first, *first.children(recursive=True)]
        for process in processes:
            process.kill()
        psutil.wait_procs(processes)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def rows(self, sql, *params):
        with closing(psycopg2.connect(self.url)) as link, link.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()
