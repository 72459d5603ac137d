"""Names have one spelling however they are entered, and are found by any."""

from pathlib import Path

import pytest
from django.apps import apps
from django.contrib import admin
from hypothesis import given
from hypothesis import strategies as st

from core.admin import ScopedAdmin
from core.names import (
    MAX_LENGTH,
    BadName,
    NameTooLong,
    clean_person_name,
    fold_name,
    search_spellings,
)
from core.pinyin import SURNAMES, clean_pinyin, search_key, sort_key

ROOT = Path(__file__).resolve().parents[2]
INVISIBLES = "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2066\ufeff"
BLANKS = " \t\u00a0\u2002\u3000\n"
SPELLINGS = [
    ("王芳", "王芳"),
    (" 武　云 ", "武云"),
    ("欧阳 宇和", "欧阳宇和"),
    ("⽅芳", "方芳"),
    ("㛃丽华", "㛃丽华"),
    ("𬱖文轩", "𬱖文轩"),
    ("刘〇〇", "刘〇〇"),
    ("阿依努尔·麦麦提", "阿依努尔·麦麦提"),
    ("古丽娜尔．艾山", "古丽娜尔·艾山"),
    ("古丽娜尔.艾山", "古丽娜尔·艾山"),
    ("古丽娜尔 · 艾山", "古丽娜尔·艾山"),
    ("Maria  da Silva", "Maria da Silva"),
    ("Ｍａｒｉａ　Silva", "Maria Silva"),
    ("J. O'Neill-Smith", "J. O'Neill-Smith"),
]


@pytest.mark.parametrize(("typed", "name"), SPELLINGS)
def test_a_name_has_one_spelling(typed, name):
    assert clean_person_name(typed) == name
    assert fold_name(typed) == name


@pytest.mark.parametrize("mark", [*INVISIBLES, *BLANKS])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_invisible_characters_and_blanks_in_a_chinese_name_are_dropped(mark, place):
    typed = "武云"[:place] + mark + "武云"[place:]

    assert clean_person_name(typed) == "武云"


@pytest.mark.parametrize("dot", "•・‧∙⋅･·●.．。﹒")
def test_every_kind_of_dot_between_chinese_characters_becomes_one(dot):
    assert clean_person_name(f"买买提{dot}吐尔逊") == "买买提·吐尔逊"


@pytest.mark.parametrize("letter", "ＡＺａｚ")
def test_full_width_letters_become_half_width(letter):
    assert clean_person_name(f"林{letter}") == f"林{chr(ord(letter) - 0xFEE0)}"


@pytest.mark.parametrize(
    ("typed", "character"),
    [
        *((f"王芳{digit}", digit) for digit in "0123456789٣²Ⅳ①"),
        ("王芳８", "8"),
        ("王芳（预备）", "("),
        ("<b>王芳</b>", "<"),
        ("&nbsp;王芳", "&"),
        ("王&#183;芳", "&"),
        ("王芳<script>", "<"),
        *((f"王芳{emoji}", emoji) for emoji in "😀❤★♀🇨☭"),
        ("??", "?"),
        ("王\ufffd", "\ufffd"),
        ("王\ue81e", "\ue81e"),
        ("王芳/李明", "/"),
        ("ÍõÀ¼", "¼"),
        ("·", "·"),
        ("-", "-"),
        ("'.'", "'"),
        ("\u200b", "\u200b"),
        ("　", "　"),
    ],
)
def test_a_text_that_is_not_a_name_is_refused_with_the_character(typed, character):
    with pytest.raises(BadName) as refused:
        clean_person_name(typed)

    assert refused.value.params["character"] == character


def test_a_refusal_does_not_print_an_identity_number():
    with pytest.raises(BadName) as refused:
        clean_person_name("王芳11010519491231002X")

    assert "11010519491231002X" not in str(refused.value)


def test_a_name_has_fifty_characters_at_most():
    assert len(clean_person_name("王" * MAX_LENGTH)) == MAX_LENGTH
    with pytest.raises(NameTooLong):
        clean_person_name("王" * (MAX_LENGTH + 1))


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing_more(text):
    assert fold_name(fold_name(text)) == fold_name(text)
    try:
        name = clean_person_name(text)
    except (BadName, NameTooLong):
        return
    assert clean_person_name(name) == name
    assert name in search_spellings(text)


@pytest.mark.parametrize(
    ("name", "sound"),
    [
        *[("曾华", "zeng"), ("单田芳", "shan"), ("仇英", "qiu"), ("查良镛", "zha")],
        *[("区桃", "ou"), ("解缙", "xie"), ("翟志刚", "zhai"), ("覃刚", "qin")],
        *[("缪荃孙", "miao"), ("盖叫天", "ge"), ("朴素", "piao"), ("吕布", "lv")],
        *[("欧阳修", "ouyang"), ("令狐冲", "linghu"), ("万俟卨", "moqi")],
        *[("尉迟恭", "yuchi"), ("长孙无忌", "zhangsun"), ("澹台灭明", "tantai")],
        *[("任重", "ren"), ("华罗庚", "hua"), ("纪晓岚", "ji"), ("乐毅", "yue")],
        *[("单增多吉", "danzeng"), ("查干巴拉", "chagan"), ("单·马丁", "dan")],
    ],
)
def test_surnames_have_readings_of_their_own(name, sound):
    assert search_key(name).startswith(sound)


def test_the_table_of_surnames_has_only_readings_that_the_dictionary_lacks():
    from pypinyin import Style, pinyin  # noqa: PLC0415 -- large

    def read(character):
        return pinyin(character, style=Style.TONE3)[0][0]

    for surname, sounds in SURNAMES.items():
        first, *second = surname
        single = SURNAMES.get(first, read(first)) if second else read(first)
        assert "".join([single, *map(read, second)]) != sounds


@pytest.mark.parametrize("typed", ["zenghua", "ceng hua", "zh", "Zeng Hua", "zeng'hua"])
def test_a_name_is_found_by_its_sound_however_it_is_typed(typed):
    assert clean_pinyin(typed) in search_key("曾华")


@pytest.mark.parametrize("typed", ["lübu", "lv bu", "lu:bu"])
def test_the_vowel_that_keyboards_lack_is_typed_in_three_ways(typed):
    assert clean_pinyin(typed) in search_key("吕布")


def test_names_of_one_surname_are_together_in_order():
    names = ["程安", "陈刚", "程怡", "陈芳", "谌安", "陈怡", "程刚", "陈"]

    ordered = sorted(names, key=sort_key)

    assert "".join(name[0] for name in ordered) in {
        "谌陈陈陈陈程程程",
        "陈陈陈陈谌程程程",
    }


def test_every_search_normalizes_the_typed_name():
    """Every search field goes through the cleaning: filters and the admin alike."""
    raw = []
    for app in apps.get_app_configs():
        folder = Path(app.path)
        if not folder.is_relative_to(ROOT) or ".venv" in folder.parts:
            continue
        for path in folder.rglob("*.py"):
            text = path.read_text()
            if "icontains" in text and path != ROOT / "core/names.py":
                raw.append(str(path.relative_to(ROOT)))
    unclean = [
        model._meta.label
        for model, page in admin.site._registry.items()
        if page.search_fields and not isinstance(page, ScopedAdmin)
    ]

    assert (raw, unclean) == ([], [])
