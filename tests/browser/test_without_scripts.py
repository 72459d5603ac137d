"""What a phone can do when no script runs: blocked, or not arrived on a slow line."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, READER, sign_in
from tests.factories.members import MemberFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plain_phone(chromium):
    """A page of 360 × 740 in a browser that runs no scripts."""
    context = chromium.new_context(
        viewport=PHONE, has_touch=True, java_script_enabled=False, **READER
    )
    yield context.new_page()
    context.close()


def test_the_menu_opens_leads_on_and_closes(plain_phone, live_server, secretary):
    sign_in(plain_phone, secretary, live_server.url)
    plain_phone.goto(f"{live_server.url}/desk/")
    entry = plain_phone.locator("#site-menu .menu-link").first
    expect(entry).not_to_be_visible()

    plain_phone.get_by_text("菜单").first.click()
    expect(entry).to_be_in_viewport()
    plain_phone.locator("#site-menu .btn-close").click()
    expect(entry).not_to_be_visible()


def test_a_list_can_be_filtered(plain_phone, live_server, secretary, branch):
    MemberFactory(organization=branch, name="李明")
    sign_in(plain_phone, secretary, live_server.url)
    plain_phone.goto(f"{live_server.url}{reverse('members:list')}")
    search = plain_phone.locator("#list-filter button[type=submit]")
    expect(search).not_to_be_visible()

    plain_phone.locator(".filter-toggle").click()
    expect(search).to_be_visible()
    search.click()

    assert "/members/?" in plain_phone.url


def test_after_searching_the_rows_come_before_the_filter(
    plain_phone, live_server, secretary, branch
):
    MemberFactory(organization=branch, name="李明")
    sign_in(plain_phone, secretary, live_server.url)
    plain_phone.goto(f"{live_server.url}{reverse('members:list')}?q=李明")

    expect(plain_phone.locator("main").get_by_text("李明").first).to_be_in_viewport()
    expect(plain_phone.locator(".filter-toggle")).to_contain_text("已筛选")
