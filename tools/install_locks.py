"""Install each lock file into bare environments, with an old pip and with the newest.

The environments are filled by the Makefile's own rules, so the flags are those that
`make demo` and `make test` use; `pip check` follows. Both versions of pip come from the
index, so this needs a network.
"""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The largest first, so that both workers end at about the same time.
LOCKS = ["dev", "test", "prod", "base"]
# What Debian 12 ships; a newer Python does not run it and comes with 23.2 at least.
OLD = "pip==23.0.1" if sys.version_info < (3, 12) else "pip==23.2.1"
NEWEST = "pip"
WORKERS = 2
# What the calling make sets concerns its own environment.
INHERITED = {"MAKEFLAGS", "MAKELEVEL", "MFLAGS", "PYTHONPATH", "VIRTUAL_ENV"}
# Compiling takes long and proves nothing here.
ENV = {key: text for key, text in os.environ.items() if key not in INHERITED}
ENV |= {"PIP_NO_COMPILE": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def run(*command: str) -> str:
    """Run one step and return its output."""
    return subprocess.run(
        command,
        cwd=ROOT,
        env=ENV,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=True,
    ).stdout


def install(lock: str, pip: str) -> str:
    """Fill one bare environment and return a line that says how it went."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="locks-") as folder:
        python = str(Path(folder) / "bin" / "python")
        run(sys.executable, "-m", "venv", folder)
        run(python, "-m", "pip", "install", "--quiet", "--upgrade", pip)
        run("make", f"VENV={folder}", f"{folder}/.{lock}")
        verdict = run(python, "-m", "pip", "check").strip()
        version = run(python, "-m", "pip", "--version").split()[1]
        packages = len(list(Path(folder).glob("lib/*/site-packages/*.dist-info")))
    took = time.monotonic() - begun
    return (
        f"{lock + '.txt':9} pip {version:7} {packages:4} packages "
        f"{took:5.0f} s  {verdict}"
    )


def attempt(lock: str, pip: str) -> bool:
    """Return whether one environment could be filled; print how it went."""
    try:
        print(install(lock, pip), flush=True)
    except subprocess.CalledProcessError as failed:
        words = " ".join(failed.cmd)
        print(f"{lock}.txt with {pip}: failed\n$ {words}\n{failed.output}", flush=True)
        return False
    return True


def main() -> int:
    """Return 0 when all four lock files could be installed with both pips."""
    cases = [(lock, pip) for lock in LOCKS for pip in (OLD, NEWEST)]
    with ThreadPoolExecutor(WORKERS) as workers:
        done = list(workers.map(lambda case: attempt(*case), cases))
    return 0 if all(done) else 1


if __name__ == "__main__":
    sys.exit(main())
