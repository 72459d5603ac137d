"""Rows of a register that say somebody is back, without the day of returning.

A column such as 目前状态 says 已返乡 of some rows. That is no departure from the Party
and no new absence: the person who uploads says whether recorded absences end.
"""

import re
from collections.abc import Mapping

from exchange.doubts import Doubt, DoubtSource
from members.roster.known_texts import TAB_WORDS, TITLE_WORDS, KnownTexts
from members.roster.membership import fold_own_heading
from members.roster.wording import is_yes
from sheets.read import Cell, drop_brackets, fold

IS_BACK = "is_back"
IMPORT_DAY, STILL_AWAY = "import_day", "still_away"
RETURNED = re.compile(
    "(现|目前|人?已经?|全部)*(返[回乡家村岗程]|回[流来乡村家到]|流回|归来|结束(流动|外出)|不再(流动|外出))"
    "(本?地|本?社区|本?村|家乡|原籍|居住)?(了|人员|党员)?"
)
GONE_OR_COME = "流入|外出|外来|返乡|回流|务工|经商"
STATES = {DoubtSource.COLUMN, DoubtSource.REMARK}
ASKS_RETURN = re.compile("^是否(已经?)?(返[回乡家]|回[流来乡]|流回)")


def find_return(others: Mapping[str, Cell]) -> str:
    """Return the column that says the person is back, with its text, if any."""
    for heading, cell in others.items():
        if says_back(heading, cell.text):
            return f"{heading}：{cell.text.strip()}"
    return ""


def says_back(heading: str, text: str) -> bool:
    """Whether the text of a column says that somebody is back."""
    if ASKS_RETURN.search(fold_own_heading(heading)):
        return is_yes(text)
    return RETURNED.fullmatch(drop_brackets(fold(text))) is not None


class KnownRegisterTexts(KnownTexts):
    """Understands, besides what rosters say, that somebody is back, gone or come."""

    title_words = re.compile(f"{TITLE_WORDS.pattern}|{GONE_OR_COME}")
    tab_words = re.compile(f"{TAB_WORDS.pattern}|{GONE_OR_COME}")

    def __call__(self, doubt: Doubt) -> bool:
        """Whether the text is understood; being back has a question of its own."""
        if doubt.source in STATES and says_back(doubt.heading, doubt.text):
            return True
        return super().__call__(doubt)
