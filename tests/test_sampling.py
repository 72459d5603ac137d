"""Which cases of a matrix run with a commit, and that none is never run."""

from itertools import product

import pytest

from tests.sampling import (
    MATRIX,
    ONE_IN,
    drawn,
    groups_of,
    is_sampled,
    left_to_drills,
    slice_of_commit,
)

SLICES = range(ONE_IN)
ADDRESSES = [f"address {number}" for number in range(30)]
PEOPLE = ["members", "staff", "officers", "nobody"]
ALONE = {f"test_it[{name}]": [name] for name in ADDRESSES}
CROSSED = {f"test_it[{a}-{p}]": [a, p] for a, p in product(ADDRESSES, PEOPLE)}


def kept(cases, number):
    """The cases of a matrix that one slice runs."""
    return {name for group in groups_of(cases) for name in drawn(group, number)}


def of(values, at):
    """The values in one dimension of some cases."""
    return {CROSSED[name][at] for name in values}


def test_a_slice_is_one_case_in_so_many():
    sizes = [len(kept(ALONE, number)) for number in SLICES]

    assert (sum(sizes), max(sizes) - min(sizes) <= 1) == (len(ALONE), True)


@pytest.mark.parametrize("cases", [ALONE, CROSSED], ids=["alone", "crossed"])
def test_all_slices_together_are_every_case(cases):
    assert set().union(*(kept(cases, number) for number in SLICES)) == {*cases}


@pytest.mark.parametrize("number", SLICES)
def test_each_address_is_in_every_slice_and_so_is_each_person(number):
    chosen = kept(CROSSED, number)

    assert (of(chosen, 0), of(chosen, 1)) == ({*ADDRESSES}, {*PEOPLE})
    assert len(chosen) == len(ADDRESSES)


@pytest.mark.parametrize("names", [["one"], ["one", "two"]], ids=len)
def test_a_small_group_is_never_left_out_whole(names):
    chosen = [drawn(names, number) for number in SLICES]

    assert all(chosen)
    assert set().union(*chosen) == {*names}


def test_the_order_of_the_run_moves_nothing():
    backwards = dict([*CROSSED.items()][::-1])

    assert kept(backwards, 1) == kept(CROSSED, 1)


def test_the_number_asked_for_is_the_slice(monkeypatch):
    monkeypatch.setenv("SAMPLE", "2")
    assert slice_of_commit.__wrapped__() == 2

    monkeypatch.setenv("SAMPLE", "all")
    assert slice_of_commit.__wrapped__() is None


def test_without_a_number_the_commit_decides(monkeypatch):
    monkeypatch.delenv("SAMPLE", raising=False)

    assert slice_of_commit.__wrapped__() in SLICES


def test_a_large_matrix_over_rows_is_sampled(request, db):
    assert is_sampled(request.node, MATRIX + 1)
    assert not is_sampled(request.node, MATRIX)


def test_a_matrix_without_a_database_runs_whole(request):
    assert not is_sampled(request.node, 1000)


@pytest.mark.whole
def test_a_matrix_that_says_so_runs_whole(request, db):
    assert not is_sampled(request.node, 1000)


@pytest.mark.sampled
@pytest.mark.parametrize("part", ["one"])
def test_long_cases_are_sampled_however_few_they_are(request, part):
    assert is_sampled(request.node, 1)
    assert left_to_drills([request.node], 0) == []
