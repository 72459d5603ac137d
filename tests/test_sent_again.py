"""What was typed stays in the form where that was saved before with other content.

Every page with a form of its own is opened and its form sent under the key of a write
that is done. Such a form shows what was typed, with a key and a version of its own.
"""

import pytest
from django import forms
from django.urls import URLResolver, get_resolver, reverse

from accounts.models import IdempotencyRecord
from core.web.edit_conflicts import VERSION_TOKEN
from core.web.forms import new_key
from core.web.idempotency import KEY
from core.web.shown_values import version_in
from core.web.views import ActionFormView
from tests.changes import watched
from tests.html import read
from tests.test_access_matrix import ACCESS, only_looked, signed_in
from tests.test_every_write import (
    ADMINS,
    PARTS,
    admin_addresses,
    fill,
    first_who_may,
    part_of_admin,
)

TYPED = "再次填写"
TEXTS = (forms.TextInput, forms.Textarea)


def form_of(answer):
    """The form of a page of ours or of the admin."""
    context = answer.context or {}
    return getattr(context.get("adminform"), "form", None) or context.get("form")


def own_forms(answer, address):
    """What the page's own form would send: not its buttons."""
    has_form = hasattr(form_of(answer), "fields")
    forms_here = read(answer).posting() if has_form else []
    return [form for form in forms_here if form.action == address]


def first_text(form) -> str:
    """The name of the first text that a form takes."""
    texts = (
        bound.html_name
        for bound in form
        if type(bound.field) is forms.CharField
        and isinstance(bound.field.widget, TEXTS)
    )
    return next((name for name in texts if name != "password"), "")


def faults_at(client, address) -> list[str]:
    """What is wrong where the page's form is sent under a key that was used."""
    opened = client.get(address)
    found = own_forms(opened, address)
    if not found:
        return []
    form, name = found[0], first_text(form_of(opened))
    person = client.session["_auth_user_id"]
    key = form.value(KEY) or new_key()
    IdempotencyRecord.objects.create(
        user_id=person, key=key, location="/", digest="of something else"
    )
    typed = form.sent(**({name: [TYPED]} if name else {}))

    with watched() as changes:
        answer = client.post(address, typed)

    shown = own_forms(answer, address)
    if answer.status_code != 409 or "data-saved-before" not in answer.content.decode():
        return [f"{address}: answered {answer.status_code}"]
    if not shown:
        return [f"{address}: does not show the form"]
    return [f"{address}: {fault}" for fault in faults_of(shown[0], form, name)] + [
        f"{address}: wrote {table}" for table in only_looked(changes)
    ]


def faults_of(shown, form, name):
    """What the form that is shown again lacks."""
    if name and shown.value(name) != TYPED:
        yield f"{name} is {shown.value(name)}"
    if shown.value(KEY) in {"", form.value(KEY)}:
        yield "no fresh key"
    version, first = (version_in(one.value(VERSION_TOKEN)) for one in (shown, form))
    if version != first:
        yield "no version of the record"


def form_pages() -> list[str]:
    """Return the addresses of the pages that are one form."""
    names = our_patterns(get_resolver().url_patterns)
    return sorted(
        name
        for name, view in names
        if issubclass(getattr(view, "view_class", object), ActionFormView)
        and ACCESS[name].method == "get"
    )


def our_patterns(patterns, prefix=""):
    """Yield name and view of every address but the admin's own."""
    for pattern in patterns:
        if not isinstance(pattern, URLResolver):
            yield f"{prefix}{pattern.name}", pattern.callback
        elif pattern.namespace != "admin":
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from our_patterns(pattern.url_patterns, space)


@pytest.mark.parametrize("name", form_pages())
def test_a_page_keeps_what_was_typed_under_the_key_of_a_done_write(name, world):
    access = ACCESS[name]
    person = first_who_may(access)
    address = reverse(name, args=access.args(world)[0])

    assert faults_at(signed_in(world.people[person]), address) == []


@pytest.mark.slow
@pytest.mark.sampled
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("person", [p for p, forms in ADMINS.items() if forms])
def test_the_admin_keeps_what_was_typed_likewise(person, part, world):
    fill(world)
    client = signed_in(world.people[person])
    pages = [
        address
        for model in part_of_admin(part)
        for address in admin_addresses(client, model)
    ]

    wrong = [fault for address in pages for fault in faults_at(client, address)]

    assert wrong == []
