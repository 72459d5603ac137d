"""One word, one meaning: what all catalogues share, and what pages say with it."""

import re
from decimal import Decimal
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import Notice
from core.web import framework_messages
from members.filters import MemberFilter
from members.models import Member
from members.tables import MemberTable
from tests.factories.exchange import ImportBatchFactory
from tests.factories.figures import FigureFactory

ROOT = Path(__file__).parents[1]
CATALOGUE = "LC_MESSAGES/django.po"
OURS_EVERYWHERE = {"Add", "English", "Field", "Home", "Row", "Search", "Select all"}
OURS_EVERYWHERE |= {"%(counter)s result", "day", "hash", "month", "title"}
OURS_EVERYWHERE |= {
    *framework_messages.ADMIN_LISTS,
    *framework_messages.ADMIN_FORMS,
    *framework_messages.PASSWORDS,
    *framework_messages.FIELDS,
    "Ensure that there are no more than %(max)s digit before the decimal point.",
    "Ensure this filename has at most %(max)d character (it has %(length)d).",
    "Your password must contain at least %(min_length)d character.",
}
"""What libraries say too, and say on our pages in our words."""


CODES_AND_WORDS = (
    (">service_hours<", "已确认的服务时长", ">12.0 小时<"),
    (">member_roster<", "党员花名册"),
    (">education<", ">学历<"),
)


def words_of(path):
    return {
        (entry.msgctxt, entry.msgid): entry.msgstr or entry.msgstr_plural.get(0)
        for entry in polib.pofile(str(path))
    }


def ours():
    """Every word of ours, with its context."""
    entries = {}
    for path in ROOT.glob(f"*/locale/zh_Hans/{CATALOGUE}"):
        entries |= words_of(path)
    return entries


def borrowed():
    """The words of the libraries whose pages stand beside ours."""
    for config in apps.get_app_configs():
        if config.label not in settings.OUR_APPS:
            for path in Path(config.path).glob(f"locale/zh_Hans/{CATALOGUE}"):
                yield from words_of(path).items()


def test_no_library_takes_the_place_of_a_word_of_ours():
    with translation.override("zh-hans"):
        other = {
            msgid: (said, words)
            for (context, msgid), words in ours().items()
            if not context
            and (said := translation.gettext(msgid)) not in {words, msgid}
        }

    assert other == {}


def test_our_words_change_no_page_of_a_library_unseen():
    known = ours()

    changed = {
        key[1] for key, words in borrowed() if words and known.get(key, words) != words
    }

    assert changed <= OURS_EVERYWHERE
    assert {"Search", "Row"} <= changed


RULE_NUMBER = re.compile(r"\bR-\d\d\b")
COMMENT = re.compile(r"{#.*?#}|{% comment.*?endcomment %}", re.DOTALL)
DATA_PAGES = sorted(ROOT.glob("*/data/*.csv"))


def test_no_message_template_or_data_names_a_rule_by_its_number():
    messages = [f"{msgid} {words}" for (_context, msgid), words in ours().items()]
    templates = [
        COMMENT.sub("", path.read_text(encoding="utf-8"))
        for path in (ROOT / "templates").rglob("*.html")
    ]
    data = [path.read_text(encoding="utf-8-sig") for path in DATA_PAGES]
    texts = [*messages, *templates, *data]

    assert [text for text in texts if RULE_NUMBER.search(text)] == []
    assert len(DATA_PAGES) > 5


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
    labels = {
        str(Member._meta.get_field(column).verbose_name),
        str(MemberTable.base_columns[column].verbose_name),
        str(MemberFilter.base_filters[column].label),
    }

    assert labels == {words}


def test_lists_of_the_admin_say_codes_in_words(client, staff, east):
    FigureFactory(organization=east, indicator="service_hours", value=Decimal(12))
    ImportBatchFactory(organization=east)
    client.force_login(staff, backend="accounts.backends.UsernameOrPhone")

    pages = [
        client.get(reverse(f"admin:{name}_changelist")).content.decode()
        for name in ("figures_figure", "exchange_importbatch", "organizations_codeitem")
    ]

    assert [
        [words in page for words in expected]
        for page, expected in zip(pages, CODES_AND_WORDS, strict=True)
    ] == [[False, True, True], [False, True], [False, True]]


def test_a_text_that_is_too_long_is_refused_in_plain_words(desk, branch):
    sent = {"name": "长" * 51, "standing": "full", "category": "resident"}

    page = desk.post(reverse("members:admit"), sent).content.decode()

    assert "最多 50 个字，现在有 51 个字，请缩短。" in page


def test_a_password_page_speaks_as_politely_as_the_others(client, db):
    page = client.get(reverse("accounts:activate")).content.decode()

    assert ("密码不能全是数字。" in page, "你" in page) == (True, False)
