"""Every form that writes carries its key, and a write without them is refused.

The forms are read from the pages themselves: those of every address in
`tests/access_matrix/` and those of the admin.
"""

import re
from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from core.errors import MissingIdempotencyKey
from core.web.edit_conflicts import VERSION_TOKEN
from core.web.idempotency import KEY
from core.web.read_first import ReadFirstView, ReadListMixin
from core.web.views import ChangeView, ReadActionView
from tests.access_matrix import (
    cobuilding,
    communities,
    exchange,
    finance,
    members,
    reports,
)
from tests.changes import watched
from tests.client import view_of
from tests.html import Form, read
from tests.test_access_matrix import (
    ACCESS,
    body_of,
    only_looked,
    signed_in,
)
from tests.test_conventions import ROOT, TEMPLATES

WRITERS = ("member", "liaison", "secretary", "staff", "accountant", "cashier")
CSRF = "csrfmiddlewaretoken"
# Forms that are sent by POST and leave no record of ours behind, or that bring a secret
# which is good for once only; by the name of the address they are sent to.
WITHOUT_KEY = {
    "accounts:sign_in": "signs in; nothing is recorded but that",
    "accounts:sign_out": "signs out",
    "admin_login": "signs in",
    "accounts:activate": "nobody is signed in yet, and the slip's code is good once",
    "set_language": "keeps a cookie",
    "accounts:search": "searches; by POST so that no address holds a number",
    "members:find": "looks somebody up; by POST so that no address holds the number",
    "admin:changelist": "the stock frame of a list that has no bulk actions",
    "admin:organizations_codeitem_import": "shows a preview of the sheet",
    "admin:organizations_codeitem_export": "makes a file",
}


def name_of(address: str) -> str:
    """The name of an address; lists of the admin share one."""
    try:
        name = resolve(address.partition("?")[0]).view_name
    except Resolver404:
        return address
    return "admin:changelist" if name.endswith("_changelist") else name


def writing_forms(answer) -> list[Form]:
    """The forms that the page shows and that are not exempt by name."""
    body = body_of(answer)
    if answer.status_code != 200 or "<form" not in body:
        return []
    forms = read(answer).posting()
    return [form for form in forms if name_of(form.action) not in WITHOUT_KEY]


def looked_at(client, address) -> tuple[list[Form], list[str]]:
    """The forms of the page that write, and what is wrong with them.

    A form may lack a mark, or show its key a second time.
    """
    answers = [client.get(address) for _ in range(2)]
    first, second = (writing_forms(answer) for answer in answers)
    seen, wrong = {form.value(KEY) for form in first}, []
    for form in first:
        if not form.value(CSRF) or not form.value(KEY):
            wrong.append(f"{address}: {form.action} lacks {CSRF} or {KEY}")
        if (
            form.action == address
            and over_row(answers[0])
            and not form.value(VERSION_TOKEN)
        ):
            wrong.append(f"{address}: lacks {VERSION_TOKEN}")
    if any(form.value(KEY) in seen for form in second):
        wrong.append(f"{address}: the same key twice")
    return first, wrong


def over_row(answer) -> bool:
    """Whether the page's own form changes, or decides about, what stands already."""
    view = (answer.context or {}).get("view")
    return isinstance(view, (ChangeView, ReadFirstView))


def openers(access) -> list[str]:
    """The people who get an answer from the address, with a page or a redirect."""
    return [p for p, status in access.own.items() if status in {200, 302}]


@pytest.mark.parametrize("name", sorted(ACCESS))
def test_every_form_behind_a_door_carries_its_marks(name, world):
    access = ACCESS[name]
    address = reverse(name, args=access.args(world)[0])
    people = [p for p in openers(access) if p in WRITERS] or openers(access)[:1]

    wrong = [
        fault
        for person in people
        for fault in looked_at(signed_in(world.people[person]), address)[1]
    ]

    assert wrong == []


@pytest.mark.parametrize("name", sorted(ACCESS))
def test_a_form_over_a_row_that_does_not_say_what_it_saw_is_a_conflict(name, world):
    access = ACCESS[name]
    address = reverse(name, args=access.args(world)[0])
    client = signed_in(world.people[first_who_may(access)])
    opened = client.get(address)
    over = [form for form in read_if_over_row(opened) if form.action == address]

    with watched() as changes:
        answers = [
            client.post(address, form.sent(**{VERSION_TOKEN: "", **reason_for(form)}))
            for form in over
        ]

    assert [answer.status_code for answer in answers] == [409] * len(over)
    assert only_looked(changes) == set()


def reason_for(form: Form) -> dict[str, str]:
    """What somebody types where a form asks why, so that it is refused for no lack."""
    return {"reason": "更正录入"} if form.fields.get("reason") == [""] else {}


