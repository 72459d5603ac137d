"""Read levels of education, in offices' words, as codes of the code list."""

import re
from collections.abc import Mapping

from sheets.read import drop_brackets, fold

# A level, the code of having completed it, and of the level itself, where it has one.
LEVELS = (
    ("博士", "11", "11"),
    ("硕士|研究生班?", "14", "10"),
    ("专升本|本科|大学(?!专科)|大本|学士", "21", "20"),
    ("专科|大专|高职|大普", "31", "30"),
    ("中专|中师|师范|中等专业|中等职业", "41", "41"),
    ("职高|职业高中|职中", "44", "44"),
    ("技校|技工|中技", "47", "47"),
    ("高中", "61", "60"),
    ("初中", "71", "70"),
    ("小学", "81", "80"),
    ("文盲|不识字|无学历|其他|其它", "90", "90"),
)
PATTERNS = [(re.compile(words), done, level) for words, done, level in LEVELS]
MIDDLE_SCHOOL = re.compile("中等专科|中等专")  # not a college
COMPLETION = {"结业": 1, "肄业": 2}
VAGUE = re.compile("以[下上]|不详|不明")
MAX_LENGTH = 20


def find_education(text: str, labels: Mapping[str, str]) -> str | None:
    """Return the code that the words mean, or None; `labels` are the list's by code."""
    if text in labels:
        return text
    by_label = {label: code for code, label in labels.items()}
    if text in by_label:
        return by_label[text]
    word = MIDDLE_SCHOOL.sub("中专", drop_brackets(fold(text)))
    if len(word) > MAX_LENGTH or VAGUE.search(word):
        return None
    code = next(
        (_code(word, *level) for level in PATTERNS if level[0].search(word)), ""
    )
    return code if code in labels else None


def _code(word: str, pattern: re.Pattern[str], done: str, level: str) -> str:
    """Return the code of a level, with how it ended if the words say so."""
    if level == "10" and "硕士" in word:
        level = done
    if "研究生班" in word:
        done = level = "17"
    for ending, offset in COMPLETION.items():
        if ending in word:
            return str(int(done) + offset)
    return done if "毕业" in word else level


def is_same_level(stated: str, recorded: str) -> bool:
    """Whether a recorded code is the same level, perhaps more exactly (本科毕业)."""
    return stated == recorded or (
        stated.endswith("0") and bool(recorded) and stated[0] == recorded[0]
    )
