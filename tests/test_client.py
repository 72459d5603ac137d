"""The shortcuts of the test client leave behind what the real way leaves."""

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.client import Browser

SIGN_IN = "/sign-in/"


def test_a_quick_session_holds_what_signing_in_leaves(secretary):
    quick, real = Browser(), Client()

    with time_machine.travel(timezone.now(), tick=False):
        quick.force_login(secretary)
        real.force_login(secretary, backend="accounts.backends.UsernameOrPhone")

    assert {*quick.session.items()} == {*real.session.items()}


def test_a_quick_session_is_that_of_the_user(secretary, client):
    client.force_login(secretary)

    answer = client.get("/desk/")

    assert answer.context["user"] == secretary


@pytest.mark.django_db
def test_browsers_read_a_setting_that_changes_between_two_requests(client, settings):
    before = client.get(SIGN_IN).headers["Content-Security-Policy"]

    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"default-src": ["'none'"]}}
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if "clickjacking" not in m]
    after = client.get(SIGN_IN)

    assert before != after.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in after.headers
