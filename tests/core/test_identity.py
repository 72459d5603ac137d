"""Identity numbers, phones and credit codes (vectors of the handbook, §3)."""

import datetime as dt

import pytest

from core import identity
from core.identity import (
    BadIdentityCharacters,
    BadIdentityCheck,
    BadIdentityDate,
    BadIdentityEnd,
    BadIdentityLength,
    BadIdentityPlace,
    BadPhone,
    clean_identity_number,
    clean_phone,
    is_credit_code,
    mask_identity_number,
    mask_phone,
)

GOOD = [
    "231002195503120012",
    "231002198811080028",
    "450921196207040037",
    "420683199002280142",
    "420683200002290127",
    "231002194510010001",
    "11010519491231002X",
]


@pytest.mark.parametrize("number", GOOD)
def test_a_valid_number_is_unchanged(number):
    assert clean_identity_number(number) == number


@pytest.mark.parametrize(
    "text",
    [
        "231002 19550312 0012",
        "２３１００２１９５５０３１２００１２",
        "'231002195503120012",
        "231002-19550312-0012",
    ],
)
def test_blanks_full_width_and_guards_are_normalized(text):
    assert clean_identity_number(text) == "231002195503120012"


def test_a_small_x_becomes_a_capital():
    assert clean_identity_number("11010519491231002x") == "11010519491231002X"


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("231002195503120013", BadIdentityCheck),
        ("23100219550312001", BadIdentityLength),
        ("2310O2195503120012", BadIdentityCharacters),
        ("23100219550312001×", BadIdentityEnd),
        ("23100219550312001X/231002198811080028", BadIdentityLength),
        ("身份证号待补", BadIdentityLength),
        ("231002195513120012", BadIdentityDate),
        ("231002209903120012", BadIdentityDate),
        ("991002195503120012", BadIdentityPlace),
    ],
)
def test_a_wrong_number_is_refused_with_its_own_reason(text, refusal):
    with pytest.raises(refusal):
        clean_identity_number(text)


def test_birth_date_and_sex_are_read_from_the_number():
    assert identity.birth_date_of("420683200002290127") == dt.date(2000, 2, 29)
    assert [identity.sex_of(n) for n in GOOD[:2]] == ["1", "2"]


@pytest.mark.parametrize(
    "text",
    ["13800138000", "+86 138 0013 8000", "138-0013-8000", "１３８００１３８０００"],
)
def test_a_phone_is_normalized_to_eleven_digits(text):
    assert clean_phone(text) == "13800138000"


@pytest.mark.parametrize("text", ["1380013800", "12800138000", "138001380001", "电话"])
def test_an_invalid_mobile_number_is_refused(text):
    with pytest.raises(BadPhone):
        clean_phone(text)


@pytest.mark.parametrize(
    "code",
    [
        "91350100M000100Y43",
        "112310020012345627",
        "12420683MB0123457G",
        "91450921MA5K000129",
        "52231002MJ00001229",
    ],
)
def test_credit_codes_carry_a_check_character(code):
    assert is_credit_code(code)
    assert not is_credit_code(code[:-1] + ("0" if code[-1] != "0" else "1"))


def test_masks_show_four_characters_of_a_number_and_seven_of_a_phone():
    assert mask_identity_number(GOOD[0]) == "**************0012"
    assert mask_phone("13800138000") == "138****8000"
