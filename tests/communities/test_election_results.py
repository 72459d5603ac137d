"""Approving results of elections, and taking back what was approved by mistake."""

import datetime as dt

import pytest
from django.db import IntegrityError

from communities.actions import (
    approve_election,
    change_approval,
    close_seat,
    take_seat,
    vacate_seat,
    void_approval,
    void_election,
    void_holding,
    void_term,
)
from communities.election_errors import (
    AlreadyApproved,
    ApprovedBeforeElection,
    ElectedSince,
    ElectionVoided,
    NotApproved,
    TermEndedSince,
    TermOfElection,
)
from communities.enums import Filling, VacatingReason
from communities.models import SeatHolding
from tests.communities.elections import DAY, address, count, elected
from tests.factories.communities import SeatHoldingFactory, TermOfOfficeFactory

FEBRUARY = dt.date(2026, 2, 1)


def approve(election, on=DAY):
    return approve_election(election, approved_by="街道党工委", approved_on=on, by=None)


@pytest.fixture
def before(election, committee):
    """The second who stands led the committee, full time, for years."""
    return SeatHoldingFactory(
        seat=committee.seats.earliest("pk"),
        member=election.candidates.latest("pk").member,
        starts_on=FEBRUARY,
        is_full_time=True,
        is_long_term=True,
    )


@pytest.fixture
def approved(election, before):
    count(election)
    return approve(election)


def test_whoever_made_room_leaves_because_of_the_new_committee(approved, before):
    before.refresh_from_db()
    assert (before.ends_on, before.end_reason) == (DAY, VacatingReason.NEW_TERM)


def test_whoever_is_elected_again_keeps_what_was_said_of_their_work(election, before):
    count(election, (1, 3, 0), (3, 1, 0))
    approve(election)

    again = SeatHolding.objects.get(starts_on=DAY)
    assert again.member == before.member
    assert (again.is_full_time, again.is_long_term) == (True, True)


def test_whoever_is_new_brings_no_marks(approved):
    assert not SeatHolding.objects.get(starts_on=DAY).is_full_time


def test_a_term_that_ran_out_is_left_at_its_end(committee, before):
    last = committee.terms.get()
    TermOfOfficeFactory(
        body=committee,
        starts_on=dt.date(2026, 6, 1),
        begun_by=Filling.APPOINTMENT,
        approved_by="街道",
        approved_on=DAY,
    )
    before.refresh_from_db()
    assert last.ends_on > dt.date(2026, 6, 1)
    assert before.end_reason == VacatingReason.NEW_TERM


def test_a_result_is_not_approved_before_the_election(election):
    count(election)
    with pytest.raises(ApprovedBeforeElection):
        approve(election, DAY - dt.timedelta(days=1))
    election.refresh_from_db()
    assert election.term is None


def test_the_database_refuses_an_approval_before_the_election(approved):
    with pytest.raises(IntegrityError):
        type(approved).objects.update(approved_on=DAY - dt.timedelta(days=1))


def test_a_result_is_approved_once(approved):
    with pytest.raises(AlreadyApproved):
        approve(approved)


def test_a_mistyped_approval_is_corrected_with_its_term(approved):
    values = {"approved_by": "区委组织部", "approval_number": "区组〔2026〕8号"}
    change_approval(approved, by=None, **values)

    approved.refresh_from_db()
    assert approved.approved_by == "区委组织部"
    assert approved.term.approved_by == "区委组织部"
    assert approved.term.basis_number == "区组〔2026〕8号"


def test_taking_an_approval_back_lets_the_former_committee_go_on(
    approved, before, committee
):
    term = approved.term
    void_approval(approved, by=None, reason="批复文号有误，结果重报")

    before.refresh_from_db()
    term.refresh_from_db()
    approved.refresh_from_db()
    assert before.ends_on is None
    assert term.voided_at is not None
    assert committee.terms.get().ended_on is None
    assert (approved.term, approved.state_label) == (None, "已计票，待批复")
    assert [*SeatHolding.objects.all()] == [before]


def test_what_was_taken_back_is_corrected_and_approved_anew(approved):
    void_approval(approved, by=None, reason="票数有误")
    assert elected(approved) == ["张伟"]

    approve(approved)

    assert SeatHolding.objects.get(ends_on=None).holder_name == "张伟"


def test_voiding_an_approved_election_voids_its_term_and_seats(approved, before):
    term = approved.term
    void_election(approved, by=None, reason="不符合程序")

    before.refresh_from_db()
    term.refresh_from_db()
    assert before.ends_on is None
    assert term.void_reason == "不符合程序"
    taken = SeatHolding.all_objects.get(starts_on=DAY)
    assert taken.void_reason == "不符合程序"
    with pytest.raises(ElectionVoided):
        void_election(approved, by=None, reason="再次")


