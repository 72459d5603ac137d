"""Pages of units, imports and returns say one thing with one word."""

from collections import defaultdict
from pathlib import Path

import polib
import pytest
from django.apps import apps

ROOT = Path(__file__).parent.parent
CATALOGUES = sorted(ROOT.glob("*/locale/zh_Hans/LC_MESSAGES/django.po"))
READ_TOGETHER = ("organizations", "exchange", "reports", "config")
# Another thing by a word that English has but once.
TWO_THINGS = {
    "imports": "the place on the menu; rows of the table",
    "list": "a list of rows; a list of codes",
    "name": "of a person; of an organization",
    "rows": "how many; which",
}
NO_LONGER_SAID = {
    "管理类别": "党员类别",
    "被拒绝的行": "未采纳的行",
    "未采用的列": "未读取的列",
    "关账": "结账",
    "公布的": "发布的",
    "退回更正": "退回修改",
    "行业类别": "行业",
    "到会情况": "出席情况",
}


def texts_of(entry):
    return [entry.msgstr, *entry.msgstr_plural.values()]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-5])
def test_no_text_uses_the_other_of_two_words(path):
    found = {
        word
        for entry in polib.pofile(path)
        for text in texts_of(entry)
        for word in NO_LONGER_SAID
        if word in text
    }

    assert found == set()


def test_a_label_says_the_same_with_and_without_a_capital():
    said = defaultdict(set)
    for path in CATALOGUES:
        if path.parts[-5] in READ_TOGETHER:
            for entry in polib.pofile(path):
                key = (entry.msgctxt, entry.msgid.lower())
                said[key].update(filter(None, texts_of(entry)))

    several = {msgid for (_context, msgid), words in said.items() if len(words) > 1}

    assert several == set(TWO_THINGS)


@pytest.mark.parametrize(
    ("model", "words"),
    [
        ("members.Ending", "减员日期"),
        ("organizations.Unit", "移出名册日期"),
        ("organizations.Organization", "撤销日期"),
        ("communities.Project", "终止日期"),
        ("cobuilding.Agreement", "终止日期"),
    ],
)
def test_each_kind_of_end_has_its_own_day(model, words):
    assert apps.get_model(model)._meta.get_field("ended_on").verbose_name == words
