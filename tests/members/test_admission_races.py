"""Many people enter one person at the same moment: one entry comes of it."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from core.db.constraint_errors import translate_integrity_errors
from core.errors import DomainError
from members.actions import admit_member
from members.models import Affiliation, Member
from tests.factories.members import identity_number
from tests.stage import on_its_own_connection

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
WRITERS = 8
BORN = dt.date(1985, 3, 12)


def enter_at_once(writers):
    """Start all calls together; return those that ended well and the refusals."""
    line = Barrier(len(writers))

    def enter(call):
        line.wait()
        with translate_integrity_errors():
            return call()

    with ThreadPoolExecutor(len(writers)) as pool:
        futures = [pool.submit(on_its_own_connection, enter, one) for one in writers]
    return [f.result() for f in futures if not f.exception()], [
        f.exception() for f in futures if f.exception()
    ]


def test_eight_parallel_entries_of_one_number_make_one_member(branch):
    number = identity_number(7, born=BORN)

    def enter():
        return admit_member(
            by=None,
            organization=branch,
            name="李明",
            sex="1",
            birth_date=BORN,
            id_number=number,
        )

    entered, refused = enter_at_once([enter] * WRITERS)

    assert [*Member.objects.all()] == entered
    assert Affiliation.objects.get().member == entered[0]
    assert len(refused) == WRITERS - 1
    assert {isinstance(one, DomainError) for one in refused} == {True}
    assert [str(one) for one in refused if "已" not in str(one)] == []
