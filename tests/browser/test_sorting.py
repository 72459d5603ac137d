"""A list on a phone is sorted without its headings, which nobody sees there."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.conftest import sign_in
from tests.browser.test_without_scripts import plain_phone  # noqa: F401 -- a fixture
from tests.factories.communities import ProjectFactory
from tests.factories.members import MemberFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEADINGS_IN_FOCUS = """() => Array.from(
    document.querySelectorAll("thead a"), heading => {
        heading.focus();
        return document.activeElement === heading; })"""


@pytest.fixture
def two_rows(branch):
    for name in ("白梅", "赵强"):
        MemberFactory(organization=branch, name=name)
        ProjectFactory(organization=branch.parent, name=f"{name}工作室")


@pytest.mark.parametrize("page", ["members:list", "communities:projects"])
def test_a_list_is_sorted_on_a_phone(phone, live_server, staff, two_rows, page):
    sign_in(phone, staff, live_server.url)
    phone.goto(live_server.url + reverse(page))
    firsts = phone.locator(".list-card tbody tr :first-child a")

    names = {}
    for order in ("升序", "降序"):
        phone.get_by_text("列表排序").click()
        phone.locator(".sort-choice li").first.get_by_text(order).click()
        phone.wait_for_url("**sort=**")
        names[order] = firsts.all_inner_texts()

    assert names["升序"] == names["降序"][::-1]
    assert len(names["升序"]) > 1


def test_a_list_is_sorted_without_scripts(plain_phone, live_server, staff, two_rows):  # noqa: F811
    sign_in(plain_phone, staff, live_server.url)
    plain_phone.goto(live_server.url + reverse("members:list"))

    plain_phone.get_by_text("列表排序").click()
    plain_phone.locator(".sort-choice a").first.click()

    expect(plain_phone.locator(".sort-choice [aria-current]")).to_have_count(1)


@pytest.mark.parametrize(
    "page", ["members:list", "communities:projects", "accounts:change_log"]
)
def test_the_keyboard_passes_over_hidden_headings(
    phone, live_server, staff, two_rows, page
):
    sign_in(phone, staff, live_server.url)
    phone.goto(live_server.url + reverse(page))

    reached = phone.evaluate(HEADINGS_IN_FOCUS)

    assert reached
    assert not any(reached)
    expect(phone.locator(".sort-choice summary")).to_be_visible()
