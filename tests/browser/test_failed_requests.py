"""What was typed is offered again after the line or the server failed."""

from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from communities.enums import ProjectTag
from communities.models import Project
from tests.browser.conftest import sign_in
from tests.browser.test_drafts import kept

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SEND = ".form-card button[type=submit]"


class NoRedirects(HTTPRedirectHandler):
    """Leaves a redirect as the answer."""

    def redirect_request(self, *_args):
        return None


def send_without_answer(route):
    """Let the server handle the form, and lose its answer on the way back."""
    asked = route.request
    request = Request(asked.url, asked.post_data_buffer, asked.all_headers())  # noqa: S310 -- ours
    with pytest.raises(HTTPError) as answer:
        build_opener(NoRedirects).open(request)
    assert answer.value.code == 302
    answer.value.close()
    route.abort()


FAILURES = {
    "the line fails": lambda route: route.abort("internetdisconnected"),
    "the server is down": lambda route: route.abort("connectionrefused"),
    "the answer gets lost": send_without_answer,
    "413": lambda route: route.fulfill(status=413, body="Too large"),
    "500": lambda route: route.fulfill(status=500, body="Failed"),
    "502": lambda route: route.fulfill(status=502, body="Bad gateway"),
    "504": lambda route: route.fulfill(status=504, body="Timed out"),
}


@pytest.fixture
def form(desk, live_server, secretary, branch):
    """A desk with the form of a new project typed in."""
    sign_in(desk, secretary, live_server.url)
    open_form(desk, live_server)
    desk.fill("#id_name", "邻里食堂")
    desk.select_option("#id_tag", ProjectTag.values[0])
    desk.select_option("#id_organization", f"{branch.parent_id}")
    return desk


def open_form(page, live_server):
    page.goto(live_server.url + reverse("communities:start_project"))


def fail(page, answer):
    """Send the form and get no answer, or the page of an error."""

    def on_post(route):
        (answer if route.request.method == "POST" else type(route).continue_)(route)

    page.route("**/*", on_post)
    with page.expect_event("requestfinished" if answer in PAGES else "requestfailed"):
        page.click(SEND)
    page.wait_for_load_state()
    page.unroute("**/*")


PAGES = [FAILURES[name] for name in ("413", "500", "502", "504")]


@pytest.mark.parametrize("failure", FAILURES)
def test_it_is_offered_again_and_is_recorded_once(form, live_server, failure):
    fail(form, FAILURES[failure])
    open_form(form, live_server)
    offer = form.locator("[data-draft]")
    expect(offer).to_contain_text("服务器没有答复")
    expect(offer).not_to_contain_text("退出登录", use_inner_text=True)

    form.click("[data-draft] [data-restore]")
    assert form.input_value("#id_name") == "邻里食堂"
    with form.expect_navigation():
        form.click(SEND)

    assert Project.objects.filter(name="邻里食堂").count() == 1
    assert kept(form) == ""


def test_it_is_offered_on_the_page_that_back_leads_to(form):
    fail(form, FAILURES["502"])

    form.go_back()

    expect(form.locator("[data-draft]")).to_be_visible()


def test_it_outlasts_other_pages_and_waits_for_its_own(form, live_server):
    fail(form, FAILURES["502"])
    form.goto(live_server.url + "/desk/")
    expect(form.locator("[data-draft]")).not_to_be_visible()

    open_form(form, live_server)

    expect(form.locator("[data-draft]")).to_be_visible()


def test_nothing_is_offered_when_the_page_is_loaded_again_and_arrives(form):
    fail(form, FAILURES["502"])

    form.reload()
    form.wait_for_load_state()

    assert Project.objects.filter(name="邻里食堂").count() == 1
    assert kept(form) == ""


def test_two_forms_that_were_not_answered_are_both_offered(form, live_server):
    fail(form, FAILURES["502"])
    open_form(form, live_server)
    form.fill("#id_name", "社区书屋")
    form.select_option("#id_tag", ProjectTag.values[0])
    form.select_option("#id_organization", index=1)
    fail(form, FAILURES["502"])
    open_form(form, live_server)

    offers = form.locator("[data-draft]")
    expect(offers).to_have_count(2)
    offers.nth(1).locator("[data-restore]").click()

    assert form.input_value("#id_name") == "邻里食堂"
    expect(offers).to_have_count(1)


def test_a_form_of_another_page_waits_while_this_one_fails(form, live_server):
    fail(form, FAILURES["502"])
    form.goto(live_server.url + reverse("members:admit"))
    form.fill("#id_name", "李明")
    fail(form, FAILURES["502"])

    open_form(form, live_server)

    expect(form.locator("[data-draft]")).to_have_count(1)
    form.click("[data-draft] [data-restore]")
    assert form.input_value("#id_name") == "邻里食堂"


def test_only_the_newest_five_are_kept(form, live_server):
    for _time in range(6):
        fail(form, FAILURES["502"])
        open_form(form, live_server)
        form.fill("#id_name", "邻里食堂")
        form.select_option("#id_tag", ProjectTag.values[0])
        form.select_option("#id_organization", index=1)

    expect(form.locator("[data-draft]")).to_have_count(5)
