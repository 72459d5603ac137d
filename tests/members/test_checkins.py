"""Checking in with a community of residence."""

import datetime as dt

import pytest

from members.actions import Registration, check_in, check_in_members, end_check_in
from members.errors import AlreadyCheckedIn, NotACommunity
from members.models import Member
from tests.factories.members import CheckInFactory, MemberFactory

JUNE = dt.date(2026, 6, 1)


def test_a_checked_in_member_is_seen_there_and_counted_nowhere(east, secretary):
    member = MemberFactory(in_service=True)

    check_in(member, east, by=None, skills=["law"])

    assert list(Member.objects.visible_to(secretary)) == [member]
    assert list(Member.objects.belonging_to(east)) == []
    assert Member.objects.get().skills == ["law"]


def test_checking_in_twice_at_one_community_is_once(east):
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


def test_leaving_again_opens_the_way_to_another_community(east, west):
    row = CheckInFactory(community=east, on=JUNE)

    end_check_in(row, by=None, on=dt.date(2026, 7, 1))

    assert check_in(row.member, west, by=None).community == west


@pytest.mark.parametrize("rows", [3, 30])
def test_many_check_ins_cost_the_queries_of_one(east, rows, django_assert_num_queries):
    members = [MemberFactory(in_service=True) for _ in range(rows)]

    with django_assert_num_queries(8):
        check_in_members([Registration(m, east) for m in members], by=None)
