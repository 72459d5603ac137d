"""The rule by which matrices are run in slices, one slice a commit.

`make test` runs with this plugin; `make drills` runs what it leaves out. Of a matrix (a
test of more than `MATRIX` cases that uses the database, or one whose few cases are long
and marked `sampled`) one case in `ONE_IN` is kept:

1. The commit chooses the slice, so that each commit asks others and any failure can be
   repeated: the first line of the run prints the number, `SAMPLE=2 make test` asks
   for that slice again and `SAMPLE=all make test` for every case.
2. The cases of a matrix over several things (addresses × people, pages × languages) are
   drawn separately for each value of the longest: each address, each page is in every
   run, with other people, in the other language.
3. No test is left out whole. One that is marked `whole` is not sampled.

Whoever names a file or a test runs all of its cases. Outside the slice a case is
marked `drill`, so the suite and the drills of a commit together are every case.
"""

import os
import shutil
import subprocess
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from zlib import crc32

import pytest

ROOT = Path(__file__).resolve().parent.parent
MATRIX = 5
ONE_IN = 12
EVERY = "all"
DATABASE = {"db", "transactional_db", "live_server"}
SAMPLED_OUT = "sampled_out"
_sampled_out: list[int] = []


@cache
def slice_of_commit() -> int | None:
    """Return the number of the slice to run, or None to run every case."""
    chosen = os.environ.get("SAMPLE", "")
    if chosen == EVERY:
        return None
    return (int(chosen) if chosen else digits_of_commit()) % ONE_IN


def digits_of_commit() -> int:
    """Return the beginning of the commit's hash as a number; without git, zero."""
    if shutil.which("git") is None:
        return 0
    answer = subprocess.run(
        ["git", "rev-parse", "HEAD"],  # noqa: S607 -- whichever git is there
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return int(answer.stdout[:8], 16) if answer.returncode == 0 else 0


def uses_the_database(item: pytest.Item) -> bool:
    """Whether the test asks for the database by a mark or by any of its fixtures."""
    fixtures = getattr(item, "fixturenames", ())
    return item.get_closest_marker("django_db") is not None or not DATABASE.isdisjoint(
        fixtures
    )


def name_of_test(item: pytest.Item) -> str:
    """The test of which the item is one case; an item without cases is its own."""
    return item.nodeid.partition("[")[0]


def is_sampled(item: pytest.Item, cases: int) -> bool:
    """Whether the item is a case of a matrix that is run in slices."""
    if any(item.get_closest_marker(name) for name in ("whole", "drill")):
        return False
    is_long = item.get_closest_marker("sampled") is not None
    return is_long or (cases > MATRIX and uses_the_database(item))


def groups_of(cases: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Return the names of the cases, those together of which a slice needs only some.

    Each case says where it stands in each dimension of the matrix.
    """
    values = [{*column} for column in zip(*cases.values(), strict=True)]
    longest = max(range(len(values)), key=lambda at: len(values[at]))
    if len(values[longest]) == len(cases):
        return [[*cases]]
    groups: dict[str, list[str]] = defaultdict(list)
    for name, places in cases.items():
        groups[places[longest]].append(name)
    return [*groups.values()]


def drawn(names: Sequence[str], number: int, one_in: int = ONE_IN) -> set[str]:
    """Return the slice of a group: at least one name, and over all slices each name."""
    ordered = sorted(names, key=lambda name: (crc32(name.encode()), name))
    shares = min(one_in, len(ordered))
    first = (number + crc32(ordered[0].encode())) % shares
    return {*ordered[first::shares]}


def left_to_drills(items: Sequence[pytest.Item], number: int) -> list[pytest.Item]:
    """Return the cases of matrices that are outside a slice."""
    counted = Counter(map(name_of_test, items))
    matrices: dict[str, dict[str, Sequence[str]]] = defaultdict(dict)
    for item in items:
        if is_sampled(item, counted[name_of_test(item)]):
            matrices[name_of_test(item)][item.nodeid] = item.callspec._idlist  # type: ignore[attr-defined]
    groups = [group for cases in matrices.values() for group in groups_of(cases)]
    gone = {name for group in groups for name in {*group} - drawn(group, number)}
    return [item for item in items if item.nodeid in gone]


def pytest_report_header() -> str:
    """Say which slice runs, so that the run can be repeated."""
    number = slice_of_commit()
    if number is None:
        return "Matrices: every case (SAMPLE=all)."
    return (
        f"Matrices: slice {number} of {ONE_IN}; repeat it with SAMPLE={number}, "
        "run every case with SAMPLE=all."
    )


@pytest.hookimpl(tryfirst=True)  # before marks decide what runs
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Make drills of the cases outside the slice."""
    number = slice_of_commit()
    gone = [] if number is None else left_to_drills(items, number)
    for item in gone:
        item.add_marker(pytest.mark.drill)
    _sampled_out[:] = [len(gone)]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand the count of a worker to the process that prints."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput[SAMPLED_OUT] = sum(_sampled_out)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object, error: object) -> None:
    """Take the count of a worker; all of them collected the same tests."""
    _sampled_out[:] = [getattr(node, "workeroutput", {}).get(SAMPLED_OUT, 0)]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many cases belong to the drills of this commit."""
    terminalreporter.write_line(
        f"Cases of matrices outside the slice, run by make drills: {sum(_sampled_out)}."
    )
