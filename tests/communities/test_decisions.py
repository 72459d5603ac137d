"""Sittings of bodies and the ledger of decisions: who decides, carries out, watches."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from communities.actions import (
    carry_out,
    decide,
    record_sitting,
    void_resolution,
    void_sitting,
)
from communities.decision_errors import (
    BodyDidNotSit,
    DecidedThere,
    DueTooEarly,
    NobodySeated,
    NothingToCarryOut,
    NotSeatedThen,
    ResolutionVoided,
    SittingVoided,
    WatchesItself,
)
from communities.models import BodyKind, Resolution, Sitting
from core.errors import ConstraintViolated
from core.months import today
from core.registries.todos import todos_for
from tests.factories.communities import (
    BodyFactory,
    MeetingFactory,
    ResolutionFactory,
    SeatHoldingFactory,
    SittingFactory,
)
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db
MARCH, JUNE = dt.date(2026, 3, 1), dt.date(2026, 6, 10)
VOTES = {"in_favour": 2, "against": 1, "abstained": 0}


def address(name, *args):
    return reverse(f"communities:{name}", args=args)


def body_with(place, code, *members):
    """Set up a body of a kind whose first seats are held since March."""
    kind = BodyKind.objects.get(code=code)
    body = BodyFactory(organization=place, kind=kind, starts_on=MARCH)
    plain = kind.seat_kinds.latest("position")
    for number, member in enumerate(members):
        seat = body.seats.create(kind=plain, number=50 + number, starts_on=MARCH)
        SeatHoldingFactory(seat=seat, member=member, starts_on=MARCH)
    return body


def holdings(body):
    return [seat.holdings.get() for seat in body.seats.filter(holdings__isnull=False)]


def titles(answer):
    return [row.record.title for row in answer.context["table"].rows]


@pytest.fixture
def council(east, li, han):
    """The residents' committee of the east community, with three people in it."""
    third = MemberFactory(name="周敏", organization=li.organization)
    return body_with(east, "residents_committee", li, han, third)


@pytest.fixture
def watcher(east):
    """Its supervisory committee."""
    return body_with(east, "supervisory_committee")


@pytest.mark.mission("S2-52")
def test_a_decision_says_who_decided_who_carries_it_out_and_who_watches(
    enter, secretary, council, watcher
):
    browser = enter(secretary)
    came = [row.pk for row in holdings(council)]
    sit = {"held_on": "2026-06-10", "topic": "小区环境整治", "present": came}
    browser.post(address("record_sitting", council.pk), sit)
    sitting = Sitting.objects.get()
    form = {
        "title": "加装充电桩",
        **VOTES,
        "carried_by": "居委会副主任",
        "due_on": "2026-06-30",
        "watched_by": watcher.pk,
    }
    browser.post(address("decide", sitting.pk), form)
    row = Resolution.objects.get()
    late = titles(browser.get(address("resolutions"), {"state": "overdue"}))
    before = [str(todo.label) for todo in todos_for(secretary, today())]
    own = browser.get(council.get_absolute_url()).content.decode()
    watched = browser.get(watcher.get_absolute_url()).content.decode()

    done = {"outcome": "已安装12个", "on": "2026-07-01"}
    browser.post(address("carry_out", row.pk), done)

    page = browser.get(row.get_absolute_url()).content.decode()
    for shown in (council.name, watcher.name, "居委会副主任", "已安装12个"):
        assert shown in page
    assert "加装充电桩" in own
    assert "加装充电桩" in watched
    assert late == ["加装充电桩"]
    assert "已逾期的决议" in before
    assert titles(browser.get(address("resolutions"), {"state": "overdue"})) == []
    assert titles(browser.get(address("resolutions"), {"state": "done"})) == [
        "加装充电桩"
    ]
    assert titles(browser.get(address("resolutions"), {"body": watcher.pk})) == [
        "加装充电桩"
    ]


@pytest.mark.mission("S1-44")
def test_who_could_vote_is_on_record_with_the_decision(enter, secretary, council):
    first, second, _third = holdings(council)
    sitting = SittingFactory(body=council, present=[first, second])

    row = decide(sitting, title="加装充电桩", in_favour=2, carried_by="居委会", by=None)

    page = enter(secretary).get(sitting.get_absolute_url()).content.decode()
    assert (row.entitled, row.present) == (3, 2)
    for name in ("李明", "韩雪", "周敏"):
        assert name in page


