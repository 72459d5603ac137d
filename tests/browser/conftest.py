"""A phone and a desk, both running the machine's own Chromium."""

import os

import pytest
from django.conf import settings
from django.db import connections
from playwright.sync_api import sync_playwright

from tests.client import Browser

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
PHONE = {"width": 360, "height": 740}
ZOOMED = {"width": 180, "height": 370}  # the phone at 200 %
DESK = {"width": 1280, "height": 900}
READER = {"locale": "zh-CN", "reduced_motion": "reduce"}  # nothing to be waited for
QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-gpu",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def chromium():
    """A browser of its own; the loop it runs in needs leave to use the database."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def _connections_are_closed(live_server):
    """The browser's loop and the server's threads have connections of their own."""
    yield
    connections.close_all()


@pytest.fixture
def phone(chromium):
    """A page of 360 × 740, touched rather than clicked."""
    context = chromium.new_context(
        viewport=PHONE, has_touch=True, is_mobile=True, **READER
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def desk(chromium):
    """A page of 1280 × 900."""
    context = chromium.new_context(viewport=DESK, **READER)
    yield context.new_page()
    context.close()


def sign_in(page, user, address):
    """Give the page the session of a person who signed in, or of nobody."""
    page.context.clear_cookies()
    if user is None:
        return
    client = Browser()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies(
        [{"name": session.key, "value": session.value, "url": address}]
    )
