"""Every page that opens by a link, in both languages, on a phone and on a desk.

A run reads each page in one language; the drills of the commit read it in the other.
"""

import pytest
from django.urls import reverse

from tests.access_matrix.base import build_world
from tests.access_matrix.tables import open_pages
from tests.browser.looking import TURNS, Looker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = open_pages()


@pytest.mark.sampled
@pytest.mark.parametrize("language", TURNS)
@pytest.mark.parametrize("table", sorted(PAGES))
def test_every_page_is_sound(phone, live_server, table, language):
    world, looker = build_world(), Looker(phone, live_server.url)

    for name, access in PAGES[table].items():
        own, _foreign = access.args(world)
        address = reverse(name, args=own)
        looker.look(world.people[access.openers[0]], address, [language])

    assert looker.faults == {}
