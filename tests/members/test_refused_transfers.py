"""A transfer that was refused lies with its place of origin until it is settled."""

import pytest
from django.urls import reverse

from accounts.models import Notice
from core.months import today
from core.registries.todos import todos_for
from members.actions import (
    end_membership,
    let_transfer_rest,
    propose_transfer,
    record_letter,
    refuse_transfer,
    void_transfer,
)
from members.enums import Direction, EndReason, Stage
from members.errors import TransferMovedOn
from members.models import Transfer
from members.transfers.whereabouts import describe_whereabouts
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.members import MemberFactory, TransferFactory
from tests.walk.people import Visitor

pytestmark = pytest.mark.django_db


def refused(member, other_street, **values):
    letter = TransferFactory(
        member=member, to=other_street, issued=True, wish="柳岸社区", **values
    )
    return refuse_transfer(letter, by=None, reason="本人不在我街道居住。")


@pytest.fixture
def member(branch):
    return MemberFactory(organization=branch)


@pytest.fixture
def letter(secretary, member, other_street):
    return refused(member, other_street)


def desk(user):
    query = f"stage={Stage.CAME_BACK}&way={Direction.OUT}"
    address = f"{reverse('members:transfers')}?{query}"
    return [todo.count for todo in todos_for(user, today()) if todo.url == address]


def listed(user):
    query = f"stage={Stage.CAME_BACK}&way={Direction.OUT}"
    page = Visitor(user).get(f"{reverse('members:transfers')}?{query}")
    return [row.record for row in page.context["table"].rows]


def buttons(user, letter):
    page = Visitor(user).get(letter.get_absolute_url())
    return {link.url: link.primary for link in page.context["page_actions"]}


def again(letter):
    return reverse("members:propose_transfer", args=[letter.member_id])


def rest(letter):
    return reverse("members:let_transfer_rest", args=[letter.pk])


def test_a_refused_transfer_is_on_the_desk_of_who_proposed_it(letter, secretary):
    assert desk(secretary) == [1]
    assert listed(secretary) == [letter]
    page = buttons(secretary, letter)
    assert page[again(letter)] is True
    assert page[rest(letter)] is False


def test_who_refused_it_has_nothing_left_to_do(letter, other_street):
    staff_there = holder(Role.STREET_STAFF, other_street)

    assert desk(staff_there) == []
    assert not {again(letter), rest(letter)} & set(buttons(staff_there, letter))


def test_proposing_anew_ends_it_and_brings_what_was_said_before(
    letter, secretary, other_street
):
    form = Visitor(secretary).get(again(letter)).context["form"]
    assert form.initial["to"] == other_street.pk
    assert (form.initial["cause"], form.initial["wish"]) == (letter.cause, "柳岸社区")

    Visitor(secretary).follow(letter.get_absolute_url(), again(letter))

    new = Transfer.objects.proposed().get()
    assert (new.addressee, new.wish) == (other_street, "柳岸社区")
    assert desk(secretary) == []
    assert not {again(letter), rest(letter)} & set(buttons(secretary, letter))
    assert not Notice.objects.about(letter).unread().exists()


def test_a_new_proposal_that_was_taken_back_does_not_bring_it_back(letter, secretary):
    new = propose_transfer(letter.member, cause="family", to_text="省外", by=None)
    void_transfer(new, by=None, reason="不转了")

    assert desk(secretary) == []


def test_it_may_be_let_rest(letter, secretary):
    Visitor(secretary).follow(letter.get_absolute_url(), rest(letter))

    letter.refresh_from_db()
    assert (letter.rested_on, letter.rested_by) == (today(), secretary)
    assert desk(secretary) == []
    assert listed(secretary) == []
    assert set(buttons(secretary, letter)) <= {
        reverse("members:print_letter", args=[letter.pk])
    }
    assert "不再转接" in describe_whereabouts(letter)
    with pytest.raises(TransferMovedOn):
        let_transfer_rest(letter, by=secretary)


def test_who_is_no_member_any_more_waits_for_nobody(letter, member, secretary):
    end_membership(member, reason=EndReason.DIED, by=None)

    assert desk(secretary) == []


def test_a_letter_from_outside_that_was_refused_waits_outside(east, secretary, staff):
    letter = record_letter(
        east,
        by=None,
        person_name="赵六",
        cause="retired",
        from_text="中共武汉市洪山区委组织部",
        foreign_number="0012345",
        issued_on=today(),
        valid_days=30,
    )
    refuse_transfer(letter, by=None, reason="抬头写错")

    assert (desk(secretary), desk(staff)) == ([], [])


@pytest.mark.parametrize("stop", ["", "。", ".", "。 "])
def test_the_notice_of_a_refusal_has_one_stop_after_the_reason(
    secretary, member, other_street, stop
):
    letter = TransferFactory(member=member, to=other_street, issued=True)

    refuse_transfer(letter, by=None, reason=f"本人不在我街道居住{stop}")

    text = Notice.objects.about(letter).unread().get(user=secretary).text
    assert "居住。党员仍" in text
