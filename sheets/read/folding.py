"""Words as offices type them, folded to one form for comparison."""

import re
import unicodedata
from functools import lru_cache

LONGEST_WORD = 60  # what is longer is no word of a header

INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
BRACKETS = str.maketrans("【】〔〕〈〉《》[]{}", "()()()()()()")
DECORATION = re.compile(r"[*＊※★☆●◆#:;、,。.\"'“”‘’·_\-—]+")
ENUMERATION = re.compile(r"^(\(?\d{1,2}\)|\d{1,2}[.、])(?=\D)")
IN_BRACKETS = re.compile(r"\([^()]*\)")

# In brackets behind a header these make it somebody else's: 联系电话（家属）.
OTHER_PERSON = re.compile(
    "家属|家人|配偶|爱人|父|母|子女|儿|亲属|监护|紧急|介绍人|联系人|代理|原|曾用"
)

# Ways of saying the same in a header, tried last of all.
STEMS = (
    (re.compile("(日期|年月日|年月|具体时间)$"), "时间"),
    (re.compile("号码$"), "号"),
    (re.compile("^(党员|本人|所在|所属|常用|现|个人)(?=..)"), ""),
)


def fold(text: str) -> str:
    """Fold width and case, and drop blanks, line breaks and decoration."""
    return _fold_cached(text) if len(text) <= LONGEST_WORD else _fold_uncached(text)


def _fold_uncached(text: str) -> str:
    folded = INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).lower()
    folded = ENUMERATION.sub("", folded.translate(BRACKETS))
    return DECORATION.sub("", folded)


_fold_cached = lru_cache(maxsize=8192)(_fold_uncached)  # the same few words, row by row


def unwrap_brackets(folded: str) -> str:
    """Return the folded words with what stands in brackets, as one word."""
    return folded.replace("(", "").replace(")", "")


def drop_brackets(folded: str) -> str:
    """Return the folded words without what stands in brackets: units, hints.

    Brackets that name another person are no hint: the words stay as they are.
    """
    if any(OTHER_PERSON.search(hint) for hint in IN_BRACKETS.findall(folded)):
        return unwrap_brackets(folded)
    return unwrap_brackets(IN_BRACKETS.sub("", folded)) or unwrap_brackets(folded)


def stem(word: str) -> str:
    """Return what is left of a folded word when its usual variations are evened out."""
    for pattern, plain in STEMS:
        word = pattern.sub(plain, word)
    return word
