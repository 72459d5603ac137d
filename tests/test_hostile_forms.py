"""Hostile texts in every form that signed-in people send.

All fields get each text together, and each field gets one alone, the others as the test
of the address or the page fills them; the drill gives every field every text. The
answer may refuse or accept, never break, and what was accepted is shown as text.
"""

from collections.abc import Iterator
from itertools import cycle, product
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.db import transaction
from django.urls import reverse

from core.web.forms import new_key
from core.web.idempotency import KEY
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
from tests.test_mass_assignment import PAGES, typed

pytestmark = pytest.mark.django_db

ALERT = "<script>alert(1)</script>"
TEXTS = {
    "nul": "党\0员",
    "a megabyte": "x" * 1_000_000,
    "half a pair": "\ud800党",
    "markup and signs": f"{ALERT}\"'><img src=x>{{{{ 7|add:7 }}}}%(name)s{{0}}"
    "\u202e\u2066党员\u200f👩\u200d👩\u200d👧🏴\x01\x08\x1b[31m党\r\n\x7f",
    "digits": "9" * 5_000,
}
URLENCODED = "application/x-www-form-urlencoded"
EACH = pytest.param(False, id="each field once")
EVERY = pytest.param(True, id="every field every text", marks=pytest.mark.drill)
in_turn = pytest.mark.parametrize("thorough", [EACH, EVERY])


def encode(sent: dict[str, Any]) -> str:
    """Return a body as a browser that is told to send anything would send it."""
    texts = {
        name: [f"{one}".encode("utf-8", "surrogatepass") for one in _many(value)]
        for name, value in sent.items()
    }
    return urlencode(texts, doseq=True, quote_via=quote)


def _many(value: Any) -> list[Any]:
    return [*value] if isinstance(value, list | tuple) else [value]


def hostile(
    form: Form, sent: dict[str, Any], *, thorough: bool
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what is sent, with one field hostile or all of them."""
    names = [n for n in {*form.fields, *form.choices, *sent} if "csrf" not in n]
    ordered = sorted(names)
    for kind, text in TEXTS.items():
        yield f"{kind} everywhere", {**sent, **dict.fromkeys(ordered, text)}
    pairs = product(TEXTS, ordered) if thorough else zip(cycle(TEXTS), ordered)
    for kind, name in pairs:
        yield f"{kind} in {name}", {**sent, name: TEXTS[kind]}


def faults_of(
    client: Any, form: Form, sent: dict[str, Any], *, thorough: bool
) -> list[str]:
    """Send the form with every hostile text; keep nothing; return what broke."""
    client.raise_request_exception = False
    wrong = []
    for kind, changed in hostile(form, sent, thorough=thorough):
        session = client.cookies.copy()
        with transaction.atomic():
            body = encode({KEY: new_key(), **changed})
            answer = client.post(form.action, body, content_type=URLENCODED)
            pages = [answer]
            if answer.status_code == 302 and "markup" in kind:
                pages.append(client.get(answer.headers["Location"]))
            wrong += [
                f"{form.action}, {kind}: {fault}" for fault in map(fault_of, pages)
            ]
            transaction.set_rollback(True)
        client.cookies = session
    return [line for line in wrong if not line.endswith(": ")]


def fault_of(answer: Any) -> str:
    """Say what is wrong with an answer, or nothing."""
    if answer.status_code >= 500:
        return f"status {answer.status_code}"
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return ""
    return "shown as markup" if ALERT.encode() in answer.content else ""


@in_turn
@pytest.mark.parametrize("name", doing_doors())
def test_no_text_breaks_an_address_that_writes(name, world, thorough):
    access = ACCESS[name]
    address = reverse(name, args=access.args(world)[0])
    data = access.data(world)
    client = signed_in(world.people[first_who_may(access)])
    opened = client.get(address)
    shown = read(opened).form_to(address) if opened.status_code == 200 else None

    assert faults_of(client, shown or Form(address), data, thorough=thorough) == []


@in_turn
@pytest.mark.parametrize("name", PAGES)
def test_no_text_breaks_a_form_of_a_page(name, world, thorough):
    access = ACCESS[name]
    address = reverse(name, args=access.args(world)[0])
    faults = []

    for person in access.openers[:1]:
        client = signed_in(world.people[person])
        for form in writing_forms(client.get(address)):
            if name_of(form.action) not in doing_doors():
                sent = form.sent(**typed(form))
                faults += faults_of(client, form, sent, thorough=thorough)

    assert faults == []


@pytest.mark.slow
@pytest.mark.sampled
@in_turn
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("person", ["staff", "system_admin", "security_admin"])
def test_no_text_breaks_a_form_of_the_admin(person, part, world, thorough):
    fill(world)
    client = signed_in(world.people[person])
    faults = []

    for model in part_of_admin(part):
        for address in admin_addresses(client, model):
            for form in writing_forms(client.get(address)):
                sent = form.sent(**typed(form))
                faults += faults_of(client, form, sent, thorough=thorough)

    assert faults == []
