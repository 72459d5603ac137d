"""Read levels of education, in offices' words, as codes of the code list."""

import re
from collections.abc import Mapping

from members.roster.parsed_rows import ParsedRow
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
# Words that are a level and no more, of which the preview need not say what was read.
PLAIN = re.compile(
    rf"\s*(全日制|普通|大学|中等)*({'|'.join(words for words, *_codes in LEVELS)})"
    r"(研究生|教育|毕业|学历|文化|程度|生)*\s*"
)
MIDDLE_SCHOOL = re.compile("中等专科|中等专")  # not a college
# Who is still there, or has left without an end, has not got that far.
IN_STUDY = re.compile(
    "在读|在校|就读|在学|攻读|未毕业|没毕业|未取得|未完成|休学|退学|辍学|中途"
)
BEFORE = (("博士", "14"), ("硕士|研究生", "20"))  # what somebody has by then
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
    if is_in_study(text):
        before = (code for words, code in BEFORE if re.search(words, fold(text)))
        return next((code for code in before if code in labels), None)
    word = MIDDLE_SCHOOL.sub("中专", drop_brackets(fold(text)))
    if len(word) > MAX_LENGTH or VAGUE.search(word):
        return None
    code = next(
        (
            _code(word, fold(text), *level)
            for level in PATTERNS
            if level[0].search(word)
        ),
        "",
    )
    return code if code in labels else None


def is_in_study(text: str) -> bool:
    """Whether the words say that the level has not been completed."""
    return IN_STUDY.search(fold(text)) is not None


def _code(
    word: str, whole: str, pattern: re.Pattern[str], done: str, level: str
) -> str:
    """Return the code of a level, with how it ended if the words say so."""
    if level == "10" and "硕士" in word:
        level = done
    if "研究生班" in word:
        done = level = "17"
    for ending, offset in COMPLETION.items():
        if ending in whole:  # in brackets as well
            return str(int(done) + offset)
    return done if "毕业" in whole else level


def show_education(parsed: ParsedRow, text: str, labels: Mapping[str, str]) -> None:
    """Show in the preview what was made of words that are not those of the list."""
    code = parsed.values.get("education")
    if is_in_study(text):
        parsed.flag("education_in_study")
        parsed.flags = [flag for flag in parsed.flags if flag != "education_unread"]
    if code and text.strip() not in {code, labels[code]} and not PLAIN.fullmatch(text):
        parsed.shown["education"] = f"{labels[code]}（{text.strip()}）"


def is_same_level(stated: str, recorded: str) -> bool:
    """Whether a recorded code is the same level, perhaps more exactly (本科毕业)."""
    return stated == recorded or (
        stated.endswith("0") and bool(recorded) and stated[0] == recorded[0]
    )
