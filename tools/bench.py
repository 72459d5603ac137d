"""Measure the demo city, compare, and print a table.

Every figure is the median of five rounds, taken in one run beside a calibration loop
(so many additions in pure Python), so that two machines can be compared. All go to
`var/bench.json`; `python tools/bench.py PART` takes only the parts whose key begins
with PART.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench_exports import measure_exports
from bench_files import measure_files
from bench_pages import measure_speedup
from bench_register import measure_register
from bench_returns import measure_returns
from bench_tree import measure_tree

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
DATABASE = VAR / "bench.sqlite3"
ROUNDS = 5
ADDITIONS = 2_000_000

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.demo"
os.environ["JIEDAO_DATABASE"] = str(DATABASE.relative_to(ROOT))
os.environ.pop("DATABASE_URL", None)
sys.path.insert(0, str(ROOT))

Figures = dict[str, dict[str, Any]]


def prepare() -> float | None:
    """Build the city where there is none; return how long that took."""
    if DATABASE.exists():
        return None
    call = [sys.executable, "manage.py"]
    subprocess.run([*call, "migrate", "-v0"], cwd=ROOT, check=True)
    began = time.perf_counter()
    subprocess.run([*call, "load_demo"], cwd=ROOT, check=True)
    return time.perf_counter() - began


def seconds(work: Callable[[], object]) -> float:
    """How long one round of some work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def calibrate() -> None:
    """A loop that costs the same everywhere but for the machine."""
    total = 0
    for number in range(ADDITIONS):
        total += number


def figure(value: float, unit: str, against: str, runs: list[float]) -> dict[str, Any]:
    """One line of the table."""
    rounded = [round(run, 3) for run in runs]
    return {
        "value": round(value, 3),
        "unit": unit,
        "against": against,
        "runs": rounded,
    }


def signed_in(username: str) -> Any:
    """Return a browser in which a person has signed in."""
    from django.test import Client

    from accounts.models import User

    client = Client(headers={"host": "localhost"})
    user = User.objects.get(username=username)
    client.force_login(user, backend="accounts.backends.UsernameOrPhone")
    return client


def page(username: str, address: str) -> Callable[[], tuple[float, int]]:
    """Return what opens a page as a person and tells its seconds and its queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(username)
    while (answer := client.get(address)).status_code == 302:
        address = answer.headers["location"]

    def open_page() -> tuple[float, int]:
        began = time.perf_counter()
        response = client.get(address)
        took = time.perf_counter() - began
        if response.status_code != 200:
            sys.exit(f"{address} answered {response.status_code}.")
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return took, len(queries)

    return open_page


PAGES = {
    "dashboard.page_ms": ("shiwei", "/dashboard/", 50.0),
    "dashboard.street_ms": ("jiedao", "/dashboard/", 50.0),
    "members.list_ms": ("jiedao", "/members/", None),
    "posts.list_ms": ("dangyuan", "/posts/", None),
    "desk.page_ms": ("shuji", "/desk/", None),
}


def measure_pages(only: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Server time of the pages that are opened most, and their queries."""
    for key, (username, address, limit) in PAGES.items():
        if not key.startswith(only):
            continue
        open_page = page(username, address)
        open_page()
        rounds = [open_page() for _ in range(ROUNDS)]
        times = [took * 1000 for took, _queries in rounds]
        against = f"limit {limit:g} ms" if limit else ""
        yield key, figure(statistics.median(times), "ms", against, times)
        queries = [float(count) for _took, count in rounds]
        name = key.rsplit("_", 1)[0] + "_queries"
        yield name, figure(statistics.median(queries), "queries", "", queries)


def main(only: str) -> None:
    """Take the measurements, write them down, print them."""
    built = prepare()
    import django

    django.setup()
    loops = [seconds(calibrate) * 1000 for _ in range(ROUNDS)]
    taken: Figures = {
        "calibration.loop_ms": figure(statistics.median(loops), "ms", "", loops)
    }
    if built is not None:
        taken["demo.load_s"] = figure(built, "s", "limit 60 s", [built])
    taken.update(measure_pages(only))
    for one in (
        *measure_speedup(only),
        *measure_files(only),
        *measure_exports(only),
        *measure_returns(only),
        *measure_tree(only),
        *measure_register(only),
    ):
        taken[one.key] = figure(*one[1:])
    path = VAR / "bench.json"
    known = json.loads(path.read_text()) if path.exists() else {}
    path.write_text(json.dumps({**known, **taken}, indent=1, ensure_ascii=False) + "\n")
    for key, line in taken.items():
        print(f"{key:28} {line['value']:>10} {line['unit']:8} {line['against']}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
