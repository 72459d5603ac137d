"""Lost and suspended members on the list of a meeting: marked, absent, who votes."""

import datetime as dt

import pytest
from django.urls import reverse

from communities.actions import change_meeting, record_meeting
from communities.enums import MeetingKind, Presence
from communities.errors import NoQuorum
from communities.models import Meeting
from members.actions import record_contact, suspend_membership
from tests.factories.communities import MeetingFactory, roll
from tests.factories.members import LostContactFactory, MemberFactory

DAY = dt.date(2026, 6, 10)


def url_of(name, *args):
    return reverse(f"communities:{name}", args=args)


def record_url(branch, kind=MeetingKind.MEMBERS):
    return url_of("record_for", branch.pk, kind, 2026, 6, 10)


def suspend(member, on=dt.date(2024, 3, 1)):
    row = LostContactFactory(member=member)
    return suspend_membership(row, on=on, number="3号", by=None)


def row_of(page, member):
    return next(row for row in page.context["form"].rows if row.member == member)


@pytest.mark.parametrize(("state", "votes"), [("失联", True), ("停止党籍", False)])
def test_who_is_lost_or_suspended_is_marked_and_absent_at_first(
    state, votes, enter, keeper, branch, li, han
):
    LostContactFactory(member=han) if votes else suspend(han)

    page = enter(keeper).get(record_url(branch))

    row = row_of(page, han)
    assert (row.mark, row.absent, row.votes) == (state, True, votes)
    assert not row.lacks_reason
    assert not row_of(page, li).absent
    assert f'text-bg-warning">{state}</span>' in page.content.decode()


def test_a_committee_does_not_call_who_is_lost(enter, keeper, branch, li, han):
    kind = MeetingKind.COMMITTEE
    day = dt.date(2023, 6, 20)
    MeetingFactory(organization=branch, kind=kind, chair=li, present=[han], held_on=day)
    LostContactFactory(member=han)

    row = row_of(enter(keeper).get(record_url(branch, kind)), han)

    assert (row.called, row.absent) == (False, False)


@pytest.fixture
def voters(branch, li, han):
    """Four members with a vote: 李明, 韩雪 and two more."""
    return [li, han, *(MemberFactory(organization=branch) for _ in range(2))]


def decide(branch, present, absent):
    return record_meeting(
        branch,
        kind=MeetingKind.MEMBERS,
        topic="评议",
        held_on=DAY,
        chair=present[0],
        recorder=present[0],
        decision="通过",
        roll=roll(present, absent),
        by=None,
    )


def test_who_is_suspended_is_not_counted_for_the_quorum(branch, voters):
    li, han, *others = voters
    with pytest.raises(NoQuorum):
        decide(branch, [li, others[0]], [han, others[1]])

    suspend(han)
    meeting = decide(branch, [li, others[0]], [han, others[1]])

    assert not meeting.attendances.get(member=han).votes
    assert meeting.counts_as_held


def test_who_is_suspended_and_there_has_no_vote_either(branch, voters):
    li, han, *others = voters
    suspend(han)

    with pytest.raises(NoQuorum):
        decide(branch, [li, han], others)

    assert not Meeting.objects.exists()


def test_who_is_only_lost_counts_for_the_quorum(branch, voters):
    li, han, *others = voters
    LostContactFactory(member=han)

    with pytest.raises(NoQuorum):
        decide(branch, [li, others[0]], [han, others[1]])

    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    ("suspended", "lifted", "votes"),
    [
        (DAY, None, False),
        (DAY + dt.timedelta(days=1), None, True),
        (dt.date(2024, 3, 1), DAY, True),
        (dt.date(2024, 3, 1), DAY + dt.timedelta(days=1), False),
    ],
)
def test_the_day_of_the_meeting_decides_who_is_suspended(
    suspended, lifted, votes, branch, voters
):
    li, han, *others = voters
    row = suspend(han, on=suspended)
    if lifted:
        record_contact(row, on=lifted, number="9号", by=None)

    meeting = MeetingFactory(
        organization=branch, chair=li, present=others, absent=[han], held_on=DAY
    )

    assert meeting.attendances.get(member=han).votes == votes


def test_a_correction_keeps_who_was_recorded_as_there(enter, keeper, branch, li, han):
    LostContactFactory(member=han)
    meeting = MeetingFactory(organization=branch, chair=li, present=[han], held_on=DAY)

    row = row_of(enter(keeper).get(url_of("change", meeting.pk)), han)
    change_meeting(meeting, by=None, topic="改题")

    assert (row.mark, row.called, row.absent) == ("失联", True, False)
    assert meeting.attendances.get(member=han).presence == Presence.PRESENT


def test_the_sign_in_list_marks_them(enter, keeper, branch, li, han):
    suspend(han)

    url = url_of("sign_in_sheet", branch.pk, MeetingKind.MEMBERS, 2026, 6, 10)

    assert "韩雪（停止党籍）" in enter(keeper).get(url).content.decode()
