"""Meetings of a Party committee: who sits in it votes, and its page lists them."""

import datetime as dt

import pytest
from django.urls import reverse

from communities.actions import (
    change_meeting,
    decide,
    record_finding,
    record_sitting,
)
from communities.decision_errors import (
    DueTooEarly,
    MeetsAsCommittee,
    NobodyWatches,
)
from communities.enums import MeetingKind
from communities.models import Meeting, Resolution
from core.errors import ConstraintViolated
from tests.communities.test_decisions import body_with, holdings
from tests.factories.communities import (
    MeetingFactory,
    ResolutionFactory,
    SittingFactory,
)
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db
MAY, JUNE = dt.date(2026, 5, 1), dt.date(2026, 6, 10)
KINDS = ("branch_committee", "unit_branch_committee", "community_committee")


def address(name, *args):
    return reverse(f"communities:{name}", args=args)


def record_url(place, kind=MeetingKind.COMMITTEE):
    return address("record_for", place.pk, kind, JUNE.year, JUNE.month, JUNE.day)


def called(page):
    return {row.member for row in page.context["form"].rows if row.called}


def votes(meeting):
    return {row.member for row in meeting.attendances.filter(votes=True)}


@pytest.fixture
def third(branch):
    return MemberFactory(name="周敏", organization=branch)


@pytest.fixture
def committee(branch, li, han):
    """The committee of the branch: 李明 and 韩雪 sit in it since March."""
    return body_with(branch, "branch_committee", li, han)


@pytest.mark.mission("S1-44")
@pytest.mark.parametrize("kind", KINDS)
def test_a_committee_meeting_begins_with_who_sits_in_the_committee(
    enter, secretary, branch, east, li, han, third, kind
):
    place = east if kind == "community_committee" else branch
    body_with(place, kind, li, han)
    MeetingFactory(
        organization=place, kind=MeetingKind.COMMITTEE, chair=third, held_on=MAY
    )

    page = enter(secretary).get(record_url(place))

    assert called(page) == {li, han}


def test_a_committee_meeting_begins_with_the_last_where_no_committee_is_on_record(
    enter, secretary, branch, third
):
    MeetingFactory(
        organization=branch, kind=MeetingKind.COMMITTEE, chair=third, held_on=MAY
    )

    assert called(enter(secretary).get(record_url(branch))) == {third}


def test_who_does_not_sit_in_the_committee_attends_without_a_vote(
    branch, committee, li, han, third
):
    meeting = MeetingFactory(
        organization=branch,
        kind=MeetingKind.COMMITTEE,
        held_on=JUNE,
        chair=li,
        present=[han, third],
    )
    before = MeetingFactory(
        organization=branch,
        kind=MeetingKind.MEMBERS,
        held_on=JUNE,
        chair=li,
        present=[third],
    )

    row = decide(meeting, title="发展计划", in_favour=2, carried_by="组织委员", by=None)
    assert votes(meeting) == {li, han}
    assert votes(before) == {li, third}
    assert (row.entitled, row.present) == (2, 2)
    with pytest.raises(ConstraintViolated):
        decide(meeting, title="发展计划", in_favour=3, carried_by="组织委员", by=None)


def test_a_meeting_on_record_keeps_its_votes_once_a_committee_is_set_up(
    branch, li, han, third
):
    meeting = MeetingFactory(
        organization=branch,
        kind=MeetingKind.COMMITTEE,
        held_on=JUNE,
        chair=third,
        present=[li],
    )
    body_with(branch, "branch_committee", li, han)

    change_meeting(meeting, topic="更正议题", by=None)

    assert votes(Meeting.objects.get()) == {third, li}


def test_meetings_and_decisions_of_the_committee_stand_on_its_page(
    enter, secretary, branch, committee, li, han
):
    kept = {"organization": branch, "chair": li, "present": [han], "held_on": JUNE}
    meeting = MeetingFactory(kind=MeetingKind.COMMITTEE, topic="研究发展", **kept)
    MeetingFactory(kind=MeetingKind.MEMBERS, topic="全体党员", **kept)
    MeetingFactory(
        **{**kept, "held_on": dt.date(2026, 2, 1)},
        kind=MeetingKind.COMMITTEE,
        topic="成立以前",
    )
    ResolutionFactory(sitting=meeting, title="确定发展对象", in_favour=2)
    browser = enter(secretary)

    page = browser.get(committee.get_absolute_url()).content.decode()
    ledger = browser.get(address("resolutions"), {"body": committee.pk})

    assert "研究发展" in page
    assert "确定发展对象" in page
    assert "全体党员" not in page
    assert "成立以前" not in page
    assert [row.record.title for row in ledger.context["table"].rows] == [
        "确定发展对象"
    ]


def test_a_committee_meeting_is_entered_in_one_place(
    enter, secretary, branch, committee
):
    browser = enter(secretary)
    page = browser.get(committee.get_absolute_url()).content.decode()
    record = f"{address('record')}?organization={branch.pk}&amp;kind=committee_meeting"

    assert record in page
    assert address("record_sitting", committee.pk) not in page
    with pytest.raises(MeetsAsCommittee):
        record_sitting(
            committee,
            held_on=JUNE,
            topic="研究",
            present=holdings(committee),
            by=None,
        )


@pytest.fixture
def watched(east, li, han):
    """What the residents' committee decided, watched by the supervisory committee."""
    council = body_with(east, "residents_committee", li, han)
    watcher = body_with(east, "supervisory_committee")
    sitting = SittingFactory(body=council, held_on=JUNE)
    return ResolutionFactory(sitting=sitting, watched_by=watcher, in_favour=2)


@pytest.mark.mission("S2-52")
def test_the_body_that_watches_says_what_it_found(enter, secretary, watched):
    browser = enter(secretary)
    url = address("record_finding", watched.pk)
    offered = url in browser.get(watched.get_absolute_url()).content.decode()

    browser.post(url, {"finding": "尚缺消防验收", "on": "2026-07-01"})

    pages = [
        browser.get(each.get_absolute_url()).content.decode()
        for each in (watched, watched.watched_by, watched.sitting.body)
    ]
    row = Resolution.objects.get()
    assert offered
    assert (row.finding, row.checked_on) == ("尚缺消防验收", dt.date(2026, 7, 1))
    assert all("尚缺消防验收" in page for page in pages)


def test_only_a_body_that_watches_finds_something_and_after_the_decision(watched):
    with pytest.raises(DueTooEarly):
        record_finding(watched, finding="已看", on=MAY, by=None)
    watched.watched_by = None
    watched.save()
    with pytest.raises(NobodyWatches):
        record_finding(watched, finding="已看", on=JUNE, by=None)