def token_at(client, address) -> dict[str, str]:
    """What the form at the address, or the list before it, says it has shown.

    A button stands on the pages of others, which take its token from its view.
    """
    view = view_of(address)
    if issubclass(view, ReadActionView):
        row = view.model._default_manager.get(**resolve(address).kwargs)
        return {VERSION_TOKEN: view.read_token(row)}
    if not issubclass(view, (ReadFirstView, ReadListMixin)):
        return {}
    listed = getattr(view, "list_url_name", "")
    page = read(client.get(reverse(listed) if listed else address))
    tokens = [form.value(VERSION_TOKEN) for form in page.posting()]
    return {VERSION_TOKEN: next(filter(None, tokens), "")}


def read_if_over_row(answer) -> list[Form]:
    """The forms of a page that changes a row which stands already."""
    body_of(answer)  # a file is read to its end
    return read(answer).posting() if over_row(answer) else []


def first_who_may(access) -> str:
    """Somebody signed in for whom the access opens, or nobody where it is public."""
    return next((p for p in openers(access) if p != "nobody"), "nobody")


def doing_doors() -> list[str]:
    """Return the addresses that write when all their data is sent."""
    sent = [name for name, access in ACCESS.items() if access.method == "post"]
    return sorted(name for name in sent if name not in WITHOUT_KEY)


@pytest.mark.parametrize("name", doing_doors())
def test_a_write_without_a_key_changes_nothing_and_says_so(name, world):
    access = ACCESS[name]
    address = reverse(name, args=access.args(world)[0])
    sent = access.data(world)
    person = world.people[first_who_may(access)]
    client = Client()
    client.force_login(person, "accounts.backends.UsernameOrPhone")

    sent |= token_at(client, address)

    with watched() as changes:
        refused = client.post(address, sent, follow=True)
        left = only_looked(changes)
        done = client.post(address, {**sent, KEY: "one"}, follow=True)

    told = [
        str(MissingIdempotencyKey.message) in page.content.decode()
        for page in (refused, done)
    ]
    assert (told, left, bool(only_looked(changes))) == ([True, False], set(), True)


# Who may sign in to the admin, and how many writing forms they find there at least.
ADMINS = {"staff": 8, "system_admin": 5, "security_admin": 2, "auditor": 0}
# The kinds of record in the admin, in parts that a test of all its pages takes in turn.
PARTS = 4


def fill(world) -> None:
    """Rows of every kind that the admin shows."""
    for make in (
        cobuilding.listed,
        communities.listed,
        exchange.batches,
        finance.posted_args,
        members.away,
        members.checked_in,
        reports.published_args,
    ):
        make(world)


def part_of_admin(number: int) -> list:
    """A share of the kinds of record that the admin shows."""
    return [*admin.site._registry][number::PARTS]


def admin_addresses(client, model) -> Iterator[str]:
    """The list, the empty form, and the pages over the first row of a kind."""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    listed = client.get(reverse(f"{name}_changelist"))
    if listed.status_code != 200:
        return
    yield reverse(f"{name}_changelist")
    yield reverse(f"{name}_add")
    rows = [*listed.context["cl"].result_list[:1]]
    for row in rows:
        yield reverse(f"{name}_change", args=[row.pk])
        yield f"{reverse(f'{name}_changelist')}{row.pk}/end/"


@pytest.mark.slow
@pytest.mark.parametrize("person", ADMINS)
def test_every_form_of_the_admin_carries_its_marks(person, world):
    fill(world)
    client = signed_in(world.people[person])
    pages = [
        address
        for model in admin.site._registry
        for address in admin_addresses(client, model)
    ]

    looked = [looked_at(client, address) for address in pages]

    found = [form for forms, _wrong in looked for form in forms]
    wrong = [fault for _forms, faults in looked for fault in faults]
    assert (wrong, len(found) >= ADMINS[person]) == ([], True)


# Ways in which a template brings the key: its own field, or all fields of its form.
BRINGING = ("idempotency_key", "_form_body.html", "|crispy", "form.hidden_fields")
FRAMES = {
    "core/_account.html": "signs out",
    "core/_language.html": "keeps a cookie",
    "core/_search_form.html": "searches",
    "admin/change_list.html": "holds no action that writes",
}
WRITING = re.compile(r"<form(?=[^>]*method=\"post\").*?</form>", re.DOTALL)


def test_every_template_that_writes_brings_the_marks():
    without_token, without_key = set(), set()
    for path in TEMPLATES:
        name = path.relative_to(ROOT / "templates").as_posix()
        for form in WRITING.findall(path.read_text(encoding="utf-8")):
            if "{% csrf_token %}" not in form:
                without_token.add(name)
            if not any(way in form for way in BRINGING):
                without_key.add(name)

    assert (without_token, without_key) == (set(), {*FRAMES})


def test_no_list_of_the_admin_writes():
    bulk = {
        model._meta.label: [*keeper.list_editable, *(keeper.actions or ())]
        for model, keeper in admin.site._registry.items()
        if keeper.list_editable or keeper.actions
    }

    assert bulk == {}
