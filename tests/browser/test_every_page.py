"""Every page that opens by a link, on a phone and on a desk.

Nothing asks another host, nothing breaks the content policy, nothing is wider than its
screen, and axe finds nothing serious.
"""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from tests.browser.conftest import DESK, sign_in
from tests.doors.base import PEOPLE, build_world
from tests.doors.tables import all_doors

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SERIOUS = {"serious", "critical"}
FIRST_ASKED = ("secretary", "staff", "member", "liaison", "accountant", "officer")
WIDER = "document.documentElement.scrollWidth > window.innerWidth"


def opener(door):
    """Somebody to whom the door opens, if it opens to anybody."""
    for person in (*FIRST_ASKED, *PEOPLE):
        if door.own[PEOPLE.index(person)] == 200:
            return person
    return None


DOORS = all_doors()
PAGES = [name for name, d in sorted(DOORS.items()) if d.method == "get" and opener(d)]


class Watch:
    """What a page does while it is being looked at."""

    def __init__(self, page, host):
        self.host, self.faults = host, []
        page.on("request", self.ask)
        page.on("response", self.answer)
        page.on("console", self.say)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))

    def ask(self, request):
        host = urlsplit(request.url).netloc
        if host not in {self.host, ""}:
            self.faults.append(f"asks {host}")

    def answer(self, response):
        if response.status >= 400:
            self.faults.append(f"{response.status} for {response.url}")

    def say(self, message):
        if "Content Security Policy" in message.text:
            self.faults.append(f"policy: {message.text[:120]}")

    def taken(self):
        taken, self.faults = self.faults, []
        return taken


def look(page, watch, address):
    """Open a page and tell what is wrong with it."""
    page.goto(address, wait_until="load")
    faults = watch.taken()
    if page.evaluate(WIDER):
        faults.append("wider than the screen")
    found = Axe().run(page).response["violations"]
    faults += [
        f"axe {rule['id']}: {rule['nodes'][0]['html'][:120]}"
        for rule in found
        if rule["impact"] in SERIOUS
    ]
    watch.taken()
    return faults


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_sound(phone, live_server, name):
    door, world = DOORS[name], build_world()
    own, _foreign = door.args(world)
    watch = Watch(phone, urlsplit(live_server.url).netloc)
    sign_in(phone, world.people[opener(door)], live_server.url)
    address = live_server.url + reverse(name, args=own)
    if is_download(phone, address):
        return

    narrow = look(phone, watch, address)
    phone.set_viewport_size(DESK)
    wide = look(phone, watch, address)

    assert {"phone": narrow, "desk": wide} == {"phone": [], "desk": []}


def is_download(page, address):
    """Whether the address is a file, which no screen shows."""
    answer = page.context.request.get(address)
    return not answer.headers.get("content-type", "").startswith("text/html")
