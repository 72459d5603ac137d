"""Names in the order of strokes, as lists of candidates print them."""

from core.strokes import stroke_key


def by_strokes(*names):
    return sorted(names, key=stroke_key)


def test_fewer_strokes_of_the_surname_come_first():
    assert by_strokes("张伟", "王芳", "丁一") == ["丁一", "王芳", "张伟"]


def test_equal_counts_are_ordered_by_the_strokes_as_they_are_written():
    # Seven strokes each: 李 begins level, 吴 upright, 何 falling, 陈 bent.
    assert by_strokes("陈芳", "何芳", "吴芳", "李芳") == [
        "李芳",
        "吴芳",
        "何芳",
        "陈芳",
    ]


def test_of_one_surname_the_shorter_name_comes_first():
    assert by_strokes("王一鸣", "王辉", "王丁") == ["王丁", "王辉", "王一鸣"]


def test_a_character_without_data_comes_last():
    assert by_strokes("𠮷田", "戴明") == ["戴明", "𠮷田"]
