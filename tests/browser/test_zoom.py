"""A phone of 360 pixels zoomed to 200 % shows 180: nothing is cut, titles are read.

The header leaves room for the page, and a long list is a few screens long, not twenty.
"""

import pytest
from django.urls import reverse

from core.months import month_of, today
from tests.browser.conftest import ZOOMED, sign_in
from tests.browser.looking import WIDTH
from tests.factories.members import MemberFactory
from tests.factories.volunteering import ShiftFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# What reaches beyond the screen, for whoever reads a failure.
WIDER = """() => Array.from(document.querySelectorAll("main *")).filter(element =>
    element.getBoundingClientRect().right > 181).slice(0, 8).map(element =>
    element.tagName + "." + element.className)"""
# The narrowest line of the page's title, in characters of its own size.
CHARACTERS = """() => Math.min(...Array.from(document.querySelectorAll("h1"), title =>
    title.getBoundingClientRect().width / parseFloat(getComputedStyle(title).fontSize)))
"""


@pytest.fixture
def pages(east, branch):
    """The pages an office opens most, and the two with a month to pick."""
    member = MemberFactory(organization=branch)
    month = f"{month_of(today()):%Y-%m}"
    return [
        *("/desk/", "/dashboard/", "/returns/", reverse("members:list")),
        *(reverse("members:admit"), member.get_absolute_url()),
        reverse("members:end", args=[member.pk]),
        f"/dashboard/{east.pk}/?month={month}",
    ]


def test_no_page_scrolls_sideways_and_titles_are_lines(
    phone, live_server, secretary, pages
):
    sign_in(phone, secretary, live_server.url)
    phone.set_viewport_size(ZOOMED)

    faults = {}
    for page in pages:
        answer = phone.goto(live_server.url + page)
        width, characters = phone.evaluate(WIDTH), phone.evaluate(CHARACTERS)
        if width > ZOOMED["width"] or characters < 5 or answer.status != 200:
            wider = phone.evaluate(WIDER)
            faults[page] = (answer.status, width, characters, wider)

    assert faults == {}


HEADER = "() => document.querySelector('.site-header').offsetHeight"
HEIGHTS = """() => Array.from(document.querySelectorAll(".list-card tbody tr"), row =>
    row.getBoundingClientRect().height)"""


def test_the_header_takes_no_more_than_a_fifth_of_a_zoomed_phone(
    phone, live_server, secretary
):
    sign_in(phone, secretary, live_server.url)
    phone.set_viewport_size(ZOOMED)
    phone.goto(live_server.url + "/desk/")

    name = phone.locator(".brand").inner_text()
    assert phone.evaluate(HEADER) <= ZOOMED["height"] / 5
    assert name.strip()


@pytest.mark.parametrize("page", ["/posts/", "/log/changes/", "/members/"])
def test_a_row_of_a_list_is_a_few_lines_of_a_phone(
    phone, live_server, staff, branch, page
):
    MemberFactory.create_batch(2, organization=branch)
    ShiftFactory(post__organization=branch.parent)
    sign_in(phone, staff, live_server.url)
    phone.goto(live_server.url + page)

    heights = phone.evaluate(HEIGHTS)
    assert heights
    assert max(heights) < 230
    assert phone.evaluate(WIDTH) == 360
