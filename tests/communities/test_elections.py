"""Elections of bodies: from the call to the approved result, on pages."""

import datetime as dt

import pytest
from django.db import IntegrityError
from django.urls import reverse

from communities.actions import (
    call_election,
    count_votes,
    end_body,
    nominate,
    propose_officer,
    withdraw_candidate,
)
from communities.actions.election_progress import ElectionProgress
from communities.election_errors import (
    AlreadyCalled,
    CommitteeChooses,
    CountedBefore,
    ElectionUnderWay,
    NoMemberStands,
    NoSeatsCalled,
    NotOnCommittee,
    TooManySeatsCalled,
    VotesEntered,
)
from communities.models import Candidate, Election, SeatHolding
from members.enums import Standing
from organizations.roles import Role
from tests.communities.elections import DAY, address, count
from tests.factories.accounts import holder
from tests.factories.communities import (
    BodyFactory,
    CandidateFactory,
    ElectionFactory,
)
from tests.factories.members import MemberFactory


def keyed(number, **values):
    return {**values, "idempotency_key": f"{number}" * 32}


def votes(rows, name, first, second, third):
    pk = rows[name]
    return {f"for_{pk}": first, f"against_{pk}": second, f"abstain_{pk}": third}


@pytest.mark.mission("S1-07")
def test_an_election_is_walked_from_the_call_to_the_new_term(
    enter, secretary, staff, committee
):
    keeper = enter(secretary)
    kind = committee.kind.seat_kinds.get(leads=True)
    other = committee.kind.seat_kinds.get(leads=False)
    called = {"held_on": f"{DAY}", f"seats_{kind.pk}": "1", f"seats_{other.pk}": "0"}
    page = keeper.post(address("call_election", committee.pk), keyed(1, **called))
    election = Election.objects.get()
    assert page.url == election.get_absolute_url()
    for number, name in enumerate(("张伟", "丁一"), 2):
        keeper.post(
            address("nominate", election.pk), keyed(number, name=name, kind=kind.pk)
        )
    shown = keeper.get(election.get_absolute_url()).content.decode()
    assert shown.index("丁一") < shown.index("张伟")
    rows = {row.name: row.pk for row in Candidate.objects.all()}
    form = keeper.get(address("count_votes", election.pk)).content.decode()
    assert "应到会 5 人" in form
    assert "4 人" in form
    numbers = {
        "present": "4",
        "issued": "4",
        "valid_ballots": "3",
        "invalid_ballots": "1",
        "left_out": "0",
    }
    cast = votes(rows, "丁一", 3, 0, 0) | votes(rows, "张伟", 0, 3, 0)
    keeper.post(address("count_votes", election.pk), keyed(4, **numbers, **cast))
    approval = {"approved_by": "街道党工委", "approved_on": "2026-03-05"}
    assert keeper.get(address("approve_election", election.pk)).status_code == 403
    enter(staff).post(address("approve_election", election.pk), keyed(5, **approval))
    election.refresh_from_db()

    assert election.term == committee.terms.latest("starts_on")
    assert election.term.starts_on == DAY
    held = SeatHolding.objects.get(term=election.term)
    assert held.candidate.pk == rows["丁一"]
    assert (held.holder_name, held.seat.kind, held.starts_on) == ("丁一", kind, DAY)
    paper = enter(secretary).get(address("election_paper", election.pk, "result"))
    assert "丁一" in paper.content.decode()


def test_only_full_members_stand_for_a_committee_of_the_party(election, branch):
    newcomer = MemberFactory(organization=branch, standing=Standing.PROBATIONARY)
    with pytest.raises(NoMemberStands):
        CandidateFactory(election=election, member=newcomer)


def test_a_body_does_not_end_during_its_election(election, committee):
    with pytest.raises(ElectionUnderWay):
        end_body(committee, by=None, reason="撤销")


def test_a_body_has_one_election_at_a_time(election, committee):
    with pytest.raises(AlreadyCalled):
        ElectionFactory(body=committee)


def test_the_database_refuses_a_second_election_at_a_time(election, committee):
    with pytest.raises(IntegrityError):
        Election.objects.create(body=committee, held_on=DAY)


def test_an_election_fills_no_more_seats_than_the_body_may_have(committee):
    leader, plain = committee.kind.seat_kinds.order_by("position")
    for seats in ({leader: 2}, {leader: 1, plain: 5}):
        with pytest.raises(TooManySeatsCalled):
            call_election(committee, held_on=DAY, seats=seats, by=None)


