"""Measure what the tree and its bodies cost in a large city, on PostgreSQL.

Two loads that the demo city does not have: a community of 499 branches and a million
members that is put below another street, and four hundred communities whose bodies have
sat for ten years. The rows are copied from one that the actions wrote; the actions
and pages that are measured are the product's own.

`python tools/bench_tree.py` is the process that measures, on the database that
`DATABASE_URL` names; it prints its figures as JSON.
"""

import json
import math
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2
from bench_city import (
    MEMBERS,
    MEMBERS_OF_A_COMMUNITY,
    branches_below,
    build_bodies,
    build_members,
    build_tree,
    homes_of,
)
from bench_files import Figures, Measured

ROOT = Path(__file__).resolve().parent.parent
DATABASE = "jiedao_bench_tree"
ROUNDS = 20
PER_PAGE = 50
MOVE, PAGES = "tree.move_s", "bodies.pages_p95_ms"
MOVE_LIMIT, PAGES_LIMIT = 1.0, 150.0


def measure_tree(only: str) -> Iterator[Measured]:
    """The move of a subtree, and the slowest of the pages about bodies."""
    if any(key.startswith(only) for key in (MOVE, PAGES)):
        yield from measure_apart(__file__, DATABASE)


def measure_apart(program: str, database: str) -> Iterator[Measured]:
    """Run a program that measures on a PostgreSQL database of its own."""
    from services import services

    with services(database) as found:
        if found.postgres is None:
            print(f"No PostgreSQL: nothing is measured by {Path(program).name}.")
            return
        env = {
            **os.environ,
            "DATABASE_URL": found.postgres,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
        }
        with empty_database(found.postgres, database):
            run = subprocess.run(
                [sys.executable, "-W", "ignore", program],
                cwd=ROOT,
                env=env,
                stdout=subprocess.PIPE,
                text=True,
                check=True,
            )
    for key, value, unit, against, runs in json.loads(run.stdout.splitlines()[-1]):
        yield Measured(key, value, unit, against, runs)


@contextmanager
def empty_database(address: str, name: str) -> Iterator[None]:
    """Make the database that an address names, without what an earlier run left."""
    server = psycopg2.connect(urlsplit(address)._replace(path="/postgres").geturl())
    server.autocommit = True
    with closing(server), server.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
        try:
            yield
        finally:
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def move_once(places: dict[str, Any]) -> float:
    """Return the seconds in which the action moves the community, then undo it."""
    from django.db import transaction

    from core.months import today
    from organizations.actions import move_organization
    from organizations.actions.changes import Basis

    basis = Basis("关于调整隶属关系的批复", "1号", "市委组织部", today())
    with transaction.atomic():
        began = time.perf_counter()
        move_organization(
            places["street-0-0"],
            parent=places["street-2"],
            basis=basis,
            on=today(),
            by=None,
            name="迁入社区",
        )
        took = time.perf_counter() - began
        transaction.set_rollback(True)
    return took


def page_times(client: Any, addresses: list[str]) -> list[float]:
    """Return the milliseconds of server time of each address, opened once before."""
    times = []
    for number in range(ROUNDS + 1):
        address = addresses[number % len(addresses)]
        began = time.perf_counter()
        answer = client.get(address)
        took = (time.perf_counter() - began) * 1000
        if answer.status_code != 200:
            sys.exit(f"{address} answered {answer.status_code}.")
        times.append(took)
    return times[1:]


def at_95(times: list[float]) -> float:
    """Return the time that 95 of 100 rounds do not exceed."""
    return sorted(times)[math.ceil(len(times) * 0.95) - 1]


def enter_as_keeper(city: Any) -> Any:
    """Return a browser in which somebody who keeps the whole city has signed in."""
    from django.test import Client

    from accounts.actions import assign_role, create_account
    from config.garbage import freeze_loaded_objects
    from organizations.roles import Role

    user = create_account("keeper", by=None, display_name="全市管理员")
    assign_role(user, Role.STREET_STAFF, by=None, organization=city)
    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend="accounts.backends.UsernameOrPhone")
    freeze_loaded_objects()  # as the web server does
    return client


def pages_of(bodies: list[int], city: Any) -> dict[str, list[str]]:
    """The pages about bodies, each with the addresses that are opened by turns."""
    from figures.coverage import coverages

    last = max(1, len(bodies) // PER_PAGE)
    spread = bodies[:: max(1, len(bodies) // ROUNDS)]
    return {
        "roster": [f"/bodies/{pk}/" for pk in spread],
        "bodies": ["/bodies/", f"/bodies/?page={last}", "/bodies/?sort=-name"],
        "holders": ["/bodies/holders/", f"/bodies/holders/?page={last}"],
        "coverage": [f"/coverage/{city.pk}/"],
        "lacking": [f"/coverage/{city.pk}/{one.key}/" for one in coverages],
    }


def measure_pages(places: dict[str, Any], bodies: list[int]) -> Figures:
    """Open the pages as somebody who keeps the whole city; the slowest comes last."""
    city = places["city"]
    client = enter_as_keeper(city)
    slowest: list[float] = []
    for name, addresses in pages_of(bodies, city).items():
        times = page_times(client, addresses)
        yield Measured(f"bodies.{name}_p95_ms", at_95(times), "ms", "", times)
        slowest = max(slowest, times, key=at_95) if slowest else times
    limit = f"limit {PAGES_LIMIT:g} ms"
    yield Measured(PAGES, at_95(slowest), "ms", limit, slowest)


def measure() -> Figures:
    """Write the city, then measure."""
    from django.core.management import call_command
    from django.db import transaction

    from core.db.digests import digesting

    call_command("migrate", verbosity=0)
    with transaction.atomic(), digesting("bench.tree"):
        places = build_tree()
    with transaction.atomic(), digesting("bench.bodies"):
        bodies = build_bodies(places)
    homes = homes_of(places)
    build_members(homes, len(homes) * MEMBERS_OF_A_COMMUNITY, first_of=998)
    yield from measure_pages(places, bodies)
    build_members(branches_below(places["street-0-0"]), MEMBERS, first_of=999)
    moves = [move_once(places) for _ in range(5)]
    limit = f"limit {MOVE_LIMIT:g} s"
    yield Measured(MOVE, statistics.median(moves), "s", limit, moves)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    print(json.dumps([[*line] for line in measure()]))
