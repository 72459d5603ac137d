"""Every page that opens by a link, in both languages, on a phone and on a desk."""

import pytest
from django.urls import reverse

from tests.access_matrix.base import build_world
from tests.access_matrix.tables import open_pages
from tests.browser.looking import Looker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = open_pages()


@pytest.mark.parametrize("table", sorted(PAGES))
def test_every_page_is_sound(phone, live_server, table):
    world, looker = build_world(), Looker(phone, live_server.url)

    for name, access in PAGES[table].items():
        own, _foreign = access.args(world)
        looker.look(world.people[access.openers[0]], reverse(name, args=own))

    assert looker.faults == {}
