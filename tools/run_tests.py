"""Run on SQLite what may differ there, then the whole suite on PostgreSQL.

`tests/second_database.py` says which tests those are and counts the others. Arguments
this tool does not know go to pytest as they are. Of matrices a slice runs
(`tests/sampling.py`), unless the arguments name a file or a test. What this machine
cannot run is deselected and named in one line; with CI=true that is a failure.
PostgreSQL's own summary comes last.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from database_digest import digest, makers
from services import Services, services

ROOT = Path(__file__).resolve().parent.parent
PYTEST = [sys.executable, "-m", "pytest"]
SECOND_DATABASE = ["-p", "tests.second_database"]
SLICES = ["-p", "tests.sampling"]
MIGRATED_ONCE = ["-p", "tests.migrated_database"]
COVERAGE = ["--cov", "--cov-report=term"]
# What pytest ends with where the arguments name only tests that use no database.
NOTHING_TO_RUN = 5


def selection(*, drills: bool, without: list[str]) -> str:
    """The marker expression that leaves out what shall or can not run."""
    wanted = "drill" if drills else "not drill"
    return " and ".join([wanted, *(f"not {marker}" for marker in without)])


def environment(found: Services, database: str | None) -> dict[str, str]:
    """What the test settings read; without a database they take a SQLite file."""
    outside = {"DATABASE_URL", "REDIS_URL"}  # somebody's data may stand there
    told = {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATABASE_URL": database,
        "TEST_REDIS_URL": found.redis,
        "CHROMIUM": found.chromium,
        "MIGRATED_DATABASE": digest(makers()),
    }
    rest = {key: text for key, text in os.environ.items() if key not in outside}
    # Rewriting every assertion anew costs each process seconds: bytecode is kept.
    rest["PYTHONDONTWRITEBYTECODE"] = ""
    return rest | {key: text for key, text in told.items() if text}


def slices(options: argparse.Namespace) -> list[str]:
    """What has the cases of large matrices run in slices; named tests run whole."""
    named = any((ROOT / one.partition("::")[0]).exists() for one in options.arguments)
    return [] if named or options.cover else SLICES


def run(env: dict[str, str], chosen: str, *arguments: str) -> int:
    """One run of the suite, on as many processes as there are cores."""
    # A worker that is done early takes over half of what the other has before it.
    workers = ["-n", env.get("WORKERS", "auto"), "--dist", "worksteal"]
    return subprocess.call(
        [*PYTEST, *MIGRATED_ONCE, *workers, "-m", chosen, *arguments], cwd=ROOT, env=env
    )


def run_on_sqlite(found: Services, options: argparse.Namespace) -> int:
    """What may differ on SQLite, on a file as in an office."""
    print("== SQLite", flush=True)
    chosen = selection(drills=False, without=list(found.missing(drills=False)))
    env = environment(found, None)
    plugins = [*slices(options), *SECOND_DATABASE]
    status = run(env, chosen, *plugins, *options.arguments)
    return 0 if status == NOTHING_TO_RUN else status


def run_on_postgres(found: Services, options: argparse.Namespace) -> int:
    """Everything this machine can run."""
    if found.postgres is None:
        return 1
    print("== PostgreSQL", flush=True)
    missing = found.missing(drills=options.drills)
    chosen = selection(drills=options.drills, without=list(missing))
    measured = COVERAGE if options.cover else []
    env = environment(found, found.postgres)
    return run(env, chosen, *slices(options), *measured, *options.arguments)


def name_what_cannot_run(found: Services, options: argparse.Namespace) -> None:
    """One line, before PostgreSQL's summary; in CI nothing may be missing."""
    missing = found.missing(drills=options.drills)
    if not missing:
        return
    reasons = "; ".join(f"{marker} ({why})" for marker, why in missing.items())
    print(f"Not run on this machine: {reasons}", flush=True)
    if os.environ.get("CI") == "true":
        sys.exit("CI must run everything.")


def main() -> int:
    """Return 0 when every run passes."""
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
        name_what_cannot_run(found, options)
        return run_on_postgres(found, options) or sqlite


if __name__ == "__main__":
    sys.exit(main())
