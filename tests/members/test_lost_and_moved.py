"""Lost and suspended members: marked by their name, asked about, not transferred."""

import datetime as dt

import pytest
from django.urls import reverse

from core.months import today
from members.actions import (
    confirm_arrival,
    end_membership,
    issue_letter,
    propose_transfer,
    receive_transfer,
    record_contact,
    record_receipt,
    reissue_letter,
    suspend_membership,
)
from members.enums import EndReason, TransferState
from members.errors import MembershipSuspended
from members.models import Member, Transfer
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.members import (
    LostContactFactory,
    MemberFactory,
    TransferFactory,
)
from tests.factories.organizations import BranchFactory

pytestmark = pytest.mark.django_db
LOST, STOPPED = "李明（失联）", "李明（停止党籍）"
OUT = {"to_text": "武汉市委组织部", "cause": "family"}


def page(name, *args):
    return reverse(f"members:{name}", args=args)


def suspend(row):
    return suspend_membership(row, on=dt.date(2024, 3, 1), number="3号", by=None)


@pytest.fixture
def member(branch):
    return MemberFactory(organization=branch, name="李明")


@pytest.fixture
def lost(member):
    """The search for the member, lost since 31 August 2023."""
    return LostContactFactory(member=member)


@pytest.fixture
def suspended(lost):
    return suspend(lost)


@pytest.fixture
def secretary_signed_in(client, secretary):
    client.force_login(secretary)
    return client


def text_of(client, url):
    return client.get(url, follow=True).content.decode()


def test_a_suspended_member_is_not_transferred_until_the_suspension_is_lifted(
    suspended, member
):
    with pytest.raises(MembershipSuspended):
        propose_transfer(member, by=None, **OUT)

    record_contact(suspended, on=today(), number="9号", by=None)
    assert propose_transfer(member, by=None, **OUT).state == TransferState.PROPOSED


STEPS = {
    "issue": (False, lambda letter, _to: issue_letter(letter, by=None)),
    "reissue": (True, lambda letter, _to: reissue_letter(letter, by=None, reason="丢")),
    "receive": (True, lambda letter, to: receive_transfer(letter, by=None, branch=to)),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_letter_from_before_the_suspension_goes_no_further(
    step, lost, member, foreign, other_street
):
    issued, take = STEPS[step]
    letter = TransferFactory(member=member, to=other_street, issued=issued)
    suspend(lost)

    with pytest.raises(MembershipSuspended):
        take(letter, BranchFactory(parent=foreign))

    assert Transfer.objects.get().state == letter.state


def test_no_receipt_and_no_end_lead_a_suspended_member_out_of_the_city(lost, member):
    letter = TransferFactory(member=member, to_text="武汉市委组织部", issued=True)
    suspend(lost)

    with pytest.raises(MembershipSuspended):
        record_receipt(letter, by=None)

    letter.state = TransferState.VOIDED
    Transfer.objects.filter(pk=letter.pk).update(
        state=letter.state, closed_on=today(), reason="停止党籍"
    )
    with pytest.raises(MembershipSuspended):
        end_membership(member, reason=EndReason.TRANSFERRED_OUT, by=None)
    assert Member.objects.get().organization == member.organization


def test_a_suspended_member_may_die(suspended, member):
    end_membership(member, reason=EndReason.DIED, by=None)

    assert Member.objects.get().end_reason == EndReason.DIED


def test_the_page_of_a_proposal_says_what_comes_first(
    suspended, member, secretary_signed_in
):
    shown = text_of(secretary_signed_in, page("propose_transfer", member.pk))

    assert "停止党籍" in shown
    assert "恢复党籍" in shown
    assert not Transfer.objects.exists()


def test_a_lost_member_is_asked_about_before_a_transfer(
    lost, member, secretary_signed_in
):
    url = page("propose_transfer", member.pk)
    asked = secretary_signed_in.post(url, OUT)
    count = Transfer.objects.count()
    secretary_signed_in.post(url, {**OUT, "confirmed": "on"})

    assert "2023年8月31日" in asked.content.decode()
    assert (count, Transfer.objects.count()) == (0, 1)


def test_a_proposal_is_asked_about_the_place_before_the_search(
    lost, member, secretary_signed_in
):
    url = page("propose_transfer", member.pk)
    asked = secretary_signed_in.post(url, {"cause": "family"})

    assert set(asked.context["form"].errors) == {"to"}


@pytest.mark.parametrize("state", ["lost", "suspended"])
def test_a_move_of_a_lost_or_suspended_member_is_asked_about(
    state, request, member, east, secretary_signed_in
):
    request.getfixturevalue(state)
    there = BranchFactory(parent=east)
    data = {"organization": there.pk, "on": str(today())}

    url = page("move", member.pk)
    secretary_signed_in.post(url, data)
    before = Member.objects.get().organization
    secretary_signed_in.post(url, {**data, "confirmed": "on"})

    assert (before, Member.objects.get().organization) == (member.organization, there)


@pytest.mark.parametrize(("state", "mark"), [("lost", LOST), ("suspended", STOPPED)])
def test_every_page_about_the_person_marks_the_name(
    state, mark, request, member, east, other_street, secretary_signed_in
):
    letter = TransferFactory(member=member, to=other_street)
    request.getfixturevalue(state)
    street = holder(Role.STREET_STAFF, east.parent)
    pages = [
        page("list"),
        page("move", member.pk),
        page("transfers"),
        letter.get_absolute_url(),
    ]

    shown = {url: text_of(secretary_signed_in, url) for url in pages}
    heading = text_of(secretary_signed_in, page("detail", member.pk))
    secretary_signed_in.force_login(street)
    issue = text_of(secretary_signed_in, page("issue_letter", letter.pk))

    assert [url for url, text in shown.items() if mark not in text] == []
    assert f'text-bg-warning">{mark[3:-1]}</span>' in heading
    assert mark in issue


def test_the_other_street_sees_the_mark_on_who_is_to_be_received(
    lost, member, foreign, other_street, client
):
    letter = TransferFactory(member=member, to=other_street, issued=True)
    confirm_arrival(letter, BranchFactory(parent=foreign), by=None)
    client.force_login(holder(Role.STREET_STAFF, other_street))

    assert LOST in text_of(client, page("receive_transfer", letter.pk))


def test_a_found_member_has_no_mark(lost, member, secretary_signed_in):
    record_contact(lost, on=today(), by=None)

    table = secretary_signed_in.get(page("list")).context["table"]
    [row] = [row for row in table.rows if row.record.pk == member.pk]
    assert "失联" not in str(row.get_cell("name"))
