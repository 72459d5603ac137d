"""Names and numbers are hidden in public texts, however they are written."""

import itertools
import unicodedata

import pytest

from exchange.personal_data import HIDDEN, strip_personal_data
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory, CommunityFactory

pytestmark = pytest.mark.django_db


def full_width(text):
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)


def grouped(*sizes, by):
    def write(digits):
        parts, start = [], 0
        for size in sizes:
            parts.append(digits[start : start + size])
            start += size
        return by.join([*parts, digits[start:]] if digits[start:] else parts)

    return write


def in_chinese(digits):
    return digits.translate(str.maketrans("0123456789", "〇一二三四五六七八九"))


SEPARATORS = (" ", "-", ".", "·", "　", "—", "－", "．", " - ", "\u200b", "/")
PHONE, IDENTITY, OLD, LANDLINE = (
    "13812345678",
    "42068319900101123X",
    "420683900101123",
    "07106221234",
)
GROUPS = {
    PHONE: [(3, 4, 4), (4, 3, 4), (3, 8), (3, 3, 5), (7, 4), (1,) * 11],
    IDENTITY: [(6, 8, 4), (4, 4, 4, 4, 2), (3, 3, 4, 4, 4), (17, 1), (1,) * 18],
    OLD: [(6, 6, 3), (3, 3, 3, 3, 3), (1,) * 15],
    LANDLINE: [(4, 7), (4, 3, 4), (1,) * 11],
    "01088886666": [(3, 8), (3, 4, 4)],
}
MORE = [
    "+8613812345678",
    "+86 13812345678",
    "86-138-1234-5678",
    "008613812345678",
    "＋８６ １３８ １２３４ ５６７８",
    "(0710)6221234",
    "（0710）622 1234",
    "+86 710 6221234",
    "42068319900101123ｘ",
    "42068319900101123 x",
    in_chinese(PHONE),
    in_chinese(OLD),
    "１38１2345６78",
    "138\u00a01234\u00a05678",
    "1381234\ufe0f5678",
]


def number_writings(number):
    """The ways in which people write a number."""
    groups = [(len(number),), *GROUPS[number]]
    for sizes, by in itertools.product(groups, SEPARATORS):
        written = grouped(*sizes, by=by)(number)
        yield from (written, full_width(written))


def left_of(text):
    """What is left of a number in a text, apart from the sign of a country."""
    narrow = unicodedata.normalize("NFKC", text).replace("+86", "").replace("86-", "")
    return [one for one in narrow if one.isdecimal() or one in "〇一二三四五六七八九Xx"]


@pytest.mark.parametrize("number", GROUPS)
def test_a_number_is_hidden_in_every_writing(number, east):
    shown = {
        written: text
        for written in number_writings(number)
        if left_of(text := strip_personal_data(f"（电话{written}，𠮷）来电", east))
        or not text.endswith(f"{HIDDEN}，𠮷）来电")
    }

    assert shown == {}


@pytest.mark.parametrize("written", MORE)
def test_a_number_with_signs_of_a_country_or_an_area_is_hidden(written, east):
    text = strip_personal_data(f"电话{written}来电", east)

    assert (HIDDEN in text, left_of(text)) == (True, [])


@pytest.mark.parametrize(
    "text",
    [
        "2026年11月30日9:00—11:30，会议室301",
        "街党〔2026〕7号",
        "统一社会信用代码51420600MJH123456X",
        "2026-11-30至2026-12-31",
        "党员1234名，服务138.5小时，经费12345678.90元",
        "编号2013812345678",
        "1、2、3、4、5、6、7、8、9、10、11",
        "1. 5 2026.03.01 8:30",
        "第一二三四五季度",
    ],
)
def test_numbers_of_other_things_stay(text, east):
    assert strip_personal_data(text, east) == text


NAMES = {
    "欧阳若兰": "欧某某",
    "吕鹏": "吕某某",
    "阿依古丽·买买提": "阿某某",
    "𠮷鹏": "𠮷某某",
    "阿不都热西提江": "阿某某",
    "Maria Petrova": "M某某",
}


def name_writings(name):
    """The ways in which people write a name."""
    yield name
    for dot in ("•", "・", "‧", "●", " · ", "．", ".", "\u00a0·", "", " "):
        if "·" in name:
            yield name.replace("·", dot)
    for blank in (" ", "　", "  ", "\u00a0", "\u200b"):
        if " " not in name:
            yield blank.join(name)
            yield f"{name[0]}{blank}{name[1:]}"
    if " " in name:
        yield from (name.upper(), full_width(name), name.replace(" ", "  "))


@pytest.mark.parametrize(
    ("name", "written"),
    [(name, one) for name in NAMES for one in dict.fromkeys(name_writings(name))],
)
def test_a_name_is_hidden_in_every_writing(name, written):
    place = CommunityFactory()
    MemberFactory(organization=BranchFactory(parent=place), name=name)

    text = strip_personal_data(f"表扬：{written}。吕梁来访", place)

    assert text == f"表扬：{NAMES[name]}。吕梁来访"


def test_a_name_inside_a_longer_one_leaves_nothing_of_it():
    place = CommunityFactory()
    for name in ("王明", "王明华", "李王"):
        MemberFactory(organization=BranchFactory(parent=place), name=name)

    assert (
        strip_personal_data("王明华、王 明、李王明华", place)
        == "王某某、王某某、李某某"
    )


def test_names_of_another_street_stay():
    MemberFactory(
        organization=BranchFactory(parent=CommunityFactory()), name="欧阳若兰"
    )

    assert strip_personal_data("欧阳若兰", CommunityFactory()) == "欧阳若兰"
