"""Who votes in a body, once each, and what becomes of it when an entry is voided."""

import datetime as dt

import pytest
from django.urls import reverse

from communities.actions import (
    decide,
    record_sitting,
    vacate_seat,
    void_holding,
    void_meeting,
    void_resolution,
)
from communities.actions.decisions import carry_out
from communities.decision_errors import DecidedThere, NothingToCarryOut
from communities.enums import VacatingReason
from communities.models import Meeting, Resolution, Sitting
from core.errors import ConstraintViolated
from core.registries.invariants import invariants
from members.enums import Sex
from tests.communities.test_decisions import body_with, holdings
from tests.factories.communities import (
    BodyFactory,
    MeetingFactory,
    ResolutionFactory,
    SeatHoldingFactory,
)
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db
MARCH, MAY, JUNE = dt.date(2026, 3, 1), dt.date(2026, 5, 1), dt.date(2026, 6, 10)


def address(name, *args):
    return reverse(f"communities:{name}", args=args)


def broken(key):
    return [*invariants.get(key).broken()]


@pytest.fixture
def council(east, li, han):
    """A body of three people in four seats: 李明 has two of them."""
    third = MemberFactory(name="周敏", organization=li.organization)
    return body_with(east, "residents_committee", li, li, han, third)


def sit(body, *people):
    present = [row for row in holdings(body) if row.member in people]
    return record_sitting(
        body, held_on=JUNE, topic="小区环境", present=present[-1:], by=None
    )


def counted(sitting):
    row = Sitting.objects.with_counts().get(pk=sitting.pk)
    return (row.voters, row.voters_there)


def test_whoever_has_two_seats_is_one_voter(council, li):
    assert counted(sit(council, li)) == (3, 1)


def test_whoever_has_two_seats_is_one_voter_as_somebody_outside_the_party(east):
    body = BodyFactory(organization=east)
    first, second = body.seats.order_by("pk")[:2]
    held = SeatHoldingFactory(
        seat=first,
        member=None,
        person={
            "name": "马秀兰",
            "sex": Sex.FEMALE,
            "birth_month": dt.date(1970, 1, 1),
        },
        starts_on=MARCH,
    )
    SeatHoldingFactory(
        seat=second, member=None, non_member=held.non_member, starts_on=MARCH
    )
    sitting = record_sitting(
        body, held_on=JUNE, topic="小区环境", present=[held], by=None
    )

    assert counted(sitting) == (1, 1)


def test_two_seats_of_one_person_are_no_quorum_of_three(council, li):
    with pytest.raises(ConstraintViolated, match="半数以上"):
        decide(
            sit(council, li),
            title="装充电桩",
            in_favour=1,
            carried_by="居委会",
            by=None,
        )


def test_whoever_has_two_seats_stands_once_on_the_page(enter, secretary, council, li):
    answer = enter(secretary).get(sit(council, li).get_absolute_url())

    shown = [(each.name, each.was_present) for each in answer.context["people"]]
    assert sorted(shown) == [("周敏", False), ("李明", True), ("韩雪", False)]


@pytest.mark.parametrize(
    ("mistaken", "words"),
    [
        (lambda held: void_holding(held, by=None, reason="误录"), "席位记录已作废"),
        (
            lambda held: vacate_seat(
                held, by=None, reason=VacatingReason.RESIGNED, on=MAY
            ),
            "已于2026年5月1日离任",
        ),
    ],
    ids=["voided", "backdated"],
)
def test_a_sitting_says_who_held_no_seat_by_what_is_known_now(
    enter, secretary, council, han, mistaken, words
):
    sitting = sit(council, han)
    held = next(row for row in holdings(council) if row.member == han)
    before = broken("communities.voters")

    mistaken(held)

    browser = enter(secretary)
    page = browser.get(sitting.get_absolute_url()).content.decode()
    assert before == []
    assert broken("communities.voters") == [
        f"sitting {sitting.pk}: seat holding {held.pk}"
    ]
    assert words in page
    assert "待核对" in page
    assert "待核对" in browser.get(council.get_absolute_url()).content.decode()


@pytest.fixture
def decision(branch):
    """What a meeting of the branch decided, to be carried out."""
    meeting = MeetingFactory(organization=branch, held_on=JUNE)
    return ResolutionFactory(sitting=meeting)


def test_a_meeting_is_voided_after_its_decisions(enter, secretary, decision):
    meeting, browser = decision.meeting, enter(secretary)
    void = address("void", meeting.pk)
    offered = void in browser.get(meeting.get_absolute_url()).content.decode()
    refused = browser.get(void, follow=True).content.decode()
    browser.post(void, {"reason": "重复登记"})

    assert not offered
    assert "请先作废这些决议" in refused
    assert Meeting.objects.filter(pk=meeting.pk).exists()
    with pytest.raises(DecidedThere):
        void_meeting(meeting, by=None, reason="重复登记")
    void_resolution(decision, by=None, reason="误录")
    void_meeting(meeting, by=None, reason="重复登记")
    assert not Meeting.objects.filter(pk=meeting.pk).exists()


def test_a_decision_of_a_meeting_voided_before_says_so_and_verify_names_it(
    enter, secretary, decision
):
    whole = broken("communities.decisions")
    meeting = decision.meeting
    meeting.void_from(meeting.month, "重复登记")
    meeting.save()

    decision = Resolution.objects.get(pk=decision.pk)
    page = enter(secretary).get(decision.get_absolute_url()).content.decode()
    assert (whole, broken("communities.decisions")) == (
        [],
        [f"resolution {decision.pk}"],
    )
    assert "所在会议已作废" in page
    assert "执行中" not in page
    assert address("carry_out", decision.pk) not in page
    with pytest.raises(NothingToCarryOut):
        carry_out(decision, outcome="已办", by=None)


def test_the_ledger_is_filtered_by_who_carries_out(enter, secretary, decision, branch):
    ResolutionFactory(sitting=decision.meeting, title="慰问", carried_by="组织委员")

    answer = enter(secretary).get(address("resolutions"), {"carried_by": "组织"})

    assert [row.record.title for row in answer.context["table"].rows] == ["慰问"]
