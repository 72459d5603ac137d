"""Normalize words of headers for comparison."""

import re
import unicodedata
from functools import lru_cache

from core.names import INVISIBLE

MAX_HEADER_LENGTH = 60  # longer texts are not headers

BLANKS = re.compile(r"\s+")
# Brackets of all kinds, and a variant that some input methods write: 性別.
VARIANTS = str.maketrans("【】〔〕〈〉《》[]{}別", "()()()()()()别")
DECORATION = re.compile(r"[*＊※★☆●◆#?:;、,。.\"'“”‘’·_\-—]+")
ENUMERATION = re.compile(r"^(\(?\d{1,2}\)|\d{1,2}[.、])(?=\D)")
IN_BRACKETS = re.compile(r"\([^()]*\)")

# In brackets after a header these name another person: 联系电话（家属）.
OTHER_PERSON = re.compile(
    "家属|家人|配偶|爱人|父亲|母亲|父母|[(]父[)]|[(]母[)]|子女|儿子|女儿|[(]儿[)]|亲属|监护"
    "|户主|紧急|介绍人|联系人|代理|原(?!因)|曾用"
)
# As a group over some columns these mean that the columns are another person's.
GROUP_OF_OTHERS = re.compile(
    "家属|家人|配偶|爱人|父亲|母亲|父母|子女|亲属|监护|户主|紧急|介绍人"
)

# Synonyms within a header, tried last.
STEMS = (
    (re.compile("(日期|年月日|年月|具体时间)$"), "时间"),
    (re.compile("号码$"), "号"),
    (
        re.compile(
            "^(请问|请填写|请输入|请选择)?[您你]的?(?=..)|^请(填写|输入|选择)(?=..)"
        ),
        "",
    ),
    (re.compile("(?<=..)(是什么|是)$"), ""),  # 您的姓名是：
    (re.compile("^(党员|本人|所在|所属|常用|现|个人)(?=..)"), ""),
)


def fold(text: str) -> str:
    """Fold width and case, and drop blanks, line breaks and decoration."""
    return (
        _fold_cached(text) if len(text) <= MAX_HEADER_LENGTH else _fold_uncached(text)
    )


def _fold_uncached(text: str) -> str:
    folded = BLANKS.sub(
        "", unicodedata.normalize("NFKC", INVISIBLE.sub("", text))
    ).lower()
    folded = ENUMERATION.sub("", folded.translate(VARIANTS))
    return DECORATION.sub("", folded)


_fold_cached = lru_cache(maxsize=8192)(_fold_uncached)  # rows repeat a few words


def unwrap_brackets(folded: str) -> str:
    """Return the folded words with the content of brackets, as one word."""
    return folded.replace("(", "").replace(")", "")


def drop_brackets(folded: str) -> str:
    """Return the folded words without brackets and their content: units, hints.

    Brackets that name another person are kept.
    """
    if any(OTHER_PERSON.search(hint) for hint in IN_BRACKETS.findall(folded)):
        return unwrap_brackets(folded)
    return unwrap_brackets(IN_BRACKETS.sub("", folded)) or unwrap_brackets(folded)


def stem(word: str) -> str:
    """Return a folded word without its usual variations."""
    for pattern, plain in STEMS:
        word = pattern.sub(plain, word)
    return word
