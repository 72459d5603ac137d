"""List pages: the bytes they were before Python wrote their rows, and how they page."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.core.by_the_engine import by_the_engine
from tests.factories.members import MemberFactory
from tests.test_long_lists import OFFICE, _one_city, every_hand  # noqa: F401 -- a fixture

pytestmark = pytest.mark.django_db

WITHOUT_TABLE = {"members:slips", "accounts:slips", "communities:owed"}
WITHOUT_PAGES = {"accounts:access_log"}  # of a look nothing more is known
ROW = re.compile(r'<tr class=".*?</tr>', re.DOTALL)
LINK = re.compile(r"<a\s[^>]*href=")
FRESH = re.compile(r"\b(?:[A-Za-z0-9]{64}|[0-9a-f]{32})\b")


def unkeyed(answer):
    """A page without the tokens and keys that differ in each answer."""
    return FRESH.sub("", answer.content.decode())


@pytest.fixture
def browser(client, city):
    """Whoever may open each list of an office."""
    client.force_login(every_hand(city), "accounts.backends.UsernameOrPhone")
    return client


@pytest.mark.parametrize("name", sorted({*OFFICE} - WITHOUT_TABLE))
def test_a_list_of_the_office_is_the_page_it_was(browser, name):
    for _row in range(3):
        OFFICE[name]()
    browser.get(reverse(name))

    ours = unkeyed(browser.get(reverse(name)))

    with by_the_engine():
        assert ours == unkeyed(browser.get(reverse(name)))
    assert ours.count('<tr class="') == 3


@pytest.mark.parametrize("name", sorted({*OFFICE} - WITHOUT_TABLE - WITHOUT_PAGES))
def test_each_row_of_a_list_leads_to_its_record(browser, name):
    for _row in range(3):
        OFFICE[name]()

    rows = ROW.findall(browser.get(reverse(name)).content.decode())

    assert len(rows) == 3
    assert [row for row in rows if not LINK.search(row)] == []


def test_the_page_s_address_decides_which_page_it_is(browser):
    MemberFactory.create_batch(51)
    address = reverse("members:list")

    found = {
        page: browser.get(address, {"page": page}).status_code
        for page in ("", "1", "2", "3", "0", "x")
    }

    assert found == {"": 200, "1": 200, "2": 200, "3": 404, "0": 404, "x": 404}


def test_a_list_counts_its_rows_once(browser):
    MemberFactory()

    with CaptureQueriesContext(connection) as queries:
        browser.get(reverse("members:list"))

    counts = [
        q
        for q in queries
        if q["sql"].startswith("SELECT COUNT(*)") and 'FROM "members' in q["sql"]
    ]
    assert len(counts) == 1
