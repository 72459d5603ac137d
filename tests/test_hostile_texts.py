"""NUL, overlong and broken text, to every public address and every filter.

Such text may be an error of the sender, never one of ours.
"""

import pytest
from django.urls import reverse

from tests.test_access_matrix import ACCESS, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both]

# As they are sent: `%ED%A0%80` is half of a pair of code units, which is no text.
TEXTS = (
    "%00",
    "zhaomin%00",
    "%ED%A0%80",
    "x" * 100_000,
    "1" * 100_000,
    "%E5%85%9A" * 9,
)
URLENCODED = "application/x-www-form-urlencoded"
ALWAYS = ("q", "page", "sort", "next", "month", "export", "lang")
OFTEN_SENT = ("idempotency_key", "version", "chosen", "username", "code", "next")
PUBLIC = sorted(
    name for name, access in ACCESS.items() if access.own["nobody"] in {200, 302}
)
READ = sorted(name for name, access in ACCESS.items() if access.method == "get")


def names_of(answer):
    """The fields of the forms and of the filter that a page shows."""
    context = answer.context or {}
    forms = [context.get("form"), getattr(context.get("filter"), "form", None)]
    return [name for form in forms if form is not None for name in form.fields]


def faults(answers):
    """What the product itself failed at."""
    return {sent[:60]: status for sent, status in answers if status >= 500}


@pytest.mark.parametrize("name", [n for n in PUBLIC if ACCESS[n].own["nobody"] == 200])
def test_strangers_break_no_public_page(name, world):
    client = signed_in(None)
    client.raise_request_exception = False
    address = reverse(name, args=ACCESS[name].args(world)[0])
    fields = {*names_of(client.get(address)), *OFTEN_SENT}

    found = []
    for text in TEXTS:
        everywhere = "&".join(f"{field}={text}" for field in fields)
        sent = [everywhere, *(f"{field}={text}" for field in sorted(fields))]
        found += [
            (body, client.post(address, body, content_type=URLENCODED).status_code)
            for body in sent
        ]
        found.append((text, client.get(address, QUERY_STRING=everywhere).status_code))

    assert faults(found) == {}


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_a_name_of_any_kind_may_be_tried_at_the_sign_in(client, db, text):
    client.raise_request_exception = False
    body = f"username={text}&password=wrong"

    answer = client.post(reverse("accounts:sign_in"), body, content_type=URLENCODED)

    assert answer.status_code == 200
    assert answer.context["form"].errors


@pytest.mark.parametrize("name", READ)
def test_no_filter_breaks_its_page(name, world):
    access = ACCESS[name]
    if not access.openers:
        return
    client = signed_in(world.people[access.openers[0]])
    client.raise_request_exception = False
    address = reverse(name, args=access.args(world)[0])
    fields = {*names_of(client.get(address)), *ALWAYS}

    found = [
        (query, client.get(address, QUERY_STRING=query).status_code)
        for text in TEXTS
        for query in (f"{field}={text}" for field in sorted(fields))
    ]

    assert faults(found) == {}
