"""One word, one meaning: what all catalogues share, and what pages say with it."""

from pathlib import Path

import import_export
import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import Notice
from members.filters import MemberFilter
from members.models import Member
from members.tables import MemberTable

ROOT = Path(__file__).parents[1]
CATALOGUE = "LC_MESSAGES/django.po"
# Where our word is meant to stand in a library's place as well.
OURS_EVERYWHERE = {"Add", "Field", "Home", "Row", "Search", "Select all", "hash"}
NOT_ON_PAGES = {"English", "day", "month", "title"}
"""Said of languages, periods and flat pages that no page of ours shows."""


def words_of(path):
    return {
        (entry.msgctxt, entry.msgid): entry.msgstr or entry.msgstr_plural.get(0)
        for entry in polib.pofile(str(path))
    }


def borrowed():
    """The catalogues of the libraries whose pages stand beside ours."""
    for config in apps.get_app_configs():
        if config.label not in settings.OUR_APPS:
            yield from Path(config.path).glob(f"locale/zh_Hans/{CATALOGUE}")


def test_a_word_that_a_library_says_too_is_said_alike():
    ours = {}
    for path in ROOT.glob(f"*/locale/zh_Hans/{CATALOGUE}"):
        ours |= words_of(path)

    other = {
        key[1]: (words, ours[key])
        for path in borrowed()
        for key, words in words_of(path).items()
        if words and ours.get(key, words) != words
    }

    assert Path(import_export.__file__).parent / f"locale/zh_Hans/{CATALOGUE}" in {
        *borrowed()
    }
    assert set(other) - OURS_EVERYWHERE - NOT_ON_PAGES == set()


@pytest.fixture
def desk(secretary):
    client = Client()
    client.force_login(secretary)
    return client


def test_a_notice_is_opened_and_an_unread_one_says_so(desk, secretary):
    Notice.objects.create(user=secretary, text="请修改月报。", url="/returns/")

    page = desk.get(reverse("accounts:notices")).content.decode()

    assert [word in page for word in ("打开", "未读", "未结账", "新增")] == [
        True,
        True,
        False,
        False,
    ]


def test_an_agreement_is_drafted_by_a_button_that_says_so(desk):
    page = desk.get(reverse("cobuilding:draft_agreement")).content.decode()

    button = page.partition('<div class="form-buttons">')[2]

    assert ("起草" in button, "草稿" in button) == (True, False)


@pytest.mark.parametrize(
    ("column", "words"), [("standing", "人员类别"), ("category", "党员类别")]
)
def test_what_kind_of_member_is_headed_alike_everywhere(column, words):
    said = {
        str(Member._meta.get_field(column).verbose_name),
        str(MemberTable.base_columns[column].verbose_name),
        str(MemberFilter.base_filters[column].label),
    }

    assert said == {words}
