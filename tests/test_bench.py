"""The measurements of `make bench` find what they measure."""

from importlib import import_module
from pathlib import Path

import pytest

import tools.bench_files
from core.pinyin import search_key
from members.models import Affiliation, Member
from organizations.models import Organization
from sheets.read import read_date, read_identity_number, read_name, read_text
from tools.bench_files import list_cell_readers, measure_long_cells

ROOT = Path(__file__).resolve().parent.parent


def test_each_reader_of_one_cell_is_measured():
    assert {read_date, read_identity_number, read_name, read_text} <= {
        *list_cell_readers()
    }


def test_endless_cells_are_measured_round_by_round(monkeypatch):
    monkeypatch.setattr(tools.bench_files, "LONG", 20)
    (figure,) = measure_long_cells()
    assert figure.key == "reading.long_cell_ms"
    assert len(figure.runs) == tools.bench_files.ROUNDS


@pytest.mark.postgres
@pytest.mark.django_db
def test_the_large_city_is_measured_as_it_is_written(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    city, tree = import_module("bench_city"), import_module("bench_tree")
    sizes = {"COMMUNITIES": 2, "STREETS": 3, "BRANCHES": 4}
    for name, size in sizes.items():
        monkeypatch.setattr(city, name, size)
    monkeypatch.setattr(tree, "ROUNDS", 3)
    places = city.build_tree()
    bodies = city.build_bodies(places)
    city.build_members(city.homes_of(places), 12, first_of=998)
    city.build_members(city.branches_below(places["street-0-0"]), 50, first_of=999)
    moving = Organization.objects.get(code="street-0-0")
    below = Affiliation.objects.filter(organization__parent=moving)
    assert below.count() == 50 + 2
    assert below.order_by().values("organization").distinct().count() == 4

    assert tree.move_once(places) > 0
    moving.refresh_from_db()
    assert moving.parent.code == "street-0"
    measured = {one.key for one in tree.measure_pages(places, bodies)}
    assert "bodies.roster_p95_ms" in measured
    assert "bodies.pages_p95_ms" in measured


@pytest.mark.postgres
@pytest.mark.django_db
def test_the_large_register_is_measured_as_it_is_written(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    register, tree = import_module("bench_register"), import_module("bench_tree")
    monkeypatch.setattr(register, "COMMUNITIES", 2)
    monkeypatch.setattr(register, "MEMBERS", 60)
    monkeypatch.setattr(tree, "ROUNDS", 2)
    places = register.build_streets(2)
    branches = [node for code, node in places.items() if code.count("-") == 3]
    register.build_register(branches, 60)
    assert len(branches) == 2 * 2 * register.BRANCHES
    assert Affiliation.objects.count() == 60
    assert Member.objects.values("name", "birth_date").distinct().count() > 50
    member = Member.objects.order_by("pk").last()
    assert member.sound == search_key(member.name)

    pages = register.measure_pages(places["city"], places["street-0-0"])
    measured = {one.key for one in pages}
    assert "register.deep_page_p95_ms" in measured
    assert "register.pages_p95_ms" in measured
    assert [one.key for one in register.measure_scan()][-1] == "register.scan_s"
