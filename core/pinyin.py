"""Pinyin of people's names: for searching and for sorting lists.

The dictionaries take 55 MB, so they are imported only when a name is entered.
"""

import re
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from core.names import DOT, FULL_WIDTH, HAS_IDEOGRAPH

MAX_LENGTH = 200

# Surnames pronounced differently from the same characters elsewhere (曾 is zēng, not
# céng), and those of two characters whose first would otherwise be read alone.
SURNAMES = dict(
    re.findall(
        r"([^a-z\d\s]+)([a-z\d]+)",
        """
        曾zeng1 单shan4 仇qiu2 查zha1 区ou1 解xie4 翟zhai2 覃qin2 缪miao4 盖ge3 朴piao2
        任ren2 华hua4 燕yan1 纪ji3 葛ge3 洗xian3 乐yue4 牟mou4 员yun4 贠yun4 秘bi4
        祭zhai4 召shao4 折she2 黑he4 重chong2 种chong2 繁po2 郇xun2 薄bo2 卜bu3 都du1
        干gan1 过guo1 哈ha3 句gou1 阚kan4 隗wei3 令ling2 乜nie4 那na1 粘nian2 佴nai4
        能nai4 撒sa3 相xiang4 肖xiao1 要yao1 於yu1 占zhan1 角jue2 藏zang4 难ning4
        观guan4 么yao1
        尉迟yu4chi2 万俟mo4qi2 澹台tan2tai2
        单增dan1zeng1 查干cha2gan1
        """,
    )
)
SYLLABLE = re.compile(r"[a-z]+\d?")
TONE = re.compile(r"\d")


def search_key(name: str) -> str:
    """Return the pinyin of a name, in full and in initials.

    A surname with a reading of its own is also given in the common reading, because
    people type either.
    """
    readings = [_pronounce(name)]
    if name[:1] in SURNAMES or name[:2] in SURNAMES:
        readings.append(_look_up_readings(name))
    words = []
    for reading in readings:
        sounds = [TONE.sub("", sound) for sound in reading]
        words += ["".join(sounds), "".join(sound[:1] for sound in sounds)]
    return " ".join(dict.fromkeys(words)).lower()[:MAX_LENGTH]


def sort_key(name: str) -> str:
    """Return a key that sorts names character by character, by sound, then by shape.

    With the sounds simply joined, 程安 would be sorted between 陈芳 and 陈刚.
    """
    sounds = _pronounce(name)
    if len(sounds) != len(name):
        return name.lower()[:MAX_LENGTH]
    return "".join(
        f"{sound}{character} " if HAS_IDEOGRAPH.match(character) else sound
        for sound, character in zip(sounds, name, strict=True)
    ).lower()[:MAX_LENGTH]


def clean_pinyin(text: str) -> str:
    """Return typed pinyin in the spelling of `search_key`."""
    typed = text.translate(FULL_WIDTH).lower()
    return re.sub(r"[\s'’]+", "", typed).replace("u:", "v").replace("ü", "v")


def _pronounce(name: str) -> tuple[str, ...]:
    """Return the reading of each character, the surname's first."""
    if DOT in name:  # a transcribed foreign name has no Chinese surname
        return _look_up_readings(name)
    for length in (2, 1):
        if sounds := SURNAMES.get(name[:length]):
            return (*SYLLABLE.findall(sounds), *_look_up_readings(name[length:]))
    return _look_up_readings(name[:1]) + _look_up_readings(name[1:])


@lru_cache(maxsize=4096)  # a name is read twice; surnames and characters recur
def _look_up_readings(text: str) -> tuple[str, ...]:
    from pypinyin import Style, pinyin  # noqa: PLC0415 -- at the first name

    # The stubs do not say that `errors` may return one reading a character.
    split: Any = list
    readings = pinyin(text, style=Style.TONE3, errors=split)
    return tuple(reading[0] for reading in readings if reading[0])


class SortKeyField(models.CharField):
    """A sort key, compared byte by byte: locale rules would ignore its blanks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", MAX_LENGTH)
        super().__init__(*args, **kwargs)

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters
