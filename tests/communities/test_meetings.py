"""Recording, correcting and voiding meetings."""

import datetime as dt

import pytest

from accounts.models import AuditEntry
from communities.actions import change_meeting, record_meeting, void_meeting
from communities.enums import MeetingKind, Presence
from communities.errors import (
    AlreadyVoided,
    CountedAlready,
    DiedBefore,
    HoldsNoMeetings,
    ListedTwice,
    MustBeThere,
    NoQuorum,
    NotOfThisOrganization,
    ProjectElsewhere,
)
from communities.models import Meeting
from core.errors import FutureDay
from core.months import shift_month, today
from figures.definitions import indicators
from members.actions import end_membership, move_member
from members.enums import EndReason
from members.lost_contacts.contacts import last_contacts
from organizations.errors import OrganizationEnded
from organizations.models import RecountRequest
from tests.factories.communities import MeetingFactory, ProjectFactory, roll
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory, closed

JUNE = dt.date(2026, 6, 1)


def attendance_rows(meeting):
    rows = meeting.attendances.order_by("member__name")
    return [(row.member.name, row.presence, row.votes, row.reason) for row in rows]


def count_in_indicator(key, month, node):
    return indicators.get(key).rows_within(node, month).count()


def test_a_meeting_lists_who_came_who_did_not_and_who_votes(branch, li, han, newcomer):
    guest = MemberFactory(name="郑海")

    meeting = MeetingFactory(
        organization=branch, chair=li, present=[newcomer], absent=[han], guests=[guest]
    )

    assert attendance_rows(meeting) == [
        ("何苗", Presence.PRESENT, False, ""),
        ("李明", Presence.PRESENT, True, ""),
        ("郑海", Presence.GUEST, False, ""),
        ("韩雪", Presence.ABSENT, True, "work"),
    ]


def test_recording_writes_one_audit_entry_and_one_recount_request(branch, li, staff):
    before = AuditEntry.objects.count(), RecountRequest.objects.count()

    record_meeting(
        branch,
        kind=MeetingKind.LESSON,
        topic="学习",
        held_on=dt.date(2026, 6, 10),
        chair=li,
        recorder=li,
        roll=roll([li]),
        by=staff,
    )

    entry = AuditEntry.objects.order_by("-pk")[0]
    requests = RecountRequest.objects.order_by("pk")[before[1] :]
    assert AuditEntry.objects.count() - before[0] == 1
    assert (entry.action, entry.after["present"]) == ("communities.record_meeting", 1)
    assert [(m.organization, m.month) for m in requests] == [(branch, JUNE)]


def test_a_member_who_becomes_full_later_had_no_vote(branch, li):
    late = MemberFactory(organization=branch, full_member_date=dt.date(2026, 6, 11))

    meeting = MeetingFactory(organization=branch, chair=li, present=[late])

    assert meeting.attendances.get(member=late).votes is False


def test_half_of_the_votes_is_no_quorum_for_a_decision(branch, li, han, newcomer):
    with pytest.raises(NoQuorum) as refused:
        MeetingFactory(
            organization=branch,
            chair=li,
            present=[newcomer],
            absent=[han],
            decision="通过",
        )

    assert refused.value.params == {"present": 1, "voters": 2}
    assert Meeting.objects.count() == 0


@pytest.mark.mission("S1-44")
def test_more_than_half_of_the_votes_decides(branch, li, han):
    third = MemberFactory(organization=branch)

    meeting = MeetingFactory(
        organization=branch, chair=li, present=[han], absent=[third], decision="通过"
    )

    assert meeting.decision == "通过"


def test_a_lesson_needs_no_quorum(branch, li, han):
    meeting = MeetingFactory(
        organization=branch,
        kind=MeetingKind.LESSON,
        chair=li,
        absent=[han],
        decision="会后自学",
    )

    assert meeting.decision == "会后自学"


def test_who_belongs_elsewhere_comes_as_a_guest_only(branch, li):
    elsewhere = MemberFactory(name="郑海")

    with pytest.raises(NotOfThisOrganization, match="郑海"):
        MeetingFactory(organization=branch, chair=li, present=[elsewhere])


def test_who_had_died_is_to_be_taken_off_the_list_and_is_no_guest(branch, li, han):
    end_membership(han, reason=EndReason.DIED, by=None, on=dt.date(2026, 6, 2))

    with pytest.raises(DiedBefore, match=han.name):
        MeetingFactory(organization=branch, chair=li, present=[han])


def test_who_left_since_belonged_on_the_day(branch, li, han, east):
    move_member(han, BranchFactory(parent=east), by=None, on=dt.date(2026, 6, 20))

    meeting = MeetingFactory(organization=branch, chair=li, present=[han])

    assert meeting.attendances.get(member=han).presence == Presence.PRESENT


def test_a_community_calls_the_members_of_its_branches(east, li):
    meeting = MeetingFactory(organization=east, chair=li)

    assert attendance_rows(meeting) == [("李明", Presence.PRESENT, True, "")]


def test_nobody_is_listed_twice(branch, li, han):
    with pytest.raises(ListedTwice):
        MeetingFactory(organization=branch, chair=li, present=[han], absent=[han])


def test_an_absent_member_writes_no_minutes(branch, li, han):
    with pytest.raises(MustBeThere, match="韩雪"):
        MeetingFactory(organization=branch, chair=li, recorder=han, absent=[han])


