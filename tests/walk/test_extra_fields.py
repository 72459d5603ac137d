"""What the people of the walk send is tried beforehand with fields no form shows.

It has a module of its own: the people of `tests/access_matrix/` stand for a whole
module, and the walk would draw other lots beside them.
"""

import pytest
import time_machine

from tests.extra_fields import what_extras_change
from tests.test_every_write import name_of
from tests.walk import people
from tests.walk.clock import BEGINNING
from tests.walk.test_through_the_pages import live

# What `tests/test_mass_assignment.py` does not fill in, and every walk does.
TRIED_IN_EVERY_WALK = {
    "admin:members_member_add",
    "cobuilding:sign_for_community",
    "cobuilding:sign_for_unit",
    "communities:record_for",
    "members:admit",
    "members:check_in",
    "members:move",
    "reports:accept",
    "volunteering:offer",
    "volunteering:record",
}


@pytest.mark.django_db
def test_no_form_of_the_walk_takes_what_it_does_not_show(monkeypatch, settings):
    settings.SESSION_COOKIE_AGE = settings.SESSION_IDLE_AGE = 400 * 24 * 60 * 60
    tried, faults, send = set(), [], people.Visitor.send

    def try_and_send(visitor, form, **values):
        if (name := name_of(form.action)) not in tried:
            sent = form.sent(**values)
            wrote, wrong = what_extras_change(visitor.client, form, sent)
            faults.extend(wrong)
            tried.update({name} if wrote else ())
        send(visitor, form, **values)

    monkeypatch.setattr(people.Visitor, "send", try_and_send)
    with time_machine.travel(BEGINNING, tick=False) as traveller:
        live(1, traveller, least=120)

    assert faults == []
    assert sorted(TRIED_IN_EVERY_WALK - tried) == []
