"""Elections of bodies: from the call to the approved result, on pages."""

import datetime as dt

import pytest
from django.urls import reverse

from communities.actions import (
    approve_election,
    count_votes,
    end_body,
    void_election,
    void_term,
)
from communities.actions.election_counts import find_elected
from communities.election_errors import (
    ApprovedBeforeElection,
    ElectionUnderWay,
    NobodyElected,
    NoMemberStands,
    TermOfElection,
    TooFewCandidates,
    TooFewVoters,
    TooManyVotes,
    VotesDoNotAddUp,
)
from communities.enums import ElectionQuorum, Eligibility
from communities.models import Candidate, Election, SeatHolding
from core.errors import ConstraintViolated
from core.registries.invariants import invariants
from members.enums import Standing
from tests.factories.communities import (
    BodyFactory,
    BodyKindFactory,
    CandidateFactory,
    ElectionFactory,
    SeatHoldingFactory,
    TermOfOfficeFactory,
)
from tests.factories.members import MemberFactory

DAY = dt.date(2026, 3, 1)
NOON = "2026-06-15 12:00+08:00"


def address(name, *args):
    return reverse(f"communities:{name}", args=args)


@pytest.fixture
def committee(east, branch):
    """A committee of the Party in its first term, of a place with five voters."""
    kind = BodyKindFactory(
        open_to=Eligibility.MEMBERS,
        election_quorum=ElectionQuorum.FOUR_FIFTHS,
        is_approved_above=True,
    )
    body = BodyFactory(organization=east, kind=kind)
    TermOfOfficeFactory(body=body)
    for name in ("张伟", "王芳", "丁一", "李强", "何静"):
        MemberFactory(name=name, organization=branch)
    return body


@pytest.fixture
def election(committee, branch):
    """An election of one leader, with two people standing."""
    row = ElectionFactory(body=committee, held_on=DAY)
    for member in branch.members.order_by("pk")[:2]:
        CandidateFactory(election=row, member=member)
    return row


def names(branch, *wanted):
    return [branch.members.get(name=name) for name in wanted]


def count(election, first=(3, 1, 0), second=(1, 3, 0), **values):
    one, two = election.candidates.order_by("pk")
    numbers = {"present": 4, "valid_ballots": 4, **values}
    return count_votes(
        election, votes={one.pk: first, two.pk: second}, by=None, **numbers
    )


def test_an_election_is_walked_from_the_call_to_the_new_term(
    enter, secretary, staff, committee
):
    keeper = enter(secretary)
    page = keeper.post(
        address("call_election", committee.pk),
        {"held_on": f"{DAY}", "seats": "1", "idempotency_key": "1" * 32},
    )
    election = Election.objects.get()
    assert page.url == election.get_absolute_url()
    kind = committee.kind.seat_kinds.get(leads=True)
    for number, name in enumerate(("张伟", "丁一"), 2):
        keeper.post(
            address("nominate", election.pk),
            {"name": name, "kind": kind.pk, "idempotency_key": f"{number}" * 32},
        )
    shown = keeper.get(election.get_absolute_url()).content.decode()
    assert shown.index("丁一") < shown.index("张伟")
    rows = {row.name: row.pk for row in Candidate.objects.all()}
    keeper.post(
        address("count_votes", election.pk),
        {
            "present": "4",
            "valid_ballots": "4",
            "left_out": "0",
            f"for_{rows['丁一']}": "3",
            f"against_{rows['丁一']}": "1",
            f"abstain_{rows['丁一']}": "0",
            f"for_{rows['张伟']}": "1",
            f"against_{rows['张伟']}": "3",
            f"abstain_{rows['张伟']}": "0",
            "idempotency_key": "4" * 32,
        },
    )
    approval = {
        "approved_by": "街道党工委",
        "approved_on": "2026-03-05",
        "idempotency_key": "5" * 32,
    }
    assert keeper.get(address("approve_election", election.pk)).status_code == 403
    enter(staff).post(address("approve_election", election.pk), approval)
    election.refresh_from_db()

    assert election.term == committee.terms.latest("starts_on")
    assert election.term.starts_on == DAY
    held = SeatHolding.objects.get(term=election.term)
    assert held.candidate.pk == rows["丁一"]
    assert (held.holder_name, held.seat.kind, held.starts_on) == ("丁一", kind, DAY)
    paper = enter(secretary).get(address("election_paper", election.pk))
    assert "丁一" in paper.content.decode()


def test_four_fifths_of_the_voters_must_be_there(election):
    with pytest.raises(TooFewVoters):
        count(election, (3, 0, 0), (0, 3, 0), present=3, valid_ballots=3)
    assert count(election).voters == 5


