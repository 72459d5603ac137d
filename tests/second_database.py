"""The rule by which SQLite is asked again what PostgreSQL has answered in full.

PostgreSQL runs everything but the cases of matrices that `tests/sampling.py`
leaves to the drills; those are left out here too. On SQLite `make test` runs with this
plugin, which keeps the tests whose answer may differ there and counts what it leaves
out:

1. A test that uses no database is left out: there is nothing to differ.
2. So is one that is marked `postgres` (row locks, staged races) or `browser`.
3. Of the tests of rules, actions, querysets and figures of each file one in
   `RULES_ONE_IN` is kept, and of those that go through pages one in `PAGES_ONE_IN`; of
   each file at least one of either. The slice of `tests/sampling.py` says which, so
   that other commits ask the others. What is marked `both` is never left out: that
   every page opens.
4. A run of named tests, or of every case, asks all rules; of a matrix (a test of more
   than `MATRIX` cases) and of the tests that go through pages it asks one in `ONE_IN`,
   of each matrix and each file at least one. The name chooses, so that the choice is
   the same in any order and on any machine, and a new test moves no other.
5. Of walks that differ by their seed alone, one is kept.

Nothing else is left out, and what is left out is said with its count.
"""

from collections import Counter, defaultdict
from zlib import crc32

import pytest
from django.test import Client

from tests.client import Browser
from tests.sampling import (
    drawn,
    name_of_test,
    slice_of_commit,
    uses_the_database,
)

MATRIX = 8
ONE_IN = 4
RULES_ONE_IN = 6
PAGES_ONE_IN = 12
ELSEWHERE = ("postgres", "browser")
LEFT_OUT = "left_out"
WALKS = "further walks"
RULES = "of rules"
SLICES = "tests.sampling"
_left_out: dict[str, int] = {}


def goes_through_pages(item: pytest.Item) -> bool:
    """Whether the test holds a browser, or lies in a file that does."""
    names = vars(getattr(item, "module", None) or object).values()
    return "client" in getattr(item, "fixturenames", ()) or any(
        name is Browser or name is Client for name in names
    )


def sampled(cases: list[pytest.Item]) -> list[pytest.Item]:
    """Return one case in so many, by the checksum of its name, and never none."""
    drawn = {item: crc32(item.nodeid.encode()) for item in cases}
    kept = [item for item in cases if drawn[item] % ONE_IN == 0]
    return kept or [min(cases, key=drawn.__getitem__)]


def reason_to_leave_out(item: pytest.Item) -> str | None:
    """Why SQLite is not asked this test at all, if it is not."""
    for marker in ELSEWHERE:
        if item.get_closest_marker(marker) is not None:
            return f"marked {marker}"
    return None if uses_the_database(item) else "that use no database"


def group_of(item: pytest.Item, cases: int) -> tuple[str, str] | None:
    """The kind and the name of what the item is one of many of, if it is."""
    if item.get_closest_marker("both") is not None:
        return None
    if "seed" in getattr(getattr(item, "callspec", None), "params", {}):
        return WALKS, name_of_test(item)
    if cases > MATRIX:
        return "cases of matrices", name_of_test(item)
    if goes_through_pages(item):
        return "that go through pages", item.nodeid.partition("::")[0]
    return RULES, item.nodeid.partition("::")[0]


def turn_of(kind: str, cases: list[pytest.Item], number: int) -> list[pytest.Item]:
    """Return the tests of a file, or cases of a matrix, whose turn it is in a slice."""
    one_in = RULES_ONE_IN if kind == RULES else PAGES_ONE_IN
    chosen = drawn([item.nodeid for item in cases], number, one_in)
    return [item for item in cases if item.nodeid in chosen]


def kept_of(
    kind: str, cases: list[pytest.Item], number: int | None
) -> list[pytest.Item]:
    """Return the cases of a group that SQLite is asked."""
    if kind == WALKS:
        return sampled(cases)[:1]
    if number is not None:
        return turn_of(kind, cases, number)
    return cases if kind == RULES else sampled(cases)


def reasons(items: list[pytest.Item], number: int | None) -> dict[str, str]:
    """The items to leave out by name, each with the reason."""
    found = {item.nodeid: why for item in items if (why := reason_to_leave_out(item))}
    asked = [item for item in items if item.nodeid not in found]
    cases = Counter(map(name_of_test, asked))
    groups: dict[tuple[str, str], list[pytest.Item]] = defaultdict(list)
    for item in asked:
        if group := group_of(item, cases[name_of_test(item)]):
            groups[group].append(item)
    for (kind, _name), members in groups.items():
        names = {item.nodeid for item in kept_of(kind, members, number)}
        found |= {m.nodeid: kind for m in members if m.nodeid not in names}
    return found


@pytest.hookimpl(trylast=True)  # what is not to run at all is gone by then
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Keep what the rule keeps, and count the rest by reason."""
    in_slices = config.pluginmanager.has_plugin(SLICES)
    left_out = reasons(items, slice_of_commit() if in_slices else None)
    _left_out.update(Counter(left_out.values()))
    gone = [item for item in items if item.nodeid in left_out]
    items[:] = [item for item in items if item.nodeid not in left_out]
    config.hook.pytest_deselected(items=gone)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand the counts of a worker to the process that prints."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput[LEFT_OUT] = dict(_left_out)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object, error: object) -> None:
    """Take the counts of a worker; all of them collected the same tests."""
    _left_out.update(getattr(node, "workeroutput", {}).get(LEFT_OUT, {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests were left to PostgreSQL, and why."""
    told = ", ".join(f"{count} {why}" for why, count in sorted(_left_out.items()))
    terminalreporter.write_line(f"Left to PostgreSQL: {told or 'nothing'}.")
