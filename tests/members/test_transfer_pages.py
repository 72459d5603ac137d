"""A transfer from the proposal to the receipt, on the pages of both ends."""

import datetime as dt
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from accounts.models import AccessEntry, Notice
from core.months import today
from core.registries.todos import todos_for
from members.actions import (
    expire_letters,
    hand_on_transfer,
    receive_transfer,
    refuse_transfer,
)
from members.enums import Stage, TransferState
from members.models import Member, Transfer
from organizations.roles import Role
from tests.factories.accounts import RoleAssignmentFactory, holder
from tests.factories.members import (
    KIND,
    MemberFactory,
    TransferFactory,
    account_of,
    identity_number,
    unmistakable_number,
)
from tests.factories.organizations import BranchFactory
from tests.walk.people import Refused, Visitor

pytestmark = pytest.mark.django_db


def page(name, *args):
    return reverse(f"members:{name}", args=args)


@pytest.fixture
def member(branch):
    return MemberFactory(
        organization=branch, name="李明", id_number=unmistakable_number()
    )


@pytest.fixture
def there(foreign):
    """A branch of the other street."""
    return BranchFactory(name="柳岸支部", parent=foreign)


@pytest.fixture
def staff_there(other_street):
    return holder(Role.STREET_STAFF, other_street, name="孙丽")


@pytest.fixture
def clerk_there(foreign):
    return holder(Role.CLERK, foreign, name="钱进")


def waiting(user):
    """The addresses of what the person's desk says about transfers."""
    found = [todo.url for todo in todos_for(user, today())]
    return {url for url in found if url.startswith(page("transfers"))}


def todo(stage, way):
    return f"{page('transfers')}?stage={stage}&way={way}"


def listed(user, **query):
    answer = Visitor(user).get(f"{page('transfers')}?{urlencode(query)}")
    return [row.record for row in answer.context["table"].rows]


@pytest.mark.mission("S1-15")
def test_a_transfer_goes_from_desk_to_desk(
    member, other_street, foreign, there, secretary, staff, staff_there, clerk_there
):
    Visitor(secretary).follow(
        member.get_absolute_url(),
        page("propose_transfer", member.pk),
        to=other_street.pk,
        cause="residence_changed",
        dues_month="2026-06",
    )
    transfer = Transfer.objects.get()
    assert waiting(staff) == {todo(Stage.PROPOSED, "out")}
    assert (waiting(staff_there), listed(staff_there)) == (set(), [])

    own_page = transfer.get_absolute_url()
    Visitor(staff).follow(own_page, page("issue_letter", transfer.pk))
    assert todo(Stage.IN_TRANSIT, "in") in waiting(staff_there)
    assert listed(clerk_there) == []

    link = page("hand_on_transfer", transfer.pk)
    Visitor(staff_there).follow(own_page, link, to=foreign.pk)
    assert waiting(clerk_there) == {todo(Stage.IN_TRANSIT, "in")}

    link = page("confirm_arrival", transfer.pk)
    Visitor(clerk_there).follow(own_page, link, branch=there.pk)
    assert waiting(clerk_there) == set()
    assert todo(Stage.ARRIVED, "in") in waiting(staff_there)
    assert Member.objects.get(pk=member.pk).organization == member.organization

    Visitor(staff_there).follow(own_page, page("receive_transfer", transfer.pk))
    assert Member.objects.get(pk=member.pk).organization == there
    assert waiting(staff_there) | waiting(staff) | waiting(secretary) == set()
    assert listed(secretary, stage="received", cause="residence_changed") == [transfer]
    told = Notice.objects.filter(user=secretary).order_by("pk").last()
    assert "李明" in told.text
    assert told.url == own_page


def test_a_letter_to_outside_ends_with_its_receipt(member, secretary, staff):
    Visitor(secretary).fill(
        page("propose_transfer", member.pk), to_text="武汉市委组织部", cause="family"
    )
    transfer = Transfer.objects.get()
    Visitor(staff).fill(page("issue_letter", transfer.pk), valid_days=30)
    assert listed(staff, stage="without_receipt") == [transfer]

    Visitor(staff).fill(page("record_receipt", transfer.pk))

    transfer.refresh_from_db()
    assert transfer.state == TransferState.RECEIVED
    assert Member.objects.get(pk=member.pk).organization is None
    assert listed(staff, stage="without_receipt") == []


def test_a_letter_from_outside_becomes_a_member(east, branch, staff, secretary):
    Visitor(staff).fill(
        page("record_letter"),
        person_name="赵六",
        from_text="武汉市委组织部",
        foreign_number="0012345",
        issued_on=f"{today()}",
        cause="retired",
        destination=east.pk,
    )
    transfer = Transfer.objects.get()
    assert waiting(secretary) == {todo(Stage.IN_TRANSIT, "in")}

    Visitor(secretary).fill(
        page("admit_transferred", transfer.pk),
        branch=branch.pk,
        id_number=identity_number(91),
        **KIND,
    )

    transfer.refresh_from_db()
    assert transfer.member.name == "赵六"
    assert transfer.member.organization == branch
    assert waiting(secretary) == set()


