"""One spelling for the many ways to write the same password."""

import re
import unicodedata

LEET = str.maketrans("@4031!$57", "aaoeiisst")
CHINESE_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
TAIL = re.compile(r"(?<![\W\d_])[\W\d_]++$")
HEAD = re.compile(r"^[\W\d_]+")


def fold_password(text: str) -> str:
    """Return the text in half width and lower case."""
    return unicodedata.normalize("NFKC", text).casefold()


def squeeze(text: str) -> str:
    """Return the letters and digits of the text alone, folded."""
    return "".join(c for c in fold_password(text) if c.isalnum())


def read_digits(text: str) -> str:
    """Return all digits of the text, Chinese ones too, without what is between them."""
    return "".join(
        c for c in fold_password(text).translate(CHINESE_DIGITS) if c.isdecimal()
    )


def spellings(password: str) -> set[str]:
    """Return the password as letters and digits, and with signs read as letters.

    P@ssw0rd is password, and so is p-a-s-s-w-o-r-d.
    """
    folded = fold_password(password)
    return {squeeze(folded), squeeze(folded.translate(LEET))}


def cores(password: str) -> set[str]:
    """Return what is left without the digits and signs before and after it.

    Changan@2024, 2024changan and ch@ngan!! have the same core.
    """
    folded = fold_password(password)
    without_tail = TAIL.sub("", folded)
    both = HEAD.sub("", without_tail)
    return {
        squeeze(form)
        for text in (without_tail, both)
        for form in (text, text.translate(LEET))
        if form
    }


def letters_of(text: str) -> str:
    """Return the letters of a folded text alone."""
    return "".join(c for c in text if c.isalpha())
