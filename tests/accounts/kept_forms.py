"""Reads what a page says of forms that were not saved and are kept."""

import re
from html import unescape

from tests.factories.accounts import PASSWORD
from tests.html import read

RESTORING = re.compile(r'href="([^"]*[?;]restore=[^"]*)"')
LINE = re.compile(r'<p class="kept-drafts".*?</p>', re.DOTALL)
LINK = re.compile(r'href="([^"]*)">([^<]*)</a>')


def offered(answer):
    """The addresses at which the page offers forms filled in."""
    return [*map(unescape, RESTORING.findall(answer.content.decode()))]


def links(answer):
    """The address and text of each form in the line about other pages' forms."""
    line = LINE.search(answer.content.decode())
    return LINK.findall(line[0] if line else "")


def sign_in(browser, page, user, **more):
    """Sign in on the page, and return the page that follows."""
    form = read(page).form_to("sign-in")
    values = {"username": user.username, "password": PASSWORD, **more}
    return browser.post(form.action, form.sent(**values), follow=True)
