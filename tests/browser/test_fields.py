"""Marks of required fields follow the choice; a counter follows what is typed."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.conftest import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "字" * 234


@pytest.fixture
def form(desk, live_server, secretary, branch):
    sign_in(desk, secretary, live_server.url)
    desk.goto(live_server.url + reverse("members:admit"))
    return desk


def marked(page):
    """The fields that are marked only because of what others hold."""
    return {
        label.get_attribute("for").removeprefix("id_")
        for label in page.locator("label.required").all()
    }


def test_marks_follow_category_and_reason(form):
    at_first = marked(form)
    form.select_option("#id_category", "resident")
    form.select_option("#id_reason", "developed")
    resident = marked(form)
    form.fill("#id_join_date", "2026-05-01")
    form.press("#id_join_date", "Tab")
    joined = marked(form)
    form.select_option("#id_category", "in_service")
    form.select_option("#id_reason", "recorded")

    assert at_first == {"standing"}
    assert resident == {"organization", "approved_on", "standing"}
    assert joined == {"organization", "approved_on"}
    assert marked(form) == {"community", "standing"}
    assert form.get_attribute("#id_community", "aria-required") == "true"


def test_a_pasted_text_stays_whole_and_is_counted(form):
    form.fill("#id_name", LONG)
    form.focus("#id_remark")
    form.keyboard.insert_text(LONG)

    assert form.input_value("#id_remark") == LONG
    expect(form.locator("#id_remark + .length-count")).to_have_text(
        "最多 200 字，现有 234 字"
    )
    form.fill("#id_remark", "短")
    expect(form.locator("#id_remark + .length-count")).to_be_empty()


@pytest.mark.parametrize("place", ["pages", "record management"])
def test_a_text_too_long_is_refused_once_and_then_counted(
    desk, live_server, secretary, staff, branch, place
):
    on_page = place == "pages"
    address = "communities:start_project" if on_page else "admin:organizations_unit_add"
    sign_in(desk, secretary if on_page else staff, live_server.url)
    desk.goto(live_server.url + reverse(address))
    desk.fill("#id_name", LONG)
    with desk.expect_navigation():
        desk.press("#id_name", "Enter")

    refused, counted = (
        desk.locator("#id_name_error"),
        desk.locator("#id_name + .length-count"),
    )
    expect(refused).to_contain_text("现在有 234 个字")
    expect(counted).to_have_count(0)

    desk.focus("#id_name")
    desk.keyboard.press("End")
    desk.keyboard.press("Backspace")

    expect(refused).not_to_be_visible()
    expect(counted).to_contain_text("现有 233 字")


def test_record_management_counts_and_marks_as_well(desk, live_server, staff, branch):
    sign_in(desk, staff, live_server.url)
    desk.goto(live_server.url + reverse("admin:members_member_add"))

    desk.select_option("#id_reason", "developed")
    desk.focus("#id_name")
    desk.keyboard.insert_text(LONG)

    assert "approved_on" in marked(desk)
    expect(desk.locator("#id_name + .length-count")).to_contain_text("现有 234 字")
