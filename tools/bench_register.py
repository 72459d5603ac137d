"""Measure what a register of a million members costs, on PostgreSQL.

A hundred streets with 2,000 communities and 8,000 branches: the list of members as
who keeps them all opens it (its first page, its thousandth, a search by initials and
its filters), the rows behind a figure, and the search for duplicates. Rows are copied
from one that an action wrote, under names and days of their own; nobody has left, and
nobody is checked in.

`REGISTER_MEMBERS=20000 make bench ONLY=register` tries it with fewer. `python
tools/bench_register.py` is the process that measures, on the database that
`DATABASE_URL` names; it prints its figures as JSON.
"""

import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench_city import admit, affiliate_copies, copy_rows, place, vacuum
from bench_files import Figures, Measured
from bench_tree import PER_PAGE, at_95, enter_as_keeper, measure_apart, page_times

ROOT = Path(__file__).resolve().parent.parent
DATABASE = "jiedao_bench_register"
MEMBERS = int(os.environ.get("REGISTER_MEMBERS", "1000000"))
MEMBERS_OF_A_STREET = 10_000
COMMUNITIES, BRANCHES = 20, 4
DEEP_PAGE = 1_000
PAGES, SCAN = "register.pages_p95_ms", "register.scan_s"
PAGES_LIMIT, SCAN_LIMIT = 150.0, 300.0
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华玉萍红建文辉鹏"


def measure_register(only: str) -> Iterator[Measured]:
    """The slowest page about a million members, and the search for duplicates."""
    if any(key.startswith(only) for key in (PAGES, SCAN)):
        yield from measure_apart(__file__, DATABASE)


def build_streets(streets: int) -> dict[str, Any]:
    """Write the city: its streets, their communities, and branches of each."""
    from organizations.actions import create_organizations
    from organizations.enums import OrganizationKind as Kind

    rows = [place("city", "市委", Kind.CITY, None)]
    for street in range(streets):
        above = f"street-{street}"
        rows.append(place(above, f"第{street}街道", Kind.STREET, "city"))
        for number in range(COMMUNITIES):
            code = f"{above}-{number}"
            rows.append(place(code, f"第{number}社区", Kind.COMMUNITY, above))
            rows += [
                place(f"{code}-{branch}", f"第{branch}支部", Kind.BRANCH, code)
                for branch in range(BRANCHES)
            ]
    return dict(create_organizations(rows, by=None))


def _scatter(seed: int, size: int) -> str:
    """Return SQL for a number below a size that follows from n, as if by chance."""
    return f"mod(abs(hashint8(n::bigint * 64 + {seed})::bigint), {size})::int"


def _choose(texts: list[str], seed: int) -> str:
    """Return SQL that chooses a text by the number of the row."""
    listed = ",".join(f"'{text}'" for text in texts)
    return f"(ARRAY[{listed}])[1 + {_scatter(seed, len(texts))}]"


def columns_of_people(branches: list[Any]) -> dict[str, str]:
    """Return SQL over n for what tells people apart: names, days, numbers, branch."""
    from core.pinyin import sort_key

    given = [one + other for one in GIVEN for other in GIVEN]
    parts = [([*SURNAMES], 1), (given, 2)]
    name, ordered, full, initials = (
        [_choose([say(text) for text in texts], seed) for texts, seed in parts]
        for say in (str, sort_key, _full_sound, _initials)
    )
    keys = ",".join(str(branch.pk) for branch in branches)
    born = f"(DATE '1930-01-01' + {_scatter(3, 24_000)})"
    return {
        "name": " || ".join(name),
        "sort_key": " || ".join(ordered),
        "sound": f"{' || '.join(full)} || ' ' || {' || '.join(initials)}",
        "birth_date": born,
        "join_date": f"{born} + 7000 + {_scatter(4, 3_000)}",
        "category": _choose(["resident", "retired", "in_service"], 5),
        "id_index": "'bench-' || n",
        "phone_index": "'bench-' || n",
        "organization_id": f"(ARRAY[{keys}])[1 + mod(n, {len(branches)})]",
    }


def _full_sound(text: str) -> str:
    from core.pinyin import search_key

    return search_key(text).split()[0]


def _initials(text: str) -> str:
    from core.pinyin import search_key

    return search_key(text).split()[1]


def build_register(branches: list[Any], amount: int) -> None:
    """Write the members, spread evenly over the branches, and where they belong."""
    from members.models import Member

    first = admit(branches[0], 998)
    copy_rows(Member, first, amount - 1, **columns_of_people(branches))
    affiliate_copies(first)


def pages_of(city: Any, community: Any) -> dict[str, list[str]]:
    """The pages of the register, each with the addresses that are opened by turns."""
    from core.months import month_of, today
    from figures.drilldown import rows_url
    from reports.returns.balance import CLOSING

    last = min(DEEP_PAGE, max(1, MEMBERS // PER_PAGE))
    month = month_of(today())
    return {
        "first_page": ["/members/"],
        "deep_page": [f"/members/?page={last}"],
        "initials": [f"/members/?q={text}" for text in ("zwf", "lj", "wxl", "cgy")],
        "organization": [f"/members/?organization={community.pk}"],
        "category": [f"/members/?category={one}" for one in ("retired", "in_service")],
        "group": [f"/members/?group={one}" for one in ("old", "young")],
        "missing": ["/members/?missing=address", "/members/?missing=phone"],
        "drilldown": [rows_url(city.pk, month, CLOSING)],
        "drilldown_community": [rows_url(community.pk, month, CLOSING)],
    }


def measure_pages(city: Any, community: Any) -> Figures:
    """Open the pages as somebody who keeps the whole city; the slowest comes last."""
    client = enter_as_keeper(city)
    slowest: list[float] = []
    for name, addresses in pages_of(city, community).items():
        times = page_times(client, addresses)
        yield Measured(f"register.{name}_p95_ms", at_95(times), "ms", "", times)
        slowest = max(slowest, times, key=at_95) if slowest else times
    limit = f"limit {PAGES_LIMIT:g} ms"
    yield Measured(PAGES, at_95(slowest), "ms", limit, slowest)


def measure_scan() -> Figures:
    """Search the register for duplicates once, and list the pairs."""
    from members.actions import scan_register

    began = time.perf_counter()
    pairs = scan_register(lambda _percent: None)
    took = time.perf_counter() - began
    yield Measured("register.pairs", float(pairs), "pairs", "", [float(pairs)])
    yield Measured(SCAN, took, "s", f"limit {SCAN_LIMIT:g} s", [took])


def measure() -> Figures:
    """Write the register, then measure."""
    from django.core.management import call_command
    from django.db import transaction

    from core.db.digests import digesting

    call_command("migrate", verbosity=0)
    streets = max(1, MEMBERS // MEMBERS_OF_A_STREET)
    with transaction.atomic(), digesting("bench.register"):
        places = build_streets(streets)
    branches = [node for code, node in places.items() if code.count("-") == 3]
    build_register(branches, MEMBERS)
    vacuum()
    yield from measure_pages(places["city"], places["street-0-0"])
    yield from measure_scan()


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    print(json.dumps([[*line] for line in measure()]))