def test_one_of_both_places_is_named(member, other_street, secretary):
    url = page("propose_transfer", member.pk)

    for both in ({"to": other_street.pk, "to_text": "省委组织部"}, {}):
        with pytest.raises(Refused):
            Visitor(secretary).fill(url, cause="family", **both)

    assert not Transfer.objects.exists()


@pytest.fixture
def letter(member, other_street, secretary):
    return TransferFactory(member=member, to=other_street, by=secretary, issued=True)


def test_the_letter_has_the_words_and_the_three_parts_of_the_form(letter, staff):
    letter.dues_month = dt.date(2026, 6, 1)
    letter.save(update_fields=["dues_month"])

    paper = Visitor(staff).get(page("print_letter", letter.pk)).content.decode()

    for words in (
        *("第一联", "第二联", "第三联", "（贴回执联处）", "（加盖骑缝章）"),
        *("党费已交到贰零贰陆年零陆月", "（有效期壹拾天，", "一个月内邮寄或传真"),
    ):
        assert words in paper


def test_an_expired_letter_is_told_once_and_waits_to_be_settled(
    letter, secretary, staff, time_machine
):
    time_machine.move_to(letter.valid_until + dt.timedelta(days=1))
    before = Notice.objects.filter(user=secretary).count()

    expire_letters()
    expire_letters()

    assert Notice.objects.filter(user=secretary).count() == before + 1
    assert waiting(secretary) == {todo(Stage.EXPIRED, "out")}
    assert listed(secretary, stage="expired") == [letter]
    Visitor(staff).follow(
        letter.get_absolute_url(), page("reissue_letter", letter.pk), reason="已过期"
    )
    assert waiting(secretary) == set()


def test_what_was_asked_for_is_read_once_it_is_done(
    member, other_street, staff_there, secretary
):
    letter = TransferFactory(member=member, to=other_street, issued=True)
    unread = Notice.objects.about(letter).unread()
    assert unread.filter(user=staff_there).count() == 1

    refuse_transfer(letter, by=staff_there, reason="抬头写错")

    assert [one.user for one in unread] == [secretary]
    assert "抬头写错" in unread.get().text


def test_a_refusal_is_told_with_its_reason(letter, secretary):
    refuse_transfer(letter, by=None, reason="抬头写错")

    told = Notice.objects.filter(user=secretary).order_by("pk").last()
    assert "抬头写错" in told.text
    body = Visitor(secretary).get(letter.get_absolute_url()).content.decode()
    assert "抬头写错" in body


def test_the_member_reads_where_the_matter_lies(letter, member):
    body = Visitor(account_of(member)).get(page("me")).content.decode()

    assert "望江街道" in body
    assert letter.number in body
    assert letter.get_absolute_url() not in body


def test_the_printed_letter_has_three_parts_and_leaves_a_trace(
    letter, member, staff, secretary
):
    url = page("print_letter", letter.pk)
    body = Visitor(staff).get(url).content.decode()

    for part in ("存根", "请转接组织关系", "特此回复"):
        assert part in body
    assert body.count(letter.number) == 3
    assert str(member.id_number) in body
    look = AccessEntry.objects.get(actor=staff, subject_id=str(member.pk))
    assert letter.number in look.reason
    client = Visitor(secretary)
    client.get(letter.get_absolute_url())
    assert client.client.get(url).status_code == 403


def test_no_page_but_the_letter_shows_a_number(letter, member, staff, staff_there):
    for user in (staff, staff_there):
        for url in (letter.get_absolute_url(), page("transfers")):
            body = Visitor(user).get(url).content.decode()
            assert str(member.id_number)[-4:] not in body


def test_a_step_that_no_longer_fits_says_so(letter, foreign, there, staff_there):
    hand_on_transfer(letter, foreign, by=None)
    refuse_transfer(letter, by=None, reason="抬头写错")

    visitor = Visitor(staff_there)
    for name in ("receive_transfer", "confirm_arrival", "hand_on_transfer"):
        answer = visitor.get(page(name, letter.pk))
        assert answer.redirect_chain[-1][0] == letter.get_absolute_url()


@pytest.mark.mission("S0-44")
def test_transfers_are_counted_by_cause_and_each_number_opens(
    branch, there, other_street, staff, staff_there
):
    for cause in ("retired", "retired", "family"):
        letter = TransferFactory(
            member=MemberFactory(organization=branch),
            to=other_street,
            cause=cause,
            issued=True,
        )
        receive_transfer(letter, by=None, branch=there)

    for user, side in ((staff, "leaving"), (staff_there, "coming")):
        visitor = Visitor(user)
        causes = visitor.get(page("transfers")).context["causes"]
        assert [getattr(row, side) for row in causes] == [2, 1]
        for row in causes:
            opened = visitor.get(getattr(row, f"{side}_url")).context["table"]
            assert len(opened.rows) == getattr(row, side)


def test_a_move_without_letter_stays_within_the_street(
    member, street, other_street, there, west
):
    sister = BranchFactory(parent=west)
    both = holder(Role.STREET_STAFF, street)
    RoleAssignmentFactory(user=both, role=Role.STREET_STAFF, organization=other_street)
    url = page("move", member.pk)

    with pytest.raises(Refused):
        Visitor(both).fill(url, organization=there.pk)
    Visitor(both).fill(url, organization=sister.pk)

    assert Member.objects.get(pk=member.pk).organization == sister
