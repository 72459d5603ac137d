"""One form sent twice concurrently is saved once, and both responses are equal."""

from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from django.db import connection, transaction

from core.errors import EditConflict
from core.web.edit_conflicts import version_token
from core.web.forms import new_key
from core.web.idempotency import AlreadyWritten, run_once
from members.actions import admit_member, change_member
from members.models import Member
from tests.factories.accounts import UserFactory
from tests.factories.members import MemberFactory, identity_number
from tests.stage import waits_for_us

pytestmark = pytest.mark.django_db(transaction=True)


def send_twice(act):
    """Send once, send again before the commit, commit; return both results."""
    person, key = UserFactory(), new_key()

    def again():
        try:
            run_once(key, digest="", by=person, run=act)
        except AlreadyWritten as earlier:
            return earlier.write.location
        finally:
            connection.close()
        return "written twice"

    with ThreadPoolExecutor() as pool:
        with transaction.atomic():
            first = run_once(key, digest="", by=person, run=act)
            second = pool.submit(again)
            if connection.vendor == "postgresql":
                waits_for_us(second)
            else:  # which does not say who waits
                wait([second], timeout=0.5)
        return first, second.result()


def test_a_member_entered_twice_concurrently_is_entered_once_and_shown(branch):
    number = identity_number(3)
    born = MemberFactory().birth_date

    def enter():
        member = admit_member(
            by=None,
            organization=branch,
            name="李明",
            sex="1",
            birth_date=born,
            id_number=number,
        )
        return member.get_absolute_url()

    first, second = send_twice(enter)

    page = Member.objects.get(name="李明").get_absolute_url()
    assert (first, second) == (page, page)


def test_a_correction_sent_twice_concurrently_is_no_conflict_with_itself(branch):
    member = MemberFactory(organization=branch)
    opened = version_token(member)

    def correct():
        row = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
        if version_token(row) != opened:
            raise EditConflict
        change_member(row, by=None, remark="核对过")
        return row.get_absolute_url()

    first, second = send_twice(correct)

    assert (first, second) == (member.get_absolute_url(),) * 2
