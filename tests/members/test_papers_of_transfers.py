"""Who issued a letter keeps both papers at hand; who receives prints the receipt."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import AccessEntry
from members.actions import (
    expire_letters,
    receive_transfer,
    record_receipt,
    refuse_transfer,
    void_transfer,
)
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.members import MemberFactory, TransferFactory
from tests.factories.organizations import BranchFactory
from tests.walk.people import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff_there(other_street):
    return holder(Role.STREET_STAFF, other_street, name="孙丽")


@pytest.fixture
def letter(branch, other_street):
    return TransferFactory(
        member=MemberFactory(organization=branch), to=other_street, issued=True
    )


def page(name, letter):
    return reverse(f"members:{name}", args=[letter.pk])


def buttons(user, letter):
    answer = Visitor(user).get(letter.get_absolute_url())
    return {link.url for link in answer.context["page_actions"]}


def shown(user, url):
    answer = Visitor(user).get(url)
    assert not answer.redirect_chain
    return answer.content.decode()


@pytest.fixture
def received(letter, foreign):
    return receive_transfer(letter, by=None, branch=BranchFactory(parent=foreign))


def test_who_issued_a_letter_prints_it_for_the_file_after_the_receipt(received, staff):
    url = page("print_letter", received)
    assert url in buttons(staff, received)

    body = shown(staff, url)

    for part in ("第一联", "第二联", "第三联", received.member.masked_id_number):
        assert part in body
    look = AccessEntry.objects.get(actor=staff, subject_id=str(received.member_id))
    assert received.number in look.reason


def test_the_letter_for_the_file_shows_nothing_that_others_keep(received, staff):
    member = received.member
    member.phone = "13900001234"
    member.save(update_fields=["phone"])

    body = shown(staff, page("print_letter", received))

    assert str(member.id_number) not in body
    assert "13900001234" not in body


def test_who_issued_a_letter_sees_the_receipt(received, staff):
    url = page("print_receipt", received)
    assert url in buttons(staff, received)

    assert "特此回复" in shown(staff, url)


def test_the_receipt_alone_bears_the_mark_of_its_part(received, staff_there):
    url = page("print_receipt", received)
    assert url in buttons(staff_there, received)

    assert "第三联" in shown(staff_there, url)


def test_who_receives_does_not_print_the_letter_with_the_number(received, staff_there):
    visitor = Visitor(staff_there)
    visitor.get(received.get_absolute_url())

    assert visitor.client.get(page("print_letter", received)).status_code == 403


def test_a_refused_letter_is_printed_for_the_file(letter, staff):
    refused = refuse_transfer(letter, by=None, reason="抬头写错")

    assert "第一联" in shown(staff, page("print_letter", refused))
    assert page("print_receipt", refused) not in buttons(staff, refused)


def test_an_expired_letter_is_printed_for_the_file(letter, staff, time_machine):
    time_machine.move_to(letter.valid_until + dt.timedelta(days=1))
    expire_letters()

    assert "第一联" in shown(staff, page("print_letter", letter))


def test_a_void_letter_is_not_printed(letter, staff):
    void_transfer(letter, by=None, reason="写错")

    assert buttons(staff, letter) == set()
    answer = Visitor(staff).get(page("print_letter", letter))
    assert answer.redirect_chain[-1][0] == letter.get_absolute_url()


def test_the_receipt_of_a_committee_outside_is_not_printed_here(branch, staff):
    letter = TransferFactory(
        member__organization=branch, to_text="省外某党委", issued=True
    )
    sent = record_receipt(letter, by=None)

    assert buttons(staff, sent) == {page("print_letter", sent)}


def test_the_letter_for_the_file_names_all_who_stood_on_it(
    received, branch, other_street, staff
):
    other = TransferFactory(member__organization=branch, to=other_street, issued=True)
    columns = ("year", "serial", "issued_on", "valid_until")
    values = {name: getattr(received, name) for name in columns}
    type(other).objects.filter(pk=other.pk).update(line=2, **values)
    other.refresh_from_db()
    refuse_transfer(other, by=None, reason="抬头写错")

    answer = Visitor(staff).get(page("print_letter", received))

    assert [one for one, _age in answer.context["people"]] == [received, other]