@pytest.mark.mission("S1-44")
def test_a_meeting_of_members_decides_with_those_who_had_a_vote(
    enter, secretary, branch, li, han, newcomer
):
    meeting = MeetingFactory(organization=branch, held_on=JUNE)
    voters = meeting.attendances.filter(votes=True).count()
    browser = enter(secretary)
    form = {**VOTES, "in_favour": voters, "against": 0}
    form = {**form, "title": "慰问老党员", "carried_by": "组织委员"}
    browser.post(address("decide_at_meeting", meeting.pk), form)

    row = Resolution.objects.get()
    page = browser.get(meeting.get_absolute_url()).content.decode()
    assert (row.entitled, row.meeting) == (voters, meeting)
    assert "慰问老党员" in page


@pytest.mark.mission("S2-02")
def test_the_leading_group_shows_its_meetings_on_its_page(
    enter, staff, street, li, branch
):
    group = body_with(street, "leading_group", li)
    browser = enter(staff)
    sit = {
        "held_on": "2026-06-10",
        "topic": "研究党建工作要点",
        "present": [holdings(group)[0].pk],
    }
    browser.post(address("record_sitting", group.pk), sit)

    page = browser.get(group.get_absolute_url()).content.decode()
    assert "研究党建工作要点" in page
    assert "1/1" in page


def test_nothing_is_decided_where_less_than_half_came(council):
    sitting = SittingFactory(body=council, present=holdings(council)[:1])

    with pytest.raises(ConstraintViolated, match="不足"):
        decide(sitting, title="加装充电桩", in_favour=1, carried_by="居委会", by=None)


def test_without_a_majority_it_is_on_record_and_nobody_carries_it_out(council):
    sitting = SittingFactory(body=council)

    with pytest.raises(ConstraintViolated, match="过半数"):
        decide(sitting, title="出租", in_favour=1, carried_by="居委会", by=None)
    row = decide(sitting, title="出租", in_favour=1, against=2, by=None)

    with pytest.raises(NothingToCarryOut):
        carry_out(row, outcome="已出租", by=None)
    assert [*Resolution.objects.rejected()] == [row]


def test_there_are_no_more_votes_than_people(council):
    sitting = SittingFactory(body=council)
    with pytest.raises(ConstraintViolated, match="多于"):
        decide(
            sitting, title="甲", in_favour=3, against=1, carried_by="居委会", by=None
        )
    row = ResolutionFactory(sitting=sitting, in_favour=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Resolution.objects.filter(pk=row.pk).update(against=2)


def test_a_body_does_not_watch_itself_nor_is_work_due_before_it(council):
    sitting = SittingFactory(body=council)
    decision = {"title": "甲", "in_favour": 2, "carried_by": "居委会", "by": None}

    with pytest.raises(WatchesItself):
        decide(sitting, watched_by=council, **decision)
    with pytest.raises(DueTooEarly):
        decide(sitting, due_on=dt.date(2026, 6, 1), **decision)


def test_only_who_held_a_seat_sat(council, watcher, li):
    stranger = body_with(council.organization, "deliberation_council", li)
    sit = {"topic": "议题", "by": None}

    with pytest.raises(NotSeatedThen, match="李明"):
        record_sitting(council, held_on=JUNE, present=holdings(stranger), **sit)
    with pytest.raises(NobodySeated):
        record_sitting(watcher, held_on=JUNE, present=[], **sit)
    with pytest.raises(BodyDidNotSit):
        record_sitting(council, held_on=dt.date(2026, 2, 1), present=[], **sit)


def test_a_sitting_is_voided_after_its_decisions(council):
    row = ResolutionFactory(sitting=SittingFactory(body=council), in_favour=2)
    with pytest.raises(DecidedThere):
        void_sitting(row.sitting, by=None, reason="误录")
    void_resolution(row, by=None, reason="误录")
    with pytest.raises(ResolutionVoided):
        void_resolution(row, by=None, reason="误录")
    sitting = void_sitting(row.sitting, by=None, reason="误录")

    with pytest.raises(SittingVoided):
        decide(sitting, title="甲", in_favour=2, carried_by="居委会", by=None)


def test_an_officer_of_the_city_reads_the_ledger_and_no_names(enter, officer, council):
    row = ResolutionFactory(sitting=SittingFactory(body=council), in_favour=2)
    browser = enter(officer)

    assert titles(browser.get(address("resolutions"))) == [row.title]
    assert "李明" not in browser.get(row.sitting.get_absolute_url()).content.decode()