def test_seats_that_the_approval_opened_are_closed_again(election, committee):
    for seat in committee.seats.filter(kind__leads=True):
        close_seat(seat, by=None)
    count(election)
    approve(election)
    opened = committee.seats.get(kind__leads=True, starts_on=DAY)

    void_election(election, by=None, reason="不符合程序")

    opened.refresh_from_db()
    assert opened.ends_on == DAY + dt.timedelta(days=1)


def test_an_election_is_not_voided_while_others_took_seats_in_its_term(
    approved, committee, branch
):
    other = committee.seats.filter(kind__leads=False).first()
    later = take_seat(
        other, by=None, channel=Filling.ELECTION, member=branch.members.last()
    )
    for undo in (void_election, void_approval):
        with pytest.raises(ElectedSince, match=later.holder_name):
            undo(approved, by=None, reason="录错")

    void_holding(later, by=None, reason="录错")

    assert void_election(approved, by=None, reason="录错").voided_at


def test_an_election_is_voided_though_somebody_elected_has_left(approved):
    held = SeatHolding.objects.get(starts_on=DAY)
    vacate_seat(held, by=None, reason=VacatingReason.RESIGNED)

    assert void_election(approved, by=None, reason="录错").voided_at


def test_an_election_is_not_voided_after_another_term_began(approved, committee):
    TermOfOfficeFactory(
        body=committee,
        starts_on=dt.date(2026, 6, 1),
        approved_by="街道",
        approved_on=DAY,
    )
    with pytest.raises(TermEndedSince):
        void_election(approved, by=None, reason="录错")


def test_a_term_of_an_election_is_voided_with_its_approval(approved, committee):
    term = committee.terms.latest("starts_on")
    with pytest.raises(TermOfElection):
        void_term(term, by=None, reason="录错")


def test_the_term_leads_to_the_election_instead_of_a_void_that_is_refused(
    enter, secretary, approved
):
    page = enter(secretary).get(approved.body.get_absolute_url()).content.decode()

    assert address("void_term", approved.term.pk) not in page
    assert approved.get_absolute_url() in page
    answer = enter(secretary).get(address("void_term", approved.term.pk))
    assert answer.url == approved.body.get_absolute_url()


def test_what_was_not_approved_is_not_taken_back(election):
    with pytest.raises(NotApproved):
        void_approval(election, by=None, reason="录错")


def test_who_may_not_approve_voids_no_approved_election(enter, secretary, approved):
    for name in ("void_election", "void_approval", "change_approval"):
        answer = enter(secretary).get(address(name, approved.pk))
        assert answer.status_code == 403


def test_an_approval_is_taken_back_on_its_page(enter, staff, approved):
    sent = {"reason": "票数有误", "idempotency_key": "7" * 32}
    enter(staff).post(address("void_approval", approved.pk), sent)

    approved.refresh_from_db()
    assert approved.term is None


def test_a_result_that_elected_nobody_is_not_offered_for_approval(
    enter, staff, election
):
    count(election, first=(2, 2, 0), second=(1, 3, 0))

    page = enter(staff).get(election.get_absolute_url()).content.decode()

    assert address("approve_election", election.pk) not in page


def test_the_paper_of_a_voided_election_says_so(enter, secretary, election):
    count(election)
    void_election(election, by=None, reason="改期")

    for paper in ("result", "candidates", "request-call", "approval-result"):
        page = enter(secretary).get(address("election_paper", election.pk, paper))
        assert "没有选举结果" in page.content.decode()


PAPERS_TO_AND_FROM = ("request-result", "approval-result", "request-call")


@pytest.mark.parametrize("paper", PAPERS_TO_AND_FROM)
def test_papers_name_whoever_approved_the_result(enter, secretary, approved, paper):
    place = approved.body.organization

    shown = enter(secretary).get(address("election_paper", approved.pk, paper))

    ends = {shown.context["issuer"], shown.context["addressee"]}
    assert ends == {"街道党工委", place.full_name}
    assert "街道党工委" in shown.content.decode()


def test_until_it_is_approved_papers_name_the_superior(enter, secretary, election):
    above = election.body.organization.parent.full_name
    count(election)

    for paper in ("request-call", "approval-call"):
        shown = enter(secretary).get(address("election_paper", election.pk, paper))
        assert above in shown.content.decode()
        assert "____〔____〕____号" in shown.content.decode()


def test_the_page_of_the_body_says_who_approved(enter, secretary, approved):
    page = enter(secretary).get(approved.body.get_absolute_url()).content.decode()

    assert "审批人：街道党工委" in page