def test_who_is_left_out_by_agreement_is_no_voter_of_the_quorum(election):
    with pytest.raises(ConstraintViolated):
        count(election, left_out=2)
    counted = count(
        election,
        (3, 0, 0),
        (0, 3, 0),
        present=3,
        valid_ballots=3,
        left_out=2,
        left_out_reason="长期卧床",
    )
    assert (counted.voters, counted.left_out) == (3, 2)


def test_elected_is_who_has_more_than_half_of_those_present(election):
    count(election, (2, 2, 0), (1, 3, 0))
    assert not election.candidates.filter(is_elected=True).exists()
    with pytest.raises(NobodyElected):
        approve_election(election, approved_by="街道", approved_on=DAY, by=None)


def test_nobody_is_elected_of_two_with_equal_votes_for_one_seat(election):
    Election.objects.update(seats=2)
    election.candidates.update(kind=election.body.kind.seat_kinds.get(leads=False))
    count(election, (3, 1, 0), (3, 1, 0))
    assert election.candidates.filter(is_elected=True).count() == 2
    rows = [*election.candidates.all()]
    assert find_elected(rows, 1, 4) == []


def test_votes_that_do_not_add_up_are_refused(election):
    with pytest.raises(VotesDoNotAddUp):
        count(election, (3, 1, 1))
    with pytest.raises(TooManyVotes):
        count(election, (3, 1, 0), (3, 1, 0))
    Election.objects.update(seats=3)
    with pytest.raises(TooFewCandidates):
        count(election)


def test_only_full_members_stand_for_a_committee_of_the_party(election, branch):
    newcomer = MemberFactory(organization=branch, standing=Standing.PROBATIONARY)
    with pytest.raises(NoMemberStands):
        CandidateFactory(election=election, member=newcomer)


def test_whoever_sat_in_the_last_term_leaves_with_the_approval(election, committee):
    before = SeatHoldingFactory(
        seat=committee.seats.earliest("pk"),
        member=election.candidates.latest("pk").member,
        starts_on=dt.date(2026, 2, 1),
    )
    count(election)
    approve_election(election, approved_by="街道", approved_on=DAY, by=None)
    before.refresh_from_db()
    assert before.ends_on == DAY
    with pytest.raises(TermOfElection):
        void_term(committee.terms.latest("starts_on"), by=None, reason="录错")


def test_a_body_does_not_end_during_its_election(election, committee):
    with pytest.raises(ElectionUnderWay):
        end_body(committee, by=None, reason="撤销")


def test_a_body_has_one_election_at_a_time(election, committee):
    with pytest.raises(ConstraintViolated):
        ElectionFactory(body=committee)


def test_verify_finds_who_was_elected_by_too_few(election):
    count(election)
    assert [*invariants.get("communities.elected").broken()] == []
    election.candidates.filter(is_elected=True).update(votes_for=2)
    assert len([*invariants.get("communities.elected").broken()]) == 1
    assert len([*invariants.get("communities.votes").broken()]) == 1


def test_of_two_who_stand_to_lead_only_the_one_with_more_votes_is_elected(
    election, committee
):
    Election.objects.update(seats=2)
    election.refresh_from_db()

    count(election, first=(4, 0, 0), second=(3, 1, 0))

    one, two = election.candidates.order_by("pk")
    assert (one.is_elected, two.is_elected) == (True, False)


def test_two_who_stand_to_lead_with_equal_votes_are_not_elected(election, committee):
    Election.objects.update(seats=2)
    election.refresh_from_db()

    count(election, first=(3, 1, 0), second=(3, 1, 0))

    assert not election.candidates.filter(is_elected=True).exists()


def test_a_result_is_not_approved_before_the_election(election):
    count(election)

    with pytest.raises(ApprovedBeforeElection):
        approve_election(
            election,
            approved_by="街道党工委",
            approved_on=DAY - dt.timedelta(days=1),
            by=None,
        )

    election.refresh_from_db()
    assert election.term is None


def test_a_result_that_elected_nobody_is_not_offered_for_approval(
    enter, staff, election
):
    count(election, first=(2, 2, 0), second=(1, 3, 0))

    page = enter(staff).get(election.get_absolute_url()).content.decode()

    assert address("approve_election", election.pk) not in page


def test_the_paper_of_a_voided_election_says_so(enter, secretary, election):
    count(election)
    void_election(election, by=None, reason="改期")

    paper = enter(secretary).get(address("election_paper", election.pk))

    assert "没有选举结果" in paper.content.decode()
