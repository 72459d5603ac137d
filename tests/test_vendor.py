"""The vendored front-end files are exactly what was fetched, and ask no other host."""

import hashlib
import json
import re
from pathlib import Path

import pytest

VENDOR = Path(__file__).resolve().parent.parent / "static" / "vendor"
LOCK = json.loads((VENDOR / "vendor.lock.json").read_text(encoding="utf-8"))
FILES = sorted(
    str(path.relative_to(VENDOR))
    for path in VENDOR.rglob("*")
    if path.is_file() and path.name != "vendor.lock.json"
)
# Addresses in these files name a licence, a namespace or an author, for people to read.
NAMED = {
    "getbootstrap.com",
    "github.com",
    "popper.js.org",
    "www.apache.org",
    "www.w3.org",
}
HOST = re.compile(r"https?://([\w.-]+)")
FETCHED = re.compile(
    r"""(?:url\(|src=|@import|fetch\(|import\()\s*["']?(?:https?:)?//"""
)


def test_every_vendored_file_is_in_the_lock_and_every_locked_file_is_there():
    assert sorted(LOCK) == FILES


@pytest.mark.parametrize("name", FILES)
def test_a_vendored_file_is_what_was_fetched(name):
    content = (VENDOR / name).read_bytes()

    assert hashlib.sha256(content).hexdigest() == LOCK[name]["sha256"]


@pytest.mark.parametrize("name", FILES)
def test_a_vendored_file_asks_no_other_host_for_anything(name):
    content = (VENDOR / name).read_text(encoding="utf-8")

    assert FETCHED.findall(content) == []
    assert set(HOST.findall(content)) - NAMED == set()


@pytest.mark.parametrize("name", FILES)
def test_a_vendored_file_points_at_no_source_map(name):
    content = (VENDOR / name).read_bytes()

    assert content.count(b"sourceMappingURL") == 0
