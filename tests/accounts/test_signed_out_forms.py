"""What happens to forms that are sent after the session has ended."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import transaction
from django.urls import reverse

from tests.access_matrix.tables import all_access
from tests.client import Browser

POSTED = {
    name: access for name, access in all_access().items() if access.method == "post"
}
OPEN_TO_ALL = {
    "accounts:sign_in",
    "accounts:sign_out",
    "accounts:activate",
    "set_language",
}
GETS_THROUGH = (200, 302)


def signed_in(user):
    browser = Browser()
    browser.force_login(user, backend="accounts.backends.UsernameOrPhone")
    return browser


def statuses(browser, address):
    """The statuses on the way from an address to the page it leads to."""
    answer = browser.get(address, follow=True)
    return [*(status for _url, status in answer.redirect_chain), answer.status_code]


@pytest.mark.parametrize("name", sorted({*POSTED} - OPEN_TO_ALL))
@pytest.mark.parametrize("has_referrer", [False, True], ids=["without", "with"])
def test_after_signing_in_a_page_opens_and_no_bare_405(name, has_referrer, world):
    access = POSTED[name]
    own, _foreign = access.args(world)
    address = reverse(name, args=own)
    person = next(
        p
        for p, status in access.own.items()
        if status in GETS_THROUGH and p != "nobody"
    )
    headers = {"Referer": f"http://testserver{address}"} if has_referrer else {}

    with transaction.atomic():
        sent = Browser().post(address, access.data(world), headers=headers)
        where = parse_qs(urlsplit(sent["Location"]).query)["next"][0]
        passed = statuses(signed_in(world.people[person]), where)
        transaction.set_rollback(True)

    assert sent.status_code == 302
    assert 405 not in passed
    assert passed[-1] == 200


def test_one_comes_back_to_the_page_on_which_the_form_was(client, db):
    page = reverse("exchange:list")
    sent = client.post(
        reverse("accounts:read_notices"),
        headers={"Referer": f"http://testserver{page}?page=2"},
    )

    assert parse_qs(urlsplit(sent["Location"]).query)["next"] == [f"{page}?page=2"]


@pytest.mark.parametrize(
    "referrer", ["http://other.cn/posts/", "http://testserver/no/", "x"]
)
def test_no_other_site_and_no_missing_page_is_gone_back_to(client, db, referrer):
    sent = client.post(reverse("accounts:read_notices"), headers={"Referer": referrer})

    assert parse_qs(urlsplit(sent["Location"]).query)["next"] == ["/"]


def test_signing_out_twice_signs_nobody_in(client, db):
    sent = client.post(reverse("accounts:sign_out"))

    assert (sent.status_code, "next" in sent["Location"]) == (302, False)


@pytest.mark.parametrize("name", ["accounts:read_notices", "accounts:sign_out"])
def test_an_address_without_a_page_says_so(client, secretary, name):
    client.force_login(secretary, backend="accounts.backends.UsernameOrPhone")

    answer = client.get(reverse(name))

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "没有单独的页面" in answer.content.decode()
