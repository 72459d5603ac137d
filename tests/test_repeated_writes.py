"""A form sent twice by an impatient finger answers twice alike and writes once."""

import pytest
from django.db import transaction
from django.urls import reverse

from core.web.forms import KEY, new_key
from tests.access_matrix.base import PEOPLE
from tests.access_matrix.tables import all_access
from tests.changes import watched
from tests.test_access_matrix import signed_in

WRITES = {
    name: row
    for name, row in all_access().items()
    if row.method == "post" and name != "accounts:sign_out"  # leaves nobody to answer
}
SUCCESS = 302


@pytest.mark.parametrize("name", sorted(WRITES))
def test_a_repeated_write_is_answered_by_its_result(name, world):
    access = WRITES[name]
    own, _foreign = access.args(world)
    url, data, wrong = reverse(name, args=own), access.data(world), []

    for person in PEOPLE:
        if person == "nobody" or access.own[person] != SUCCESS:
            continue
        with transaction.atomic():
            browser = signed_in(world.people[person])
            sent = {**data, KEY: new_key()}
            first = browser.post(url, sent)
            with watched() as changes:
                second = browser.post(url, sent)
            answers = (first.status_code, second.status_code)
            if answers != (SUCCESS, SUCCESS) or first.url != second.url:
                wrong.append(f"{person}: {answers}")
            wrong += [f"{person}: wrote {table} again" for table in changes.tables()]
            transaction.set_rollback(True)

    assert wrong == []
