"""Numbers as papers write them, so that nobody can alter them."""

import datetime as dt

import pytest

from core.capital_numerals import capital_month, capital_number


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "壹"), (10, "壹拾"), (30, "叁拾"), (90, "玖拾"), (10_001, "壹万零壹")],
)
def test_a_number_is_written_in_capitals(number, words):
    assert capital_number(number) == words


@pytest.mark.parametrize(
    ("month", "words"),
    [
        (dt.date(2026, 6, 1), "贰零贰陆年零陆月"),
        (dt.date(2026, 10, 1), "贰零贰陆年壹拾月"),
        (dt.date(2030, 12, 1), "贰零叁零年壹拾贰月"),
    ],
)
def test_a_month_is_written_in_capitals(month, words):
    assert capital_month(month) == words
