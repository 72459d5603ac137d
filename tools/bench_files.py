"""What it costs to read files: a city's roster, files made to hurt, endless cells.

Files are taken in by `manage.py import_sheet --dry-run` as an operator would, so that
time and memory are those of the whole process.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from inspect import signature
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 5
ROSTER = 17_000
LONG = 50_000
CLERK = "jiedao"
# Characters that patterns of names, numbers and days stumble over when repeated.
PIECES = [" ", "1", "(", "(1", "·", "年", " ·", '="', ","]


class Measured(NamedTuple):
    """One figure: its key, the median, its unit, its limit or peer, the rounds."""

    key: str
    value: float
    unit: str
    against: str
    runs: list[float]


Figures = Iterator[Measured]


# A process's peak counts what its parent held when it was started, so the parent is one
# that holds nothing.
WATCH = """
import os, sys, time
began = time.perf_counter()
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
used = os.wait4(child, 0)[2]
print(time.perf_counter() - began, used.ru_maxrss / 1024)
"""


def import_now(path: Path, accepted: int) -> tuple[float, float]:
    """Return the seconds and the megabytes that one reading of a file takes.

    It stops the measurement when not as many rows are accepted as should be.
    """
    told = path.with_suffix(".json")
    command = [sys.executable, "manage.py", "import_sheet", str(path)]
    command += ["--kind", "member_roster", "--as", CLERK, "--dry-run"]
    command += ["--json", str(told)]
    said = subprocess.run(
        [sys.executable, "-c", WATCH, *command],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
    )
    found = len(json.loads(told.read_text())["accepted"])
    if found != accepted:
        sys.exit(f"{path.name}: {found} rows were accepted, not {accepted}.")
    took, megabytes = said.stdout.split()[-2:]
    return float(took), float(megabytes)


def hostile_files(folder: Path) -> list[Path]:
    """Sheets of millions of cells, of empty elements, of shared texts; entities."""
    from tests.sheets.books import MAIN, raw_book, sheet_xml

    head, tail = sheet_xml("|").encode().split(b"|")
    cells = b"<row>" + b'<c t="n"><v>1</v></c>' * 20 + b"</row>"
    strings = f'<sst xmlns="{MAIN}">{"<si><t>甲</t></si>" * 700_000}</sst>'
    shared = '<row><c t="s"><v>0</v></c></row>'
    laughs = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10)
    )
    return [
        raw_book(folder / "cells.xlsx", head + cells * 250_000 + tail),
        raw_book(folder / "elements.xlsx", head + b"<r/>" * 30_000_000 + tail),
        raw_book(folder / "texts.xlsx", sheet_xml(shared), strings=strings),
        raw_book(
            folder / "entities.xlsx",
            sheet_xml(shared, doctype=f"<!DOCTYPE w [{laughs}]>"),
        ),
    ]


def sound_roster(path: Path) -> Path:
    """A roster of as many members as a city has, none of them recorded yet."""
    import xlsxwriter

    from accounts.models import User
    from core.identity import check_character
    from organizations.enums import OrganizationKind
    from organizations.models import Organization

    mine = Organization.objects.visible_to(User.objects.get(username=CLERK))
    branches = list(
        mine.filter(kind=OrganizationKind.BRANCH)
        .order_by("code")
        .values_list("name")[:30]
    )
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("党员名册")
        sheet.write_row(
            0, 0, ["姓名", "性别", "身份证号", "入党日期", "转正日期", "所在支部"]
        )
        for number in range(ROSTER):
            day = f"19{number % 40 + 50:02}{number % 12 + 1:02}{number % 28 + 1:02}"
            body = f"659001{day}{number % 1000:03}"
            identity = body + check_character(body)
            (branch,) = branches[number % len(branches)]
            sex = "男" if number % 2 else "女"
            row = ["王某", sex, identity, "2008-03-05", "2009-03-05", branch]
            sheet.write_row(number + 1, 0, row)
    return path


def measure_file(
    name: str, paths: list[Path], *, accepted: int, limits: tuple[str, str]
) -> Figures:
    """Seconds and megabytes of the dearest of some files, round by round."""
    rounds = [[import_now(path, accepted) for path in paths] for _ in range(ROUNDS)]
    for position, (what, unit) in enumerate([("s", "s"), ("peak_mb", "MB")]):
        dearest = [max(taken[position] for taken in taken_in) for taken_in in rounds]
        middle = statistics.median(dearest)
        yield Measured(f"{name}_{what}", middle, unit, limits[position], dearest)


def list_cell_readers() -> list[Callable[..., Any]]:
    """The functions of `sheets.read` that read one cell and need nothing else."""
    import sheets.read

    readers = (
        getattr(sheets.read, name)
        for name in sheets.read.__all__
        if name.startswith("read_")
    )
    return [read for read in readers if [*signature(read).parameters] == ["cell"]]


def measure_long_cells() -> Figures:
    """The longest that any reader of values ponders over one endless cell."""
    from sheets.read import BadValue, Cell, Kind

    readers = list_cell_readers()
    rounds = []
    for _ in range(ROUNDS):
        times = []
        for piece in PIECES:
            text = f"1{piece * (LONG // len(piece))}x"
            for read in readers:
                began = time.perf_counter()
                with suppress(BadValue):
                    read(Cell(text, text, Kind.TEXT))
                times.append((time.perf_counter() - began) * 1000)
        rounds.append(max(times))
    middle = statistics.median(rounds)
    yield Measured("reading.long_cell_ms", middle, "ms", "limit 200 ms", rounds)


def measure_files(only: str) -> Figures:
    """All figures whose key begins with `only`."""
    if "reading.long_cell_ms".startswith(only):
        yield from measure_long_cells()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        if "reading.hostile".startswith(only):
            yield from measure_file(
                "reading.hostile",
                hostile_files(folder),
                accepted=0,
                limits=("limit 5 s", "limit 150 MB"),
            )
        if "reading.roster_17000".startswith(only):
            yield from measure_file(
                "reading.roster_17000",
                [sound_roster(folder / "roster.xlsx")],
                accepted=ROSTER,
                limits=("", ""),
            )
