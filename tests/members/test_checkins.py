"""Checking in with a community of residence."""

import datetime as dt

import pytest

from accounts.models import AuditEntry
from core.errors import ConstraintViolated
from core.registries.invariants import invariants
from figures.definitions import indicators
from members.actions import (
    NewCheckIn,
    check_in,
    check_in_members,
    end_check_in,
    end_mobile,
    record_mobile,
)
from members.enums import MobileKind
from members.errors import AlreadyCheckedIn
from members.models import CheckIn, Member
from organizations.actions import end_organization
from organizations.errors import NotACommunity, OrganizationEnded
from organizations.models import RecountRequest
from tests.factories.members import CheckInFactory, MemberFactory
from tests.messages import rule

JUNE = dt.date(2026, 6, 1)


def test_a_checked_in_member_is_seen_there_and_counted_nowhere(east, secretary):
    member = MemberFactory(in_service=True)

    check_in(member, east, by=None, skills=["law"])

    assert list(Member.objects.visible_to(secretary)) == [member]
    assert list(Member.objects.belonging_to(east)) == []
    assert Member.objects.get().skills == ["law"]


def test_checking_in_twice_at_one_community_changes_nothing(east):
    member = MemberFactory(in_service=True)

    rows = {check_in(member, east, by=None).pk, check_in(member, east, by=None).pk}

    assert len(rows) == 1


def test_nobody_lives_in_two_communities(east, west):
    row = CheckInFactory(community=east)

    with pytest.raises(AlreadyCheckedIn, match="东社区"):
        check_in(row.member, west, by=None)


def test_check_ins_are_with_communities(street):
    with pytest.raises(NotACommunity):
        check_in(MemberFactory(in_service=True), street, by=None)


def test_nobody_checks_in_with_a_dissolved_community(east):
    end_organization(east, by=None, reason="并入西社区", on=JUNE)
    east.refresh_from_db()

    with pytest.raises(OrganizationEnded, match=east.name):
        check_in(MemberFactory(in_service=True), east, by=None)

    assert CheckIn.objects.filter(community=east).count() == 0


def test_after_leaving_a_member_may_check_in_elsewhere(east, west):
    row = CheckInFactory(community=east, on=JUNE)

    end_check_in(row, by=None, on=dt.date(2026, 7, 1))

    assert check_in(row.member, west, by=None).community == west


@pytest.mark.parametrize("rows", [3, 30])
def test_many_check_ins_cost_the_queries_of_one(east, rows, django_assert_num_queries):
    members = [MemberFactory(in_service=True) for _ in range(rows)]

    # Nine of the action, two of rows as they stood; three of tables, one of digests.
    with django_assert_num_queries(16):
        check_in_members([NewCheckIn(m, east) for m in members], by=None)


LAST_OF_JUNE, FIRST_OF_JULY = dt.date(2026, 6, 30), dt.date(2026, 7, 1)


def count_in_june(*communities):
    """Return how many are counted as checked in at each community at June's end."""
    indicator = indicators.get("members_checked_in")
    return [
        indicator.rows_within(organization, JUNE).count()
        for organization in communities
    ]


def test_returning_on_the_day_of_leaving_resumes_the_check_in(east):
    row = CheckInFactory(community=east, on=LAST_OF_JUNE)
    end_check_in(row, by=None, on=LAST_OF_JUNE)

    again = check_in(row.member, east, by=None, on=LAST_OF_JUNE)

    assert (again, east.check_ins.get().ends_on) == (row, None)
    assert count_in_june(east) == [1]
    assert Member.objects.get(pk=row.member_id).community == east


def test_changing_community_on_the_first_day_counts_only_there(east, west):
    row = CheckInFactory(community=east, on=LAST_OF_JUNE)
    end_check_in(row, by=None, on=LAST_OF_JUNE)
    RecountRequest.objects.all().delete()

    check_in(row.member, west, by=None, on=LAST_OF_JUNE)

    assert count_in_june(east, west) == [0, 1]
    recounts = RecountRequest.objects.values_list("organization", "month")
    assert set(recounts) == {(east.pk, JUNE), (west.pk, JUNE)}
    entry = AuditEntry.objects.filter(action="members.check_in_members").order_by(
        "-pk"
    )[0]
    assert (entry.before["community"], entry.after["community"]) == (east.pk, west.pk)


def test_changing_community_later_counts_at_the_new_one_from_that_day(east, west):
    row = CheckInFactory(community=east, on=JUNE)
    end_check_in(row, by=None, on=LAST_OF_JUNE)

    check_in(row.member, west, by=None, on=LAST_OF_JUNE)

    assert count_in_june(east, west) == [0, 1]
    assert [east.check_ins.count(), west.check_ins.count()] == [1, 1]


def test_nobody_is_checked_in_for_days_already_covered_elsewhere(east, west):
    row = CheckInFactory(community=east, on=JUNE)
    end_check_in(row, by=None, on=FIRST_OF_JULY)

    with pytest.raises(ConstraintViolated, match=rule("checkin_no_overlap")):
        check_in(row.member, west, by=None, on=dt.date(2026, 6, 9))

    assert count_in_june(east, west) == [1, 0]
    assert list(invariants.get("members.check_in_days").broken()) == []


def test_one_covered_day_refuses_the_whole_batch(east, west):
    row = CheckInFactory(community=east, on=JUNE)
    end_check_in(row, by=None, on=FIRST_OF_JULY)
    sound = MemberFactory(in_service=True)
    wishes = [NewCheckIn(m, west, dt.date(2026, 6, 9)) for m in (sound, row.member)]

    with pytest.raises(ConstraintViolated, match=rule("checkin_no_overlap")):
        check_in_members(wishes, by=None)

    assert west.check_ins.count() == 0


def test_an_in_service_member_s_absence_requests_no_recount(east):
    member = CheckInFactory(community=east).member
    row = record_mobile(
        member, kind=MobileKind.WORKING_AWAY, by=None, on=dt.date(2026, 3, 2)
    )
    before = RecountRequest.objects.count()

    end_mobile(row, by=None, on=dt.date(2026, 5, 2))

    assert RecountRequest.objects.count() == before
