"""What SQLite is asked again, and what is left to PostgreSQL."""

from dataclasses import dataclass

import pytest

from tests.sampling import ONE_IN as SLICES
from tests.second_database import (
    ONE_IN,
    PAGES_ONE_IN,
    RULES,
    RULES_ONE_IN,
    goes_through_pages,
    group_of,
    kept_of,
    reason_to_leave_out,
    sampled,
)


@dataclass(frozen=True)
class Case:
    """One case of a matrix, as far as the rule looks at it."""

    nodeid: str


CASES = [Case(f"tests/test_it.py::test_it[{n}]") for n in range(600)]


def test_a_test_that_uses_no_database_is_left_out(request):
    assert reason_to_leave_out(request.node) == "that use no database"


def test_a_test_that_uses_the_database_is_kept(request, east):
    assert reason_to_leave_out(request.node) is None


@pytest.mark.django_db
def test_a_test_that_is_marked_to_use_the_database_is_kept(request):
    assert reason_to_leave_out(request.node) is None


@pytest.mark.postgres
def test_a_test_marked_for_postgresql_is_left_out(request, db):
    assert reason_to_leave_out(request.node) == "marked postgres"


def test_a_test_that_holds_a_browser_goes_through_pages(request, client):
    assert goes_through_pages(request.node)


def test_a_test_of_a_rule_does_not(request, east):
    assert not goes_through_pages(request.node)


@pytest.mark.both
def test_a_test_marked_for_both_is_in_no_sample(request, client):
    assert group_of(request.node, 1000) is None


@pytest.mark.parametrize("seed", [1])
def test_a_walk_is_one_of_its_seeds(request, seed):
    assert group_of(request.node, 2)[0] == "further walks"


def test_a_test_of_a_rule_is_one_of_its_file(request, east):
    assert group_of(request.node, 1) == (RULES, "tests/test_second_database.py")


@pytest.mark.parametrize(
    ("kind", "turns"), [(RULES, RULES_ONE_IN), ("that go through pages", PAGES_ONE_IN)]
)
def test_each_test_has_its_turn_once(kind, turns):
    slices = [kept_of(kind, CASES, number) for number in range(turns)]

    assert {len(chosen) for chosen in slices} == {len(CASES) / turns}
    assert {*CASES} == {case for chosen in slices for case in chosen}


def test_slices_of_postgresql_are_turns_of_sqlite():
    assert {SLICES % turns for turns in (RULES_ONE_IN, PAGES_ONE_IN)} == {0}


def test_without_a_slice_all_rules_are_asked_and_a_sample_of_pages():
    assert kept_of(RULES, CASES, None) == CASES
    assert kept_of("that go through pages", CASES, None) == sampled(CASES)


def test_about_one_case_in_so_many_is_kept():
    assert len(CASES) / ONE_IN * 0.7 < len(sampled(CASES)) < len(CASES) / ONE_IN * 1.3


def test_the_same_cases_are_kept_in_any_order():
    assert set(sampled(CASES[::-1])) == set(sampled(CASES))


def test_a_new_case_moves_no_other():
    assert set(sampled(CASES[:-1])) == set(sampled(CASES)) - {CASES[-1]}


@pytest.mark.parametrize("case", CASES[:3], ids=lambda case: case.nodeid)
def test_a_matrix_is_never_left_out_whole(case):
    assert sampled([case]) == [case]
