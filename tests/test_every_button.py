"""Every button that a page shows carries all that its action asks for.

The pages are those of `tests/access_matrix/`, as each of the people sees them. Every
form that writes is sent as the page shows it. A form without anything to fill in has to
do what its button says; one with fields may complain about them, but never about a
missing key or version.
"""

from collections.abc import Iterator

import pytest
from django.contrib.messages import ERROR
from django.db import transaction
from django.urls import reverse

from core.web.edit_conflicts import VERSION_TOKEN
from core.web.idempotency import KEY
from tests.access_matrix import cobuilding, volunteering
from tests.html import Form
from tests.test_access_matrix import ACCESS, signed_in
from tests.test_every_write import CSRF, writing_forms

MARKS = {CSRF, KEY, VERSION_TOKEN}
ALL = {"__all__"}


def press(client, form: Form, button: tuple[str, str]) -> Iterator[str]:
    """Send a form as its page shows it; return what is wrong with the answer."""
    name, value = button
    answer = client.post(form.action, form.sent(**({name: value} if name else {})))
    shown = (answer.context or {}).get("form") if answer.status_code == 200 else None
    queued = getattr(answer.wsgi_request, "_messages", None)
    refusals = [
        str(m) for m in getattr(queued, "_queued_messages", ()) if m.level >= ERROR
    ]
    if answer.status_code not in {200, 302}:
        yield f"{form.action}: {answer.status_code}"
    elif has_nothing_to_fill_in(form) and (refusals or shown is not None):
        yield f"{form.action}: {refusals or shown.errors}"
    elif shown is not None and not (asks_once(shown) or set(shown.errors) - ALL):
        yield f"{form.action}: {shown.errors}"


def asks_once(form) -> bool:
    """Whether the answer asks if what was typed is meant."""
    return bool(getattr(form, "asks", False))


def has_nothing_to_fill_in(form: Form) -> bool:
    """Whether the form has its marks and a button alone."""
    return not ({*form.fields, *form.choices, *form.files} - MARKS)


@pytest.mark.parametrize("name", sorted(ACCESS))
def test_every_button_of_a_page_works_as_it_is_shown(name, world):
    access = ACCESS[name]
    cobuilding.targets(world)
    volunteering.claims(world)
    address = reverse(name, args=access.args(world)[0])
    wrong = []

    for person in access.openers if access.method == "get" else ():
        client = signed_in(world.people[person])
        answer = client.get(address)
        for form in writing_forms(answer):
            for button in form.buttons:
                with transaction.atomic():
                    faults = press(client, form, button)
                    wrong += [f"{person} at {address}: {fault}" for fault in faults]
                    transaction.set_rollback(True)

    assert wrong == []
