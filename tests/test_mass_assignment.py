"""What a form does not show cannot be sent with it.

Every form that a page of `tests/access_matrix/` or of the admin shows is sent with
extra fields: named after each column of our models, with keys of other rows, and after
rights, signatures and ends (`tests/extra_fields.py`). What these pages cannot fill in
is sent by the people of the walk (`tests/walk/extra_fields.py`).
"""

import pytest
from django.urls import reverse

from core.web.forms import new_key
from core.web.idempotency import KEY
from tests.extra_fields import what_extras_change
from tests.html import Form, read
from tests.test_access_matrix import ACCESS, signed_in
from tests.test_every_write import (
    PARTS,
    admin_addresses,
    doing_doors,
    fill,
    first_who_may,
    name_of,
    part_of_admin,
    writing_forms,
)

FILLED = {
    "reason": "核对",
    "name": "新名称",
    "username": "xinmingcheng",
    "display_name": "新人",
    "email": "x@example.org",
    "code": "ZZ-1",
    "title": "标题",
    "starts_on": "2026-03-02",
    "on": "2026-03-02",
    "day": "2026-03-02",
    "value": "3",
    "skills": "电工",
    "text": "说明",
    "hours": "2",
}
"""What a test types into the fields that a page shows empty."""
CHANGED = ("name", "title", "label", "display_name", "topic")
WRITES_NO_RECORD = {"accounts:read_notice", "accounts:read_notices"}


def typed(form: Form) -> dict[str, str]:
    """Return values for the empty fields of a form: typed, or the first choice."""
    empty = [name for name in {*form.fields, *form.choices} if not form.value(name)]
    chosen = {
        name: next(filter(None, form.choices[name]), "")
        for name in empty
        if name in form.choices
    }
    return {
        **chosen,
        **{name: FILLED[name] for name in empty if name in FILLED},
        **{name: f"{form.value(name)}改" for name in CHANGED if form.value(name)},
    }


@pytest.mark.parametrize("name", doing_doors())
def test_no_address_takes_more_than_its_form_shows(name, world):
    access = ACCESS[name]
    address = reverse(name, args=access.args(world)[0])
    data = {**access.data(world), KEY: new_key()}
    client = signed_in(world.people[first_who_may(access)])
    opened = client.get(address)
    shown = read(opened).form_to(address) if opened.status_code == 200 else None

    wrote, wrong = what_extras_change(client, shown or Form(address), data)

    assert (wrong, wrote) == ([], name not in WRITES_NO_RECORD)


PAGES = sorted(name for name, access in ACCESS.items() if access.method == "get")


@pytest.mark.parametrize("name", PAGES)
def test_no_form_of_a_page_takes_more_than_it_shows(name, world):
    access = ACCESS[name]
    address = reverse(name, args=access.args(world)[0])
    faults = []

    for person in access.openers[:1]:
        client = signed_in(world.people[person])
        for form in writing_forms(client.get(address)):
            if name_of(form.action) not in doing_doors():
                sent = form.sent(**typed(form))
                faults += what_extras_change(client, form, sent)[1]

    assert faults == []


@pytest.mark.slow
@pytest.mark.sampled
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("person", ["staff", "system_admin", "security_admin"])
def test_no_form_of_the_admin_takes_more_than_it_shows(person, part, world):
    fill(world)
    client = signed_in(world.people[person])
    faults = []

    for model in part_of_admin(part):
        for address in admin_addresses(client, model):
            for form in writing_forms(client.get(address)):
                sent = form.sent(**typed(form))
                faults += what_extras_change(client, form, sent)[1]

    assert faults == []
