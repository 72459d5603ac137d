"""Malformed addresses are rejected with a message, before any view."""

import pytest
from django.urls import reverse

from accounts.models import IdempotencyRecord
from core.web.forms import new_key
from core.web.idempotency import run_once
from tests.messages import message, says

NUL = "\0"


@pytest.fixture
def browser(client, staff):
    """赵敏, signed in."""
    client.force_login(staff, backend="accounts.backends.UsernameOrPhone")
    return client


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("members:list", {"q": NUL}),
        ("members:list", {"organization": ["1", f"1{NUL}"]}),
        ("members:list", {"per_page": "-1"}),
        ("members:list", {"per_page": "1000000"}),
        ("admin:members_member_changelist", {"standing__exact": NUL}),
        ("admin:autocomplete", {"term": NUL}),
        ("accounts:sign_in", {"next": NUL}),
    ],
)
def test_a_malformed_address_is_rejected(browser, page, query):
    answer = browser.get(reverse(page), query)

    assert answer.status_code == 400
    assert says(answer.content.decode(), message("The request could not be read"))


def test_a_malformed_cookie_is_rejected(client, db):
    client.cookies["sessionid"] = NUL * 8

    assert client.get(reverse("accounts:sign_in")).status_code == 400


def test_an_address_too_long_to_store_is_cut_to_its_page(staff):
    key, address = new_key(), "/admin/members/member/?q=" + "%E9%95%BF" * 50

    run_once(key, digest="", by=staff, run=lambda: address)

    assert IdempotencyRecord.objects.get(key=key).location == "/admin/members/member/"
