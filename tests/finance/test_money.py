"""Yuan as people write and read them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.numbers import format_number
from finance.money import format_yuan, in_words, read_yuan, to_cents

AMOUNTS = st.decimals(min_value="0.01", max_value="999999999999.99", places=2)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1234.5", "1234.50"),
        ("１，２３４．５０", "1234.50"),
        (" ¥1,234,567.89 ", "1234567.89"),
        ("￥300元", "300"),
        ("0.01", "0.01"),
    ],
)
def test_amounts_are_read_as_people_type_them(typed, read):
    assert read_yuan(typed) == Decimal(read)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "1,5",
        "12,34",
        "1.234",
        "1.2.3",
        "-5",
        "1e5",
        "五百",
        "NaN",
        "1,2345",
        "1 5",
        "1 234.50",
    ],
)
def test_what_is_doubtful_is_not_guessed_at(typed):
    assert read_yuan(typed) is None


def test_an_amount_below_zero_bears_the_sign_of_all_numbers():
    assert format_yuan(Decimal("-1234.5")) == format_number(Decimal("-1234.5"), 2)
    assert format_yuan(Decimal("-0.00")) == "0.00"


@given(AMOUNTS)
def test_what_is_shown_can_be_typed_in_again(amount):
    assert read_yuan(format_yuan(amount)) == amount


def test_thousands_stand_apart_and_cents_always():
    assert format_yuan(Decimal("1234567.8")) == "1,234,567.80"


def test_half_a_cent_is_rounded_up():
    assert (to_cents(Decimal("0.005")), to_cents(Decimal("30.0001"))) == (
        Decimal("0.01"),
        Decimal("30.00"),
    )


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("1.00", "壹元整"),
        ("1.05", "壹元零伍分"),
        ("10.50", "壹拾元伍角整"),
        ("1010.00", "壹仟零壹拾元整"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("100000.00", "壹拾万元整"),
        ("100500.00", "壹拾万零伍佰元整"),
        ("100000001.00", "壹亿零壹元整"),
        ("999999999999.99", "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_amounts_are_written_in_capitals_as_vouchers_have_them(amount, words):
    assert in_words(Decimal(amount)) == words


@given(AMOUNTS)
def test_capitals_of_different_amounts_differ(amount):
    assert in_words(amount) != in_words(amount + Decimal("0.01"))
