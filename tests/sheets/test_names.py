"""Names are normalized however they were typed."""

import pytest

from core.errors import DomainError
from core.names import BadName, clean_person_name
from sheets.read.cells import BLANK, Cell, Kind
from sheets.read.names import read_name
from sheets.read.value_errors import BadValue, ErrorValue


def text(value):
    return Cell(value, value, Kind.TEXT)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("王芳", "王芳"),
        (" 武　云 ", "武云"),
        ("李\u200b 明\ufeff", "李明"),
        ("欧阳 宇和", "欧阳宇和"),
        ("'王芳", "王芳"),
        ('="王芳"', "王芳"),
        ("㛃丽华", "㛃丽华"),
        ("𬱖文轩", "𬱖文轩"),
        ("龙䶮", "龙䶮"),
        ("刘〇〇", "刘〇〇"),
        ("阿依努尔·麦麦提", "阿依努尔·麦麦提"),
        ("买买提•吐尔逊", "买买提·吐尔逊"),
        ("古丽娜尔・艾山", "古丽娜尔·艾山"),
        ("古丽娜尔‧艾山", "古丽娜尔·艾山"),
        ("古丽娜尔．艾山", "古丽娜尔·艾山"),
        ("古丽娜尔.艾山", "古丽娜尔·艾山"),
        ("古丽娜尔 · 艾山", "古丽娜尔·艾山"),
        ("Maria  da Silva", "Maria da Silva"),
        ("Ｍａｒｉａ　Silva", "Maria Silva"),
        ("J. O'Neill-Smith", "J. O'Neill-Smith"),
        ("བསྟན་འཛིན".replace("་", ""), "བསྟནའཛིན"),
    ],
)
def test_a_name_is_normalized(typed, name):
    assert read_name(text(typed)) == name


def test_a_character_outside_the_basic_plane_counts_as_one():
    assert len(read_name(text("𬱖文轩")) or "") == 3


@pytest.mark.parametrize("typed", ["王芳1", "王芳（预备）", "<b>王芳</b>", "王" * 51])
def test_a_cell_is_refused_with_the_words_of_the_common_rule(typed):
    with pytest.raises(DomainError) as rule:
        clean_person_name(typed)
    with pytest.raises(BadValue) as refused:
        read_name(text(typed))

    assert str(refused.value) == str(rule.value)


def test_a_number_is_refused_as_a_name():
    with pytest.raises(BadValue) as refused:
        read_name(Cell(12, "12", Kind.NUMBER))

    assert str(refused.value) == str(BadName(text="12", character="1"))


def test_a_blank_cell_has_no_name_and_an_error_is_refused():
    assert read_name(BLANK) is None
    with pytest.raises(ErrorValue):
        read_name(Cell(None, "#REF!", Kind.ERROR))
