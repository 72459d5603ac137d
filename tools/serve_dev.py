"""Serve the demo city to a developer: reload on every change, show the debug toolbar.

It is the database of `make demo`, with `config.settings.dev`. The worker runs beside
the server; both write to the terminal, mail included. Ctrl-C stops both.
"""

import argparse
import signal
import subprocess
import sys

from serve_demo import (
    DATABASE,
    ROOT,
    Stopped,
    announce,
    environment,
    on_termination,
    own_address,
    prepare,
    refuse_address,
    running,
    stop,
)

SETTINGS = "config.settings.dev"


def start(*arguments: str) -> subprocess.Popen[bytes]:
    """One part, with the developer's settings over the demo's database."""
    env = environment(DATABASE) | {"DJANGO_SETTINGS_MODULE": SETTINGS}
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=env
    )


def main() -> int:
    """Build the city if need be, then serve until someone asks to stop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args()
    refuse_address(options.host, options.port, command="make run")
    signal.signal(signal.SIGTERM, on_termination)
    with running():
        return serve(options.host, options.port)


def serve(host: str, port: int) -> int:
    """Build the city if need be, and serve it until someone asks to stop."""
    prepare()
    announce(f"http://{own_address(host)}:{port}/")
    parts = [start("work"), start("runserver", f"{host}:{port}")]
    try:
        return parts[-1].wait()
    except (KeyboardInterrupt, Stopped):
        return 0
    finally:
        stop(parts)


if __name__ == "__main__":
    sys.exit(main())
