"""What was typed when the session ended is offered again, to whoever typed it alone."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from organizations.roles import Role
from tests.browser.conftest import sign_in
from tests.factories.accounts import PASSWORD, holder

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NUMBER, PHONE_NUMBER = "420683199001011234", "13800001234"

DATES = "公示期 2026-11-20 2026-11-27"


@pytest.fixture
def typed(desk, live_server, secretary, branch):
    """A desk whose session ended while a member was typed in and sent."""
    sign_in(desk, secretary, live_server.url)
    desk.goto(f"{live_server.url}{reverse('members:admit')}")
    desk.fill("#id_name", "李明")
    desk.fill("#id_id_number", NUMBER)
    desk.fill("#id_phone", PHONE_NUMBER)
    desk.fill("#id_remark", f"{DATES}，联系 {PHONE_NUMBER}、１３９００００００１２")
    desk.select_option("#id_category", "resident")
    Session.objects.all().delete()
    desk.click(".form-card button[type=submit]")
    desk.wait_for_url("**/sign-in/**")
    return desk


def come_back(page, user):
    page.fill("#id_username", user.username)
    page.fill("#id_password", PASSWORD)
    page.click(".form-card button[type=submit]")
    page.wait_for_load_state()


def kept(page):
    return page.evaluate("sessionStorage.getItem('jiedao.drafts') || ''")


def test_it_is_offered_and_filled_in_without_numbers(typed, secretary):
    assert [word in kept(typed) for word in ("李明", NUMBER, PHONE_NUMBER)] == [
        True,
        False,
        False,
    ]

    come_back(typed, secretary)
    assert typed.input_value("#id_name") == ""
    typed.click("[data-draft] [data-restore]")

    filled = [typed.input_value(f"#id_{n}") for n in ("name", "category", "id_number")]
    assert filled == ["李明", "resident", ""]
    assert typed.input_value("#id_remark") == f"{DATES}，联系 ******、******"
    expect(typed.locator("[data-draft]")).not_to_be_visible()


def test_filled_in_and_not_sent_it_is_offered_again(typed, secretary):
    come_back(typed, secretary)
    typed.click("[data-draft] [data-restore]")

    typed.reload()

    expect(typed.locator("[data-draft]")).to_be_visible()


def test_it_may_be_left(typed, secretary):
    come_back(typed, secretary)

    typed.click("[data-draft] button:not([data-restore])")

    assert (typed.input_value("#id_name"), kept(typed)) == ("", "")


def test_nobody_else_gets_it(typed, east):
    come_back(typed, holder(Role.SECRETARY, east))

    expect(typed.locator("[data-draft]")).not_to_be_visible()
    assert kept(typed) == ""


def test_nothing_stays_of_a_form_that_arrived(desk, live_server, secretary, branch):
    sign_in(desk, secretary, live_server.url)
    desk.goto(f"{live_server.url}{reverse('members:admit')}")
    desk.fill("#id_name", "李明")

    desk.click(".form-card button[type=submit]")
    desk.wait_for_selector("[data-focus]")

    assert kept(desk) == ""


@pytest.fixture
def typing(desk, live_server, secretary, branch):
    """A desk on which a member is being typed in."""
    sign_in(desk, secretary, live_server.url)
    desk.goto(f"{live_server.url}{reverse('members:admit')}")
    desk.fill("#id_name", "李明")
    desk.select_option("#id_category", "resident")
    return desk


def switch_language(page):
    with page.expect_navigation():
        page.click("[data-switches-language] button")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def filled(page):
    return [page.input_value(f"#id_{n}") for n in ("name", "category", "id_number")]


def test_switching_the_language_leaves_what_was_typed(typing):
    switch_language(typing)

    assert filled(typing) == ["李明", "resident", ""]
    expect(typing.locator("[data-draft]")).to_have_count(0)


def test_switching_the_language_says_that_numbers_were_not_kept(typing):
    typing.fill("#id_id_number", NUMBER)

    switch_language(typing)

    assert filled(typing) == ["李明", "resident", ""]
    expect(typing.locator("[data-draft]")).to_contain_text("stands in the form again")
    expect(typing.locator("[data-draft] button")).to_have_count(0)


def test_a_refused_form_in_the_other_language_is_filled_in_too(typing):
    typing.click(".form-card button[type=submit]")
    typing.wait_for_selector("[data-focus]")

    switch_language(typing)

    assert filled(typing) == ["李明", "resident", ""]


def test_a_switched_form_is_not_offered_to_a_later_page(typing, live_server):
    switch_language(typing)
    typing.goto(f"{live_server.url}{reverse('members:admit')}")

    assert filled(typing) == ["", "", ""]
    expect(typing.locator("[data-draft]")).to_have_count(0)


def test_the_page_of_sign_in_says_that_the_browser_kept_it(typed):
    expect(typed.locator("#draft-kept")).to_be_visible()


def test_the_page_of_sign_in_says_nothing_where_nothing_was_typed(desk, live_server):
    desk.goto(f"{live_server.url}/sign-in/")

    expect(desk.locator("#draft-kept")).not_to_be_visible()


def test_the_page_of_sign_in_says_nothing_of_what_is_no_longer_kept(typed):
    typed.evaluate(
        "sessionStorage.setItem('jiedao.drafts', sessionStorage.getItem("
        "'jiedao.drafts').replace(/\"at\":\\d+/, '\"at\":1'))"
    )

    typed.reload()

    expect(typed.locator("#draft-kept")).not_to_be_visible()