def test_a_guest_may_chair(branch, li):
    guest = MemberFactory(name="郑海")

    meeting = record_meeting(
        branch,
        kind=MeetingKind.THEME_DAY,
        topic="联学",
        held_on=dt.date(2026, 6, 10),
        chair=guest,
        recorder=li,
        roll=roll([li], guests=[guest]),
        by=None,
    )

    assert meeting.chair == guest


def test_streets_hold_no_meetings(street, li):
    with pytest.raises(HoldsNoMeetings):
        MeetingFactory(organization=street, chair=li)


def test_an_ended_branch_met_before_its_end_only(branch, li):
    branch.ended_on = dt.date(2026, 6, 10)
    branch.save(update_fields=["ended_on"])

    with pytest.raises(OrganizationEnded):
        MeetingFactory(organization=branch, chair=li, held_on=dt.date(2026, 6, 10))

    assert MeetingFactory(
        organization=branch, chair=li, held_on=dt.date(2026, 6, 9)
    ).held_on == dt.date(2026, 6, 9)


def test_tomorrows_meeting_is_not_recorded(branch, li):
    with pytest.raises(FutureDay):
        MeetingFactory(
            organization=branch, chair=li, held_on=today() + dt.timedelta(days=1)
        )


def test_a_meeting_serves_a_project_of_its_own_community(branch, li, east, west):
    own, other = ProjectFactory(organization=east), ProjectFactory(organization=west)

    meeting = MeetingFactory(organization=branch, chair=li, project=own)

    assert meeting.project == own
    with pytest.raises(ProjectElsewhere, match=other.name):
        MeetingFactory(organization=branch, chair=li, project=other)


def test_a_late_meeting_counts_in_the_first_open_month(branch, east, li):
    closed(east, JUNE)

    meeting = MeetingFactory(organization=branch, chair=li)

    assert (meeting.month, meeting.is_late) == (dt.date(2026, 7, 1), True)
    assert count_in_indicator("meetings_members", JUNE, east) == 0
    assert count_in_indicator("meetings_members", dt.date(2026, 7, 1), east) == 1


def test_each_kind_counts_in_its_own_figure(branch, east, li):
    for kind in MeetingKind:
        MeetingFactory(organization=branch, chair=li, kind=kind)

    keys = ["members", "committee", "lessons", "theme_days"]
    figures = {key: count_in_indicator(f"meetings_{key}", JUNE, east) for key in keys}

    assert figures == {"members": 1, "committee": 1, "lessons": 1, "theme_days": 1}


def test_a_corrected_day_moves_the_meeting_to_its_month(branch, east, li):
    meeting = MeetingFactory(organization=branch, chair=li)
    before = RecountRequest.objects.count()

    change_meeting(meeting, by=None, held_on=dt.date(2026, 5, 31))

    assert count_in_indicator("meetings_members", JUNE, east) == 0
    assert count_in_indicator("meetings_members", dt.date(2026, 5, 1), east) == 1
    requests = RecountRequest.objects.order_by("pk")[before:]
    assert [request.month for request in requests] == [dt.date(2026, 5, 1)]


def test_a_corrected_list_takes_the_place_of_the_old_one(branch, li, han):
    meeting = MeetingFactory(organization=branch, chair=li, absent=[han])

    change_meeting(meeting, by=None, roll=roll([li, han]))

    assert attendance_rows(meeting) == [
        ("李明", Presence.PRESENT, True, ""),
        ("韩雪", Presence.PRESENT, True, ""),
    ]


def test_a_decision_added_later_needs_the_quorum_too(branch, li, han):
    meeting = MeetingFactory(organization=branch, chair=li, absent=[han])

    with pytest.raises(NoQuorum):
        change_meeting(meeting, by=None, decision="通过")


def test_what_a_closed_month_counted_keeps_its_day_and_kind(branch, east, li):
    meeting = MeetingFactory(organization=branch, chair=li)
    closed(east, JUNE)

    with pytest.raises(CountedAlready):
        change_meeting(meeting, by=None, kind=MeetingKind.LESSON)

    assert change_meeting(meeting, by=None, topic="更正").topic == "更正"


def test_a_voided_meeting_stays_and_counts_no_more(branch, east, li, staff):
    meeting = MeetingFactory(organization=branch, chair=li)

    void_meeting(meeting, by=staff, reason="录入重复")

    meeting.refresh_from_db()
    assert meeting.void_reason == "录入重复"
    assert count_in_indicator("meetings_members", JUNE, east) == 0
    assert last_contacts([li.pk]) == {}
    with pytest.raises(AlreadyVoided):
        void_meeting(meeting, by=staff, reason="再次")


def test_a_closed_month_goes_on_counting_what_it_published(branch, east, li):
    meeting = MeetingFactory(organization=branch, chair=li)
    closed(east, JUNE)

    void_meeting(meeting, by=None, reason="录入重复")

    assert count_in_indicator("meetings_members", JUNE, east) == 1
    assert count_in_indicator("meetings_members", shift_month(JUNE, 1), east) == 0


def test_attending_is_a_proof_of_contact_and_staying_away_is_none(branch, li, han):
    guest = MemberFactory()
    MeetingFactory(organization=branch, chair=li, absent=[han], guests=[guest])
    MeetingFactory(organization=branch, chair=li, held_on=dt.date(2026, 5, 3))

    day = dt.date(2026, 6, 10)
    assert last_contacts([li.pk, han.pk, guest.pk]) == {li.pk: day, guest.pk: day}
