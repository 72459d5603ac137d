"""Every page writes its days as people read them: 2026年10月8日, not 2026-10-08."""

import re

import pytest
from django.urls import reverse

from tests.access_matrix.tables import open_pages
from tests.client import Browser

PAGES = open_pages()
HIDDEN = re.compile(r"<(script|style|textarea|option)\b.*?</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
ISO_DAY = re.compile(r"[^\s>]*\d{4}-\d{2}-\d{2}[^\s<]*")


def shown_iso_days(answer):
    """Return the days in ISO form that people read on a page."""
    if not answer.get("Content-Type", "").startswith("text/html"):
        return []
    html = HIDDEN.sub("", answer.content.decode())
    return ISO_DAY.findall(TAG.sub(" ", html))


@pytest.mark.parametrize("table", sorted(PAGES))
def test_no_page_shows_a_day_in_iso_form(world, table):
    shown = {}
    for name, access in PAGES[table].items():
        own, _foreign = access.args(world)
        browser = Browser()
        person = world.people[access.openers[0]]
        if person is not None:
            browser.force_login(person, "accounts.backends.UsernameOrPhone")
        if days := shown_iso_days(browser.get(reverse(name, args=own))):
            shown[name] = days

    assert shown == {}
