"""Switching the language without scripts keeps what is typed into an open form."""

import pytest
from django.conf import settings
from django.urls import reverse

from tests.accounts.kept_forms import offered
from tests.client import Browser
from tests.factories.members import identity_number
from tests.html import read

ADMIT, SWITCH = reverse("members:admit"), reverse("set_language")
PAGE = f"http://testserver{ADMIT}"


@pytest.fixture
def browser(client, secretary, branch):
    """A browser in which the secretary of 东社区 has signed in."""
    client.force_login(secretary, backend="accounts.backends.UsernameOrPhone")
    return client


def form_on(answer):
    return next(f for f in read(answer).posting() if f.action == ADMIT)


def switch(browser, page=PAGE, **typed):
    """Press the button inside the form that is there without scripts."""
    form = form_on(browser.get(ADMIT))
    return browser.post(
        SWITCH,
        form.sent(**typed, language="en"),
        headers={"referer": page},
        follow=True,
    )


def test_the_form_has_the_button_where_no_script_runs(browser):
    body = browser.get(ADMIT).content.decode()

    within = body.partition("<noscript>")[2].partition("</noscript>")[0]
    assert f'formaction="{SWITCH}"' in within


def test_the_page_comes_back_in_the_other_language_filled_in(browser):
    typed = {"name": "李明", "id_number": identity_number(1), "address": "丹桂路1号"}
    answer = switch(browser, **typed)

    assert answer.request["PATH_INFO"] == ADMIT
    assert answer.headers["Content-Language"] == "en"
    form = form_on(answer)
    assert [form.value(n) for n in ("name", "address", "id_number")] == [
        "李明",
        "丹桂路1号",
        "",
    ]


def test_an_empty_form_and_a_page_without_one_are_opened_as_they_are(browser):
    answer = browser.post(
        SWITCH,
        {"language": "en", "next": reverse("members:list")},
        headers={"referer": f"http://testserver{reverse('members:list')}"},
        follow=True,
    )

    assert answer.request["PATH_INFO"] == reverse("members:list")
    assert offered(answer) == []


@pytest.mark.parametrize(
    "page", ["http://elsewhere.example/x", "", "http://testserver/i18n/"]
)
def test_what_comes_from_no_form_of_ours_is_not_kept(browser, page):
    switch(browser, page, name="李明")

    assert offered(browser.get(ADMIT)) == []


def test_who_is_not_signed_in_switches_and_keeps_nothing(db):
    answer = Browser().post(
        SWITCH, {"language": "en", "name": "李明"}, headers={"referer": PAGE}
    )

    assert answer.status_code == 302
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
