"""Measure how much less a list page costs than when templates walked its cells.

Two processes open the same pages by turns: one as the product stands, one as it stood,
with the templates of `tools/bench_templates`, rows counted twice, and last rows
sought among all. They must answer the same bytes in every round; they are timed by the
CPU that each takes, so that other programs on the machine do not count.

A turn is one page that is not counted and several that are, their median. Timed alone,
the first page after the other's turn pays for caches that the other process and this
one's own output have filled: some milliseconds on either side, which bring a quotient
towards one, while a server opens page after page. The sides begin by turns. What stands
after the first pages is out of the garbage collector's rounds on both sides, or a full
round of it falls on a single page and costs more than the page does.

`python tools/bench_pages.py old` (or `new`) is such a process: on each line it reads a
user name and an address, and it answers with the milliseconds and the page.
"""

import gc
import json
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bench_files import Measured

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "tools" / "bench_templates"
ROUNDS = 9
WARM = 2
IN_A_ROW = 5
LIMIT = 2.0
KEYS = ("members.list_ms", "posts.list_ms")
# A token of forms and a key of writes differ with every answer.
FRESH = re.compile(r"\b(?:[A-Za-z0-9]{64}|[0-9a-f]{32})\b")


class Side:
    """One of the two processes."""

    def __init__(self, name: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, __file__, name],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def take_turn(self, username: str, address: str) -> tuple[float, str]:
        """Return the milliseconds that a page takes in a turn, and the page."""
        asked, told = self.process.stdin, self.process.stdout
        if asked is None or told is None:
            sys.exit("The other process cannot be reached.")
        asked.write(json.dumps([username, address]) + "\n")
        asked.flush()
        took, text = json.loads(told.readline())
        return took, FRESH.sub("", text)

    def close(self) -> None:
        """Let the process end."""
        self.process.communicate()


def measure_speedup(only: str) -> Iterator[Measured]:
    """How many times cheaper each list page is than it was, and the least of them."""
    if not "pages.speedup".startswith(only):
        return
    old, new = Side("old"), Side("new")
    try:
        found = dict(_speedups(old, new))
    finally:
        old.close()
        new.close()
    for key, ratios in found.items():
        name = f"pages.{key.partition('.')[0]}_speedup"
        yield Measured(name, statistics.median(ratios), "times", "", ratios)
    least = min(found.values(), key=statistics.median)
    against = f"limit >= {LIMIT:g}"
    yield Measured("pages.speedup", statistics.median(least), "times", against, least)


def _speedups(old: Side, new: Side) -> Iterator[tuple[str, list[float]]]:
    from bench import PAGES

    for key in KEYS:
        username, address, _limit = PAGES[key]
        ratios = []
        for number in range(WARM + ROUNDS):
            sides = (old, new) if number % 2 else (new, old)
            turns = {side: side.take_turn(username, address) for side in sides}
            (before, was), (after, is_now) = turns[old], turns[new]
            if was != is_now:
                sys.exit(f"{address} is not the page it was.")
            ratios.append(before / after)
        yield key, ratios[WARM:]


def put_back() -> None:
    """Let pages be made as they were before."""
    from django.conf import settings

    from core.web.exports import ExportedPage
    from core.web.list_pages import ListPage
    from members.querysets import MemberQuerySet
    from volunteering.tables import OpenShiftTable

    settings.TEMPLATES[0]["DIRS"].insert(0, TEMPLATES)
    for name in ("get_paginate_by", "get_table_pagination"):
        delattr(ListPage, name)
    del ExportedPage.get_table
    delattr(OpenShiftTable, "render_title")
    columns = OpenShiftTable.base_columns
    columns["title"] = _drawn_title(columns["title"].verbose_name)
    MemberQuerySet._last_at = last_at  # type: ignore[method-assign] # noqa: SLF001 -- as it was


def _drawn_title(heading: Any) -> Any:
    """Return the column of titles as it was: a template drew each."""
    from django_tables2 import TemplateColumn

    code = '{% include "volunteering/_shift_title.html" %}'
    return TemplateColumn(code, verbose_name=heading, accessor="post__title")


def last_at(self: Any, relation: str, lookup: str, paths: Iterable[str]) -> Any:
    """Find last rows among all, the open ones included, as it was done before."""
    from django.db.models import Exists, OuterRef

    from core.db.querysets import any_of
    from core.db.tree import path_range

    rows = getattr(self.model, relation).rel.related_model.objects
    later = rows.filter(member=OuterRef("member"), starts_on__gt=OuterRef("starts_on"))
    below = any_of(path_range(lookup, path) for path in paths)
    last = rows.filter(below).filter(~Exists(later))
    return last.order_by().values("member")


def answer(side: str) -> None:
    """Open the pages that are asked for until nobody asks."""
    import bench  # names the settings
    import django

    django.setup()
    if side == "old":
        put_back()
    signed_in: dict[str, Any] = {}
    for line in sys.stdin:
        username, address = json.loads(line)
        if username not in signed_in:
            signed_in[username] = bench.signed_in(username)
            signed_in[username].get(address)
            gc.collect()
            gc.freeze()
        times = []
        for _ in range(1 + IN_A_ROW):
            began = time.process_time()
            page = signed_in[username].get(address)
            times.append((time.process_time() - began) * 1000)
            if page.status_code != 200:
                sys.exit(f"{address} answered {page.status_code}.")
        took = statistics.median(times[1:])
        print(json.dumps([took, page.content.decode()]), flush=True)


if __name__ == "__main__":
    answer(sys.argv[1])