def test_an_election_fills_a_seat_at_least(committee):
    leader = committee.kind.seat_kinds.get(leads=True)
    with pytest.raises(NoSeatsCalled):
        call_election(committee, held_on=DAY, seats={leader: 0}, by=None)


def test_voters_elect_the_whole_committee_where_it_elects_its_officers(
    enter, secretary, committee
):
    committee.kind.seat_kinds.filter(leads=True).update(by_committee=True)

    form = enter(secretary).get(address("call_election", committee.pk)).context["form"]

    leader, plain = committee.kind.seat_kinds.order_by("position")
    assert form[f"seats_{plain.pk}"].value() == 3
    assert form[f"seats_{leader.pk}"].value() == 1


def test_nobody_is_nominated_for_what_the_committee_elects(congress, branch):
    leader = congress.body.kind.seat_kinds.get(leads=True)
    with pytest.raises(CommitteeChooses):
        nominate(congress, kind=leader, member=branch.members.last(), by=None)


def test_only_whom_the_voters_elected_is_proposed_to_the_committee(congress):
    leader = congress.body.kind.seat_kinds.get(leads=True)
    first = congress.candidates.first()
    elect_three(congress)
    with pytest.raises(NotOnCommittee):
        propose_officer(congress, kind=leader, person=fourth(congress), by=None)

    officer = propose_officer(congress, kind=leader, person=first, by=None)

    assert officer.by_committee


def fourth(congress):
    return congress.candidates.order_by("pk")[3]


def elect_three(congress):
    people = congress.candidates.filter(by_committee=False).order_by("pk")
    cast = dict(zip(people, ((4, 0, 0), (4, 0, 0), (3, 1, 0), (1, 3, 0)), strict=True))
    return count_votes(
        congress,
        present=4,
        valid_ballots=4,
        votes={one.pk: row for one, row in cast.items()},
        by=None,
    )


def test_nobody_is_nominated_once_all_seats_are_filled(election, branch):
    count(election)
    leader = election.body.kind.seat_kinds.get(leads=True)
    with pytest.raises(CountedBefore):
        nominate(election, kind=leader, member=branch.members.last(), by=None)


def test_whose_votes_were_counted_is_not_withdrawn(election):
    count(election)
    with pytest.raises(VotesEntered):
        withdraw_candidate(election.candidates.first(), by=None)


def test_a_branch_secretary_is_told_who_calls_elections(enter, branch):
    keeper = holder(Role.BRANCH_SECRETARY, branch)

    page = enter(keeper).get(reverse("communities:elections")).content.decode()

    assert "由社区" in page


def test_an_election_that_runs_is_not_called_again(enter, secretary, election):
    keeper = enter(secretary)
    body = election.body
    form = address("call_election", body.pk)

    assert form not in keeper.get(body.get_absolute_url()).content.decode()
    answer = keeper.get(form)
    assert answer.url == body.get_absolute_url()


def test_a_count_of_a_future_day_does_not_open(enter, secretary, east):
    body = BodyFactory(organization=east)
    election = ElectionFactory(body=body, held_on=dt.date(2026, 8, 1))
    CandidateFactory(election=election)
    form = address("count_votes", election.pk)
    keeper = enter(secretary)

    assert keeper.get(form).url == election.get_absolute_url()
    assert form not in keeper.get(election.get_absolute_url()).content.decode()


def test_progress_names_what_is_left(congress):
    progress = ElectionProgress(congress)
    assert [progress.seats_left(post) for post in progress.posts] == [1, 3]


def test_the_page_says_which_seats_are_empty_after_a_count(
    enter, secretary, committee, branch
):
    plain = committee.kind.seat_kinds.get(leads=False)
    election = ElectionFactory(body=committee, held_on=DAY, seats={plain: 2})
    for member in branch.members.order_by("pk")[:2]:
        CandidateFactory(election=election, kind=plain, member=member)
    count(election, second=(0, 4, 0))

    shown = enter(secretary).get(election.get_absolute_url()).text

    assert f"席位未选满（缺：{plain.name}1），可再次投票，或按此报批" in shown
    assert "已计票，待批复" not in shown


def test_a_committee_without_its_leader_is_not_to_be_approved_yet(
    enter, secretary, congress
):
    four = [*congress.candidates.order_by("pk")]
    votes = dict.fromkeys([one.pk for one in four[:3]], (4, 0, 0))
    votes[four[3].pk] = (0, 4, 0)
    count_votes(congress, votes=votes, present=4, valid_ballots=4, by=None)

    assert "尚不能报批" in enter(secretary).get(congress.get_absolute_url()).text
