"""Numbers look alike wherever people read them."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from core.numbers import MINUS, format_number, percent_of

ROOT = Path(__file__).parents[2]
# Part of the texts of constraints, which migrations compare.
IN_MIGRATIONS = {"core/db/bounds.py"}
APPS = {path.parent.name for path in ROOT.glob("*/apps.py")}


@pytest.mark.parametrize(
    ("yuan", "text"),
    [
        ("0", "0.00"),
        ("12345.67", "1.23"),
        ("12350", "1.24"),
        ("1", "0.00"),
        ("99999999.99", "10,000.00"),
        ("-12345.67", f"{MINUS}1.23"),
        ("-1", "0.00"),
    ],
)
def test_an_amount_in_ten_thousands_has_two_decimals(yuan, text):
    assert format_number(Decimal(yuan), 2, 10_000) == text


@pytest.mark.parametrize(
    ("value", "text"), [("-1234.5", f"{MINUS}1,234.50"), ("-0.00", "0.00")]
)
def test_all_numbers_below_zero_bear_one_sign(value, text):
    assert format_number(Decimal(value), 2) == text


@pytest.mark.parametrize(
    ("part", "whole", "rounded_down", "percent"),
    [
        (2, 3, False, "66.7"),
        (2, 3, True, "66.6"),
        (9999, 10000, False, "100.0"),
        (9999, 10000, True, "99.9"),
        (-1, 2, False, "-50.0"),
    ],
)
def test_a_share_rounded_down_says_100_of_nothing_but_all(
    part, whole, rounded_down, percent
):
    share = percent_of(Decimal(part), Decimal(whole), rounded_down=rounded_down)
    assert f"{share}" == percent


@pytest.mark.parametrize("whole", [0, -1])
def test_nothing_is_a_share_of_nothing(whole):
    assert percent_of(Decimal(1), Decimal(whole)) is None


def test_nothing_formats_thousands_by_itself():
    """One function decides on sign and decimals; a format of its own would not."""
    own = re.compile(r":,(\.\d)?f?\}")
    files = (file for app in sorted(APPS) for file in (ROOT / app).rglob("*.py"))
    found = {
        str(file.relative_to(ROOT)) for file in files if own.search(file.read_text())
    }

    assert found == {"finance/money.py", *IN_MIGRATIONS}
