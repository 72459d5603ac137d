"""What becomes of a letter that has expired, once another follows it (R-17)."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import Notice
from core.db.constraints import validate
from core.errors import ConstraintViolated
from core.registries.todos import todos_for
from members.actions import (
    expire_letters,
    issue_letter,
    propose_transfer,
    receive_transfer,
    reissue_letter,
    void_transfer,
)
from members.enums import Stage
from members.errors import TransferMovedOn
from members.models import Transfer
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
def expired(branch, other_street, time_machine):
    """A letter to the other street that nobody received in time."""
    letter = TransferFactory(
        member=MemberFactory(organization=branch), to=other_street, issued=True
    )
    time_machine.move_to(letter.valid_until + dt.timedelta(days=1))
    expire_letters()
    letter.refresh_from_db()
    return letter


def reissued(letter):
    return reissue_letter(letter, by=None, reason="已过期")


def proposed_anew(letter):
    new = propose_transfer(letter.member, cause="family", to=letter.addressee, by=None)
    return issue_letter(new, by=None)


FOLLOWED = pytest.mark.parametrize("follow", [reissued, proposed_anew])


def buttons(user, letter):
    page = Visitor(user).get(letter.get_absolute_url())
    return {str(link.label) for link in page.context["page_actions"]}


@FOLLOWED
def test_the_page_of_the_old_letter_leads_to_the_new_one_alone(
    expired, follow, staff, staff_there
):
    assert buttons(staff, expired) != set() != buttons(staff_there, expired)

    new = follow(expired)

    for user in (staff, staff_there):
        assert buttons(user, expired) == set()
        body = Visitor(user).get(expired.get_absolute_url()).content.decode()
        assert f"已由介绍信{new.number}接替" in body
        assert f'href="{new.get_absolute_url()}"' in body


@FOLLOWED
def test_an_old_letter_is_neither_received_nor_issued_again(expired, follow, foreign):
    follow(expired)

    with pytest.raises(TransferMovedOn):
        receive_transfer(expired, by=None, branch=BranchFactory(parent=foreign))
    with pytest.raises(TransferMovedOn):
        reissue_letter(expired, by=None, reason="又遗失")


@FOLLOWED
def test_an_old_letter_is_on_no_desk_and_in_no_list(
    expired, follow, staff, secretary, staff_there
):
    follow(expired)

    assert not Transfer.objects.expired().exists()
    for user in (staff, secretary, staff_there):
        urls = [todo.url for todo in todos_for(user, expired.closed_on)]
        assert not [url for url in urls if f"stage={Stage.EXPIRED}" in url]


def test_who_may_not_open_what_followed_reads_no_link_to_it(expired, staff_there):
    new = propose_transfer(expired.member, cause="family", to_text="省外", by=None)

    body = Visitor(staff_there).get(expired.get_absolute_url()).content.decode()

    assert "已重新提交转接" in body
    assert new.get_absolute_url() not in body


def test_nobody_is_asked_any_more_to_settle_the_old_letter(secretary, expired):
    asked = Notice.objects.about(expired).unread()
    assert asked.filter(user=secretary).exists()

    reissued(expired)

    assert not asked.exists()


def test_a_letter_replaced_by_a_void_one_is_not_issued_again(expired, staff):
    void_transfer(reissued(expired), by=None, reason="写错")

    assert buttons(staff, expired) == set()
    assert not Transfer.objects.expired().exists()


def test_after_a_void_proposal_the_expired_letter_may_be_issued_anew(expired, staff):
    void_transfer(proposed_anew(expired), by=None, reason="写错")

    assert list(Transfer.objects.expired()) == [expired]
    assert reverse("members:reissue_letter", args=[expired.pk]) in {
        link.url
        for link in Visitor(staff)
        .get(expired.get_absolute_url())
        .context["page_actions"]
    }


def test_a_second_letter_in_place_of_one_is_refused_in_words(expired):
    new = reissued(expired)
    void_transfer(new, by=None, reason="写错")
    new.pk, new._state.adding = None, True

    with pytest.raises(ConstraintViolated, match="已经补开"):
        validate(new)
