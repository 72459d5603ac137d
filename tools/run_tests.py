"""Run the suite on SQLite, then the whole of it on PostgreSQL.

Arguments it does not know go to pytest as they are. What this machine cannot run is
deselected and named in one line; with CI=true that is a failure. PostgreSQL's own
summary comes last.
"""

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path

from services import Services, services

ROOT = Path(__file__).resolve().parent.parent
PYTEST = [sys.executable, "-m", "pytest"]
# What SQLite is not asked: it has no row locks, and one browser run is enough.
NOT_ON_SQLITE = ["postgres", "browser"]
COVERAGE = ["--cov", "--cov-report=term"]


def selection(*, drills: bool, without: list[str]) -> str:
    """The marker expression that leaves out what shall or can not run."""
    wanted = "drill" if drills else "not drill"
    return " and ".join([wanted, *(f"not {marker}" for marker in without)])


def count(markers: list[str], arguments: list[str], env: dict[str, str]) -> int:
    """How many tests carry one of the markers."""
    places = [argument for argument in arguments if not argument.startswith("-")]
    found = subprocess.run(
        [*PYTEST, "--collect-only", "-q", "-m", " or ".join(markers), *places],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        text=True,
        check=False,  # the run that follows shows what is wrong
    )
    numbers = re.search(r"(\d+)(?:/\d+)? tests? collected", found.stdout)
    return int(numbers[1]) if numbers else 0


def environment(found: Services, database: str | None) -> dict[str, str]:
    """What the test settings read; without a database they take a SQLite file."""
    outside = {"DATABASE_URL", "REDIS_URL"}  # somebody's data may stand there
    told = {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATABASE_URL": database,
        "TEST_REDIS_URL": found.redis,
        "CHROMIUM": found.chromium,
    }
    rest = {key: text for key, text in os.environ.items() if key not in outside}
    return rest | {key: text for key, text in told.items() if text}


def run(env: dict[str, str], chosen: str, *arguments: str) -> int:
    """One run of the suite, on as many processes as there are cores."""
    workers = ["-n", env.get("WORKERS", "auto")]
    return subprocess.call(
        [*PYTEST, *workers, "-m", chosen, *arguments], cwd=ROOT, env=env
    )


def run_on_sqlite(found: Services, options: argparse.Namespace) -> int:
    """All but what SQLite has no means for, on a file as in an office."""
    env = environment(found, None)
    left_out = count(NOT_ON_SQLITE, options.arguments, env)
    print(f"== SQLite ({left_out} tests left to PostgreSQL)", flush=True)
    without = list(dict.fromkeys([*NOT_ON_SQLITE, *found.missing()]))
    chosen = selection(drills=False, without=without)
    return run(env, chosen, *options.arguments)


def run_on_postgres(found: Services, options: argparse.Namespace) -> int:
    """Everything this machine can run."""
    if found.postgres is None:
        return 1
    print("== PostgreSQL", flush=True)
    chosen = selection(drills=options.drills, without=list(found.missing()))
    measured = COVERAGE if options.cover else []
    env = environment(found, found.postgres)
    return run(env, chosen, *measured, *options.arguments)


def name_what_cannot_run(found: Services) -> None:
    """One line, before PostgreSQL's summary; in CI nothing may be missing."""
    missing = found.missing()
    if not missing:
        return
    reasons = "; ".join(f"{marker} ({why})" for marker, why in missing.items())
    print(f"Not run on this machine: {reasons}", flush=True)
    if os.environ.get("CI") == "true":
        sys.exit("CI must run everything.")


def main() -> int:
    """Nought when every run was green."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--cover", action="store_true", help="PostgreSQL alone, with the branch gate"
    )
    parser.add_argument("--drills", action="store_true", help="the long tests alone")
    options, arguments = parser.parse_known_args()
    options.arguments = arguments
    os.chdir(ROOT)
    with services(f"jiedao_{os.getpid()}") as found:
        alone = options.cover or options.drills
        sqlite = 0 if alone else run_on_sqlite(found, options)
        name_what_cannot_run(found)
        return run_on_postgres(found, options) or sqlite


if __name__ == "__main__":
    sys.exit(main())
