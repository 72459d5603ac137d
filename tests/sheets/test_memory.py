"""What bombs cost in the memory of the process, not in that of Python's own objects.

Parsers and decompressors hold memory that `tracemalloc` does not see. Each file is read
by a process of its own, as a worker does, and four of them at one time.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sheets.books import MAIN, cell, raw_book, sheet_xml

ROOT = Path(__file__).parents[2]
MOST = 150 * 1024  # kilobytes over an idle process (row 31)
MAX_SECONDS = 5.0  # seconds of the processor
FILES, TIMES = 4, 5

READ = """
import json, resource, sys, time
from pathlib import Path
import django
django.setup()
from sheets.read import UnreadableFile, open_sheets
from tests.sheets.books import book
own = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
path = Path(sys.argv[1])
small = book(path.with_suffix(f".{sys.argv[3]}.small.xlsx"), ("表", [["姓名"], ["甲"]]))
for sheet in open_sheets(small, filename=small.name):
    list(sheet.rows())
idle, ends, longest = own(), [], 0
for _time in range(int(sys.argv[2])):
    began = time.process_time()
    try:
        for sheet in open_sheets(path, filename=path.name):
            for _row in sheet.rows():
                pass
        ends.append("read")
    except UnreadableFile as refusal:
        ends.append(type(refusal).__name__)
    longest = max(longest, time.process_time() - began)
print(json.dumps([sorted({*ends}), own() - idle, longest]))
"""


def sheet_bomb(path):
    """Ten million cells in a file of some kilobytes."""
    row = b"<row>" + b"<c><v>1</v></c>" * 1_000 + b"</row>"
    head, tail = sheet_xml("|").encode().split(b"|")
    return raw_book(path, head + row * 5_000 + tail)


def shared_strings(path):
    """Strings without end, of which the sheet uses one."""
    strings = f'<sst xmlns="{MAIN}">{"<si><t>甲乙丙丁</t></si>" * 2_000_000}</sst>'
    used = sheet_xml('<row><c t="s"><v>0</v></c></row>')
    return raw_book(path, used, strings=strings)


def sparse_giant(path):
    """A sheet that declares every cell there can be."""
    rows = f'<row r="1">{cell("A1", "姓名")}</row><row r="1048576"/>'
    dimension = '<dimension ref="A1:XFD1048576"/>'
    return raw_book(path, sheet_xml(rows, before=dimension))


def many_entries(path):
    """An archive of twelve thousand files."""
    more = {f"x/{n}.xml": b"" for n in range(12_000)}
    return raw_book(path, sheet_xml("<row/>"), more=more)


def long_field(path):
    """One field of four and a half million characters."""
    return raw_book(path, sheet_xml(f"<row>{cell('A1', 'x' * 4_500_000)}</row>"))


BOMBS = (sheet_bomb, shared_strings, sparse_giant, many_entries, long_field)


@pytest.mark.drill
@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb.__name__)
def test_a_bomb_costs_little_of_the_machine_s_memory_however_often(bomb, tmp_path):
    path = bomb(tmp_path / "a.xlsx")
    begun = [
        subprocess.Popen(  # noqa: S603 -- our own code
            [sys.executable, "-c", READ, str(path), str(TIMES), str(number)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(FILES)
    ]
    found = [json.loads(process.communicate()[0]) for process in begun]

    expected = ["read"] if bomb is sparse_giant else ["TooLarge"]
    assert [ends for ends, _memory, _seconds in found] == [expected] * FILES
    assert max(memory for _ends, memory, _seconds in found) < MOST
    assert max(seconds for _ends, _memory, seconds in found) < MAX_SECONDS
