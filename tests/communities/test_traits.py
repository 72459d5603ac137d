"""What kinds of people stand in elections, and which of them came in."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from communities.actions import (
    approve_election,
    count_votes,
    set_traits,
    void_approval,
    void_election,
)
from communities.election_errors import ElectionVoided
from communities.enums import Filling
from communities.indicators import indicators
from communities.models import Candidate, CandidateTrait
from organizations.models import CodeItem
from tests.factories.communities import (
    BodyFactory,
    CandidateFactory,
    ElectionFactory,
    TermOfOfficeFactory,
)

pytestmark = pytest.mark.django_db
FIRST, SECOND = dt.date(2026, 3, 1), dt.date(2026, 7, 1)
JULY = dt.date(2026, 7, 1)


def elect(body, day, *traits_of_each, seats=2):
    """Hold an election in which the first two of these candidates are elected."""
    plain = body.kind.seat_kinds.latest("position")
    election = ElectionFactory(body=body, held_on=day, seats={plain: seats})
    for traits in traits_of_each:
        CandidateFactory(election=election, kind=plain, traits=traits)
    rows = list(election.candidates.order_by("pk"))
    votes = {
        row.pk: (4, 0, 0) if n < seats else (0, 4, 0) for n, row in enumerate(rows)
    }
    numbers = {"voters": 5, "present": 4, "valid_ballots": 4}
    count_votes(election, votes=votes, by=None, **numbers)
    approve_election(election, approved_by="街道", approved_on=day, by=None)
    return election


@pytest.fixture
def council(east):
    body = BodyFactory(organization=east)
    TermOfOfficeFactory(body=body, begun_by=Filling.ELECTION)
    return body


def lines_on(page):
    return {
        str(line.label): (line.standing, line.elected, line.share, line.before)
        for line in page.context["trait_lines"]
    }


@pytest.mark.mission("S2-06")
def test_a_change_of_term_shows_which_kinds_of_people_came_in_beside_the_last_one(
    enter, secretary, council
):
    elect(council, FIRST, ["veteran"], [])
    election = elect(
        council, SECOND, ["prosperous", "veteran"], ["graduate"], ["graduate"]
    )

    page = enter(secretary).get(election.get_absolute_url())

    assert lines_on(page) == {
        "致富能手": (1, 1, "50.00%", "0"),
        "专业合作组织负责人": (0, 0, "0.00%", "0"),
        "外出务工返乡人员": (0, 0, "0.00%", "0"),
        "退役军人": (1, 1, "50.00%", "1"),
        "高校毕业生": (2, 1, "50.00%", "0"),
        "以上均不是": (0, 0, "0.00%", "1"),
    }
    figure = indicators.get("traits_elected")
    by_trait = figure.source.breakdowns[0]
    counts = {
        band.key: figure.rows(JULY).filter(by_trait.matching(JULY, band.key)).count()
        for band in by_trait.bands_in(JULY)
    }
    assert {key: n for key, n in counts.items() if n} == {
        "prosperous": 1,
        "veteran": 1,
        "graduate": 1,
    }


@pytest.mark.mission("S2-06")
def test_traits_are_entered_with_the_nomination_and_corrected_afterwards(
    enter, secretary, council, li
):
    leader = council.kind.seat_kinds.earliest("position")
    election = ElectionFactory(body=council, held_on=SECOND)
    browser = enter(secretary)
    nominated = {"name": "李明", "kind": leader.pk, "which": f"member-{li.pk}"}
    url = reverse("communities:nominate", args=[election.pk])
    browser.post(url, {**nominated, "traits": ["veteran", "graduate"]})
    candidate = Candidate.objects.get()

    change = reverse("communities:set_traits", args=[candidate.pk])
    shown = browser.get(change).context["form"].initial["traits"]
    browser.post(change, {"traits": ["prosperous", "graduate"]})

    assert shown == ["veteran", "graduate"]
    kept = set(candidate.traits.values_list("trait", flat=True))
    assert kept == {"prosperous", "graduate"}
    page = browser.get(election.get_absolute_url()).content.decode()
    assert "高校毕业生、致富能手" in page


def test_an_office_adds_a_trait_to_the_list(enter, secretary, council):
    CodeItem.objects.create(
        code_list="candidate_traits", code="doctor", label="乡村医生", position=9
    )
    candidate = CandidateFactory(election=ElectionFactory(body=council))

    set_traits(candidate, traits=["doctor"], by=None)

    page = enter(secretary).get(candidate.election.get_absolute_url())
    assert lines_on(page)["乡村医生"][:2] == (1, 0)


def test_an_election_without_traits_shows_no_table_of_them(enter, secretary, council):
    election = CandidateFactory(election=ElectionFactory(body=council)).election

    page = enter(secretary).get(election.get_absolute_url())

    assert page.context["trait_lines"] == []


def test_who_came_in_counts_no_more_once_the_approval_is_taken_back(council):
    election = elect(council, SECOND, ["veteran"], [])
    before = indicators.get("traits_elected").rows(JULY).count()

    void_approval(election, by=None, reason="误录")

    assert (before, indicators.get("traits_elected").rows(JULY).count()) == (1, 0)


def test_no_traits_of_who_stood_in_a_voided_election(council):
    candidate = CandidateFactory(election=ElectionFactory(body=council))
    void_election(candidate.election, by=None, reason="改期")

    with pytest.raises(ElectionVoided):
        set_traits(candidate, traits=["veteran"], by=None)


def test_a_trait_is_named_once(council):
    candidate = CandidateFactory(
        election=ElectionFactory(body=council), traits=["veteran", "veteran"]
    )

    assert candidate.traits.count() == 1
    with transaction.atomic(), pytest.raises(IntegrityError):
        CandidateTrait.objects.create(candidate=candidate, trait="veteran")
