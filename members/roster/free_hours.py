"""Read in which slots of the week somebody writes that they are free."""

import re

from members.enums import SLOTS

DAYS = "一二三四五六日"
DAY = re.compile(f"(?:周|星期|礼拜)([{DAYS}天末])")
SPANS = (
    (re.compile("工作日"), (1, 2, 3, 4, 5)),
    (re.compile("双休日|节假日|周末|星期末"), (6, 7)),
)
PARTS = (
    (re.compile("上午|早上|早晨"), "m"),
    (re.compile("下午"), "a"),
    (re.compile("晚|夜|下班"), "e"),
    (re.compile("全天|整天"), "ma"),
)
BETWEEN = re.compile(r"[，,;；、/\s]+")


def read_slots(text: str) -> list[str]:
    """Return the codes of the slots that a text names, in the order of the week.

    A day without a part is its morning and afternoon, a part without a day that of
    every day.
    """
    found = {code for word in BETWEEN.split(text) for code in _read_word(word)}
    return [code for code in SLOTS if code in found]


def _read_word(word: str) -> set[str]:
    days = {day for span, numbers in SPANS if span.search(word) for day in numbers}
    for name in DAY.findall(word):
        if name != "末":
            days.add(DAYS.index(name.replace("天", "日")) + 1)
    parts = {part for words, codes in PARTS if words.search(word) for part in codes}
    if not days and not parts:
        return set()
    return {
        f"{day}{part}" for day in days or range(1, 8) for part in parts or {"m", "a"}
    }
