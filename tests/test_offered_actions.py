"""An action that a page offers is not refused for what the page could have known.

`tests/states.py` brings one thing after another into one state and names its page.
Every person opens it; every button there is pressed, every link of its content followed
and the form behind it sent, with a reason where one is asked for. A form that asks for
more may complain about its fields, but not refuse.
"""

import re
from collections.abc import Iterator

import pytest
from django.contrib.messages import ERROR
from django.db import transaction
from django.urls import reverse

from tests.election_states import ELECTION_STATES, FORMS
from tests.html import Form
from tests.states import NAMED, STATES
from tests.test_access_matrix import signed_in
from tests.test_every_write import writing_forms

CONTENT = re.compile(r"<main.*?</main>", re.DOTALL)
# Forms sent unchanged that stand there to be changed.
TO_BE_CHANGED = {
    "expenditure_no_longer_covered": "/amend/",
    "body": "/begin-term/",  # asks who leaves with it
}
LINK = re.compile(r'<a[^>]*class="btn[^"]*"[^>]*?href="(/[^"]+)"', re.DOTALL)
ALL_STATES = [*STATES, *ELECTION_STATES]
PEOPLE = ("liaison", "secretary", "staff", "accountant", "cashier", "member")


@pytest.mark.parametrize("reach", ALL_STATES, ids=lambda reach: reach.__name__)
def test_no_offered_action_is_refused(reach, world):
    thing = reach(world)
    address = thing if isinstance(thing, str) else thing.get_absolute_url()

    changed = TO_BE_CHANGED.get(reach.__name__.partition("_with_")[0], "nowhere")
    changed = TO_BE_CHANGED.get(reach.__name__, changed)
    assert [f for f in faults_of(address, world) if changed not in f] == []


@pytest.mark.parametrize("name", NAMED)
def test_no_offered_step_of_a_named_page_is_refused(name, world):
    page, args = NAMED[name]
    address = reverse(page, args=args(world)[0])

    assert faults_of(address, world) == []


@pytest.mark.parametrize("forms_of", FORMS, ids=lambda reach: reach.__name__)
def test_a_form_that_is_opened_directly_says_first_what_is_refused(forms_of, world):
    addresses = forms_of(world)

    assert [
        f"{person}: {fault}"
        for person in PEOPLE
        for address in addresses
        for fault in refusals_when_opened(signed_in(world.people[person]), address)
    ] == []


def refusals_when_opened(client, address) -> Iterator[str]:
    """Open a form: either it leads away with a sentence, or it is not refused."""
    page = client.get(address)
    if page.status_code == 302 and not errors_of(page):
        yield f"{address}: leads away without a word"
    elif page.status_code == 200:
        forms = [form for form in writing_forms(page) if form.action == address]
        yield from refusals_of_forms(client, forms)


def faults_of(address, world) -> list[str]:
    """What anybody is offered on the page and refused."""
    return [
        f"{person}: {fault}"
        for person in PEOPLE
        for fault in refusals(signed_in(world.people[person]), address)
    ]


def refusals(client, address) -> Iterator[str]:
    """Take every action that the page offers, each undone again."""
    answer = client.get(address)
    if answer.status_code != 200:
        return
    yield from refusals_of_forms(client, writing_forms(answer))
    content = CONTENT.search(answer.content.decode())
    for link in dict.fromkeys(LINK.findall(content[0] if content else "")):
        page = client.get(link)
        if page.status_code == 302:
            yield f"{link}: {errors_of(page)}"
        elif page.status_code != 200:
            yield f"{link}: {page.status_code}"
        elif not page.streaming:
            forms = [f for f in writing_forms(page) if f.action == link]
            yield from refusals_of_forms(client, forms)


def refusals_of_forms(client, forms: list[Form]) -> Iterator[str]:
    """Send each form as it is shown, with a reason where one is asked for."""
    for form in forms:
        for name, value in form.buttons:
            filled_in = {name: value} if name else {}
            if form.fields.get("reason") == [""]:
                filled_in["reason"] = "与登记情况不一致，需要更正"
            if "record" in form.choices:
                filled_in["record"] = form.choices["record"]
            with transaction.atomic():
                answer = client.post(form.action, form.sent(**filled_in))
                said = errors_of(answer)
                transaction.set_rollback(True)
            if said:
                yield f"{form.action}: {said}"


def errors_of(answer) -> list[str]:
    """The refusals that an answer shows, those of single fields left out."""
    queued = getattr(answer.wsgi_request, "_messages", None)
    said = [str(m) for m in getattr(queued, "_queued_messages", ()) if m.level >= ERROR]
    form = (answer.context or {}).get("form") if answer.status_code == 200 else None
    if form is not None and form.is_bound and not set(form.errors) - {"__all__"}:
        said += form.non_field_errors()
    return said
