"""The mission map is true: what is said to be done has a page and a test."""

import importlib
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

TOOLS = Path(__file__).parent.parent / "tools"


@pytest.fixture
def mission(monkeypatch):
    """The tool that reads the map, the marks and the addresses."""
    monkeypatch.syspath_prepend(str(TOOLS))
    return importlib.import_module("mission_table")


def test_every_row_stands_once_and_belongs_to_an_app(mission):
    rows = mission.rows()

    assert [key for key, n in Counter(r.key for r in rows).items() if n > 1] == []
    assert {row.app for row in rows} <= {*settings.OUR_APPS}
    assert len(rows) == 210


def test_every_row_is_done_thin_or_open_and_says_what_it_asks(mission):
    assert {row.state for row in mission.rows()} <= {"yes", "thin", "no"}
    assert [row.key for row in mission.rows() if not row.asks] == []


def test_a_row_that_is_done_has_a_page_and_a_test(mission):
    proofs = mission.proofs()

    lacking = [
        row.key
        for row in mission.rows()
        if row.state == "yes" and not (row.pages and proofs.get(row.key))
    ]

    assert lacking == []


def test_an_open_row_has_neither_page_nor_test(mission):
    proofs = mission.proofs()

    assert [
        row.key
        for row in mission.rows()
        if row.state == "no" and (row.pages or row.key in proofs)
    ] == []


def test_every_page_of_the_map_is_an_address_of_ours(mission):
    known = mission.pages()

    assert {name for row in mission.rows() for name in row.pages} <= {*known}


def test_every_mark_names_a_row(mission):
    assert {*mission.proofs()} <= {row.key for row in mission.rows()}
