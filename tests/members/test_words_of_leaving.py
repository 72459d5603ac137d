"""What says that somebody has left is known wherever it stands in a file."""

import pytest

from core.departures import DIED, EXPELLED
from members.roster.departures import remark_says_left, says_left
from members.roster.group_headings import Meaning, find_meaning
from members.roster.sheet_types import FORMER
from sheets.read.line_wording import KIND

WORDS = [*DIED.split("|"), *EXPELLED.split("|")]


@pytest.mark.parametrize("word", WORDS)
def test_a_word_of_leaving_is_known_in_a_column_a_remark_a_heading_and_a_title(word):
    assert says_left(f"2021年3月{word}")
    assert remark_says_left(word)
    assert find_meaning(f"{word}党员") is Meaning.LEFT
    assert KIND.fullmatch(f"{word}人员")
    assert FORMER.titles.fullmatch(f"{word}党员")
