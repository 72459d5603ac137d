"""Cells are read as typed values or refused with a message."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.identity import check_character
from sheets.read import (
    BLANK,
    Cell,
    Kind,
    read_date,
    read_decimal,
    read_ethnicity,
    read_identity_number,
    read_name,
    read_phone,
    read_sex,
    read_text,
)
from sheets.read.value_errors import (
    BadEthnicity,
    BadNumber,
    BadSex,
    BadValue,
    ErrorValue,
    LossyNumber,
    RefusedByRule,
    UncomputedFormula,
)

BODY = "42990119500101001"
NUMBER = BODY + check_character(BODY)
PEOPLES = ["汉族", "土族", "土家族", "维吾尔族", "哈萨克族", "哈尼族", "满族", "高山族"]


def text(value):
    return Cell(value, value, Kind.TEXT)


def number(value):
    return Cell(value, str(value), Kind.NUMBER)


@pytest.mark.parametrize(
    "typed",
    [
        NUMBER,
        f" {NUMBER}\n",
        f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}",
        f"'{NUMBER}",
        f'="{NUMBER}"',
        f'"{NUMBER}"',
        f"“{NUMBER}”",
        f"\t{NUMBER}",
        NUMBER.translate({48 + digit: 0xFF10 + digit for digit in range(10)}),
    ],
)
def test_an_identity_number_is_read_without_its_guards(typed):
    assert read_identity_number(text(typed)) == NUMBER


def test_a_small_x_is_a_large_one():
    body = "11010519491231002"

    assert read_identity_number(text(f"{body}x")) == f"{body}X"


@pytest.mark.parametrize(
    "cell",
    [
        number(429901195001010017),
        number(4.29901195001010e17),
        text("4.29901E+17"),
        text("4.29901195001010e+17"),
    ],
)
def test_a_number_whose_digits_are_lost_is_refused_even_if_it_would_check(cell):
    with pytest.raises(LossyNumber):
        read_identity_number(cell)


@pytest.mark.parametrize("typed", [NUMBER[:5] + "O" + NUMBER[6:], NUMBER[:17], "无"])
def test_an_invalid_identity_number_is_refused_with_the_rule_s_message(typed):
    with pytest.raises(RefusedByRule):
        read_identity_number(text(typed))


@pytest.mark.parametrize(
    "cell",
    [
        text("16900002001"),
        text("+86 169-0000-2001"),
        text("１６９００００２００１"),
        text("16900002001.0"),
        text("（86）16900002001"),
        text("手机：16900002001"),
        text("16900002001（本人）"),
        text("16900002001/0300-85559915"),
        text("85559915 16900002001"),
        number(16900002001),
    ],
)
def test_a_mobile_number_is_eleven_digits(cell):
    assert read_phone(cell) == "16900002001"


@pytest.mark.parametrize(
    "typed",
    [
        "1690000123",
        "0300-85559915",
        "16900002001/16900002002",
        "16900002001 1690000200",
        "16900002001妻",
        "16900002001（女儿）",
        "手机：",
    ],
)
def test_anything_but_a_single_mobile_number_is_refused(typed):
    with pytest.raises(RefusedByRule):
        read_phone(text(typed))


def test_sexes_have_their_codes():
    assert [read_sex(text(typed)) for typed in ["男", " 女 ", "男性", "2"]] == [
        "1",
        "2",
        "1",
        "2",
    ]
    with pytest.raises(BadSex):
        read_sex(text("难"))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("汉", "汉族"),
        ("汉 族", "汉族"),
        ("土", "土族"),
        ("土家", "土家族"),
        ("维族", "维吾尔族"),
        ("高山", "高山族"),
    ],
)
def test_short_names_of_ethnic_groups_are_completed(typed, name):
    assert read_ethnicity(text(typed), PEOPLES) == name


@pytest.mark.parametrize("typed", ["哈族", "族", "汉人", "大汉"])
def test_an_unknown_or_ambiguous_ethnic_group_is_refused(typed):
    with pytest.raises(BadEthnicity):
        read_ethnicity(text(typed), PEOPLES)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (number(1.25), "1.25"),
        (number(0.30000000000000004), "0.3"),
        (number(95), "95"),
        (text("0.9"), "0.9"),
        (text("３０"), "30"),
        (text("1,234.50"), "1234.50"),
        (text("¥12"), "12"),
        (text("-3"), "-3"),
    ],
)
def test_numbers_are_exact(cell, value):
    assert read_decimal(cell) == Decimal(value)


@given(st.decimals(-(10**9), 10**9, places=2))
def test_amounts_survive_as_text_and_as_number(amount):
    assert read_decimal(text(f"{amount}")) == amount
    assert read_decimal(number(float(amount))) == amount


@pytest.mark.parametrize(
    "typed",
    ["18个", "85%", "1，2，3", "1,23", "约10", "10-12", "1e5", "（5）", "0.9万"],
)
def test_numbers_with_words_around_them_are_refused(typed):
    with pytest.raises(BadNumber):
        read_decimal(text(typed))


def test_a_text_is_put_on_one_line_and_a_long_number_is_refused():
    assert read_text(text(" 木槿里 \n82号")) == "木槿里 82号"
    with pytest.raises(LossyNumber):
        read_text(number(429901195001010017))


READERS = [
    read_text,
    read_identity_number,
    read_phone,
    read_sex,
    read_decimal,
]


@pytest.mark.parametrize("read", READERS)
def test_blank_cells_have_no_value_and_failed_formulas_are_refused(read):
    assert (read(BLANK), read(text("　"))) == (None, None)
    with pytest.raises(ErrorValue):
        read(Cell(None, "#N/A", Kind.ERROR))
    with pytest.raises(UncomputedFormula):
        read(Cell(None, "", Kind.UNCOMPUTED))


@pytest.mark.parametrize("read", [*READERS, read_name])
@given(value=st.text())
def test_any_text_gives_a_value_or_a_refusal_with_a_message(read, value):
    message = "a value"
    try:
        read(text(value))
    except BadValue as refusal:
        message = str(refusal)

    assert message


@pytest.mark.parametrize("read", [read_name, read_sex, read_date, read_decimal])
def test_a_refusal_masks_an_identity_number_in_the_wrong_column(read):
    with pytest.raises(BadValue) as refused:
        read(text(f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}号"))

    assert refused.value.params["text"] == f"******{NUMBER[-4:]}号"
