"""A form sent twice writes once: alike it is answered alike, with other content not."""

from html import escape

import pytest
from django.db import transaction
from django.urls import reverse

from core.web.forms import new_key
from core.web.idempotency import KEY
from tests.access_matrix.base import PEOPLE
from tests.access_matrix.tables import all_access
from tests.changes import watched
from tests.test_access_matrix import signed_in
from tests.test_every_write import WITHOUT_KEY

WRITES = {
    name: row
    for name, row in all_access().items()
    if row.method == "post" and name != "accounts:sign_out"  # leaves nobody to answer
}
SUCCESS, CONFLICT = 302, 409


def writers_of(access):
    return [p for p in PEOPLE if p != "nobody" and access.own[p] == SUCCESS]


@pytest.mark.parametrize("name", sorted(WRITES))
def test_a_repeated_write_is_answered_by_its_result(name, world):
    access = WRITES[name]
    own, _foreign = access.args(world)
    url, data, wrong = reverse(name, args=own), access.data(world), []

    for person in writers_of(access):
        with transaction.atomic():
            browser = signed_in(world.people[person])
            sent = browser.as_read(url, {**data, KEY: new_key()})
            first = browser.post(url, sent)
            with watched() as changes:
                second = browser.post(url, sent)
            answers = (first.status_code, second.status_code)
            if answers != (SUCCESS, SUCCESS) or first.url != second.url:
                wrong.append(f"{person}: {answers}")
            wrong += [f"{person}: wrote {table} again" for table in changes.tables()]
            transaction.set_rollback(True)

    assert wrong == []


def saved_before(answer):
    """The part of the page that says that the form was saved with other content."""
    return answer.content.decode().partition("data-saved-before")[2]


def with_one_change(data):
    """The same form with one field typed differently, or with one more."""
    texts = [n for n, value in data.items() if isinstance(value, str) and value]
    name = texts[-1] if texts else "remark"
    return {**data, name: f"{data.get(name, '')}9"}


@pytest.mark.parametrize("name", sorted(WRITES.keys() - WITHOUT_KEY.keys()))
def test_other_content_under_the_key_of_a_done_write_is_not_written(name, world):
    access = WRITES[name]
    own, _foreign = access.args(world)
    url, data, wrong = reverse(name, args=own), access.data(world), []

    for person in writers_of(access):
        with transaction.atomic():
            browser = signed_in(world.people[person])
            key = new_key()
            first = browser.post(url, {**data, KEY: key})
            with watched() as changes:
                second = browser.post(url, {**with_one_change(data), KEY: key})
            if second.status_code != CONFLICT:
                wrong.append(f"{person}: {second.status_code}")
            elif f'href="{escape(first.url)}"' not in saved_before(second):
                wrong.append(f"{person}: is not led to what was saved")
            wrong += [f"{person}: wrote {table}" for table in changes.tables()]
            transaction.set_rollback(True)

    assert wrong == []
