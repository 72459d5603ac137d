"""A form without its token against forgery is refused, whatever its key."""

import uuid

import pytest
from django.urls import reverse

from core.web.idempotency import KEY
from tests.client import Browser
from tests.html import hidden

pytestmark = pytest.mark.django_db
CSRF = "csrfmiddlewaretoken"


def test_the_key_of_a_finished_write_opens_nothing_to_a_forged_form(staff, east):
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(staff)
    address = reverse("accounts:read_notices")
    page = browser.get(reverse("accounts:notices"))
    sent = {KEY: uuid.uuid4().hex, CSRF: hidden(page, CSRF)}
    done = browser.post(address, sent)
    again = browser.post(address, sent)

    forged = browser.post(address, {KEY: sent[KEY]})

    assert [one.status_code for one in (done, again, forged)] == [302, 302, 403]
