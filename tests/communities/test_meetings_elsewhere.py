"""One home branch, and meetings attended elsewhere."""

import pytest
from django.urls import reverse

from communities.actions import void_meeting
from communities.enums import MeetingKind
from organizations.roles import Role
from tests.factories.accounts import RoleAssignmentFactory
from tests.factories.communities import MeetingFactory
from tests.factories.members import account_of
from tests.factories.organizations import BranchFactory, CommunityFactory

pytestmark = pytest.mark.django_db


@pytest.mark.mission("S4-07")
def test_the_home_branch_and_the_member_read_which_meetings_elsewhere_they_attended(
    enter, keeper, branch, li, street
):
    there = BranchFactory(parent=CommunityFactory(parent=street, name="西社区"))
    home = MeetingFactory(organization=branch, chair=li)
    away = MeetingFactory(organization=there, kind=MeetingKind.THEME_DAY, guests=[li])

    kept = enter(keeper).get(li.get_absolute_url()).content.decode()
    own = enter(account_of(li)).get(reverse("members:me")).content.decode()

    assert f"参加其他组织的会议：{there}、主题党日" in kept
    assert away.get_absolute_url() not in kept
    assert "今年：本组织1次会议到会1次，其他组织1次" in own
    assert home.attendances.count() == 1


@pytest.mark.mission("S4-07")
def test_who_keeps_no_meetings_of_the_home_branch_reads_no_attendance(
    enter, officer, branch, li
):
    MeetingFactory(kind=MeetingKind.THEME_DAY, guests=[li])

    answer = enter(officer).get(li.get_absolute_url())

    assert "参加其他组织的会议" not in answer.content.decode()


def test_members_read_of_themselves_at_which_meetings_they_are_listed(
    enter, branch, li, street
):
    there = BranchFactory(parent=CommunityFactory(parent=street, name="西社区"))
    MeetingFactory(organization=branch, topic="选举", present=[li])
    MeetingFactory(organization=branch, topic="预算", absent=[li])
    MeetingFactory(organization=there, kind=MeetingKind.THEME_DAY, guests=[li])
    voided = MeetingFactory(organization=branch, topic="误录", present=[li])
    void_meeting(voided, reason="重复登记", by=None)

    events = enter(account_of(li)).get(reverse("members:me")).context["events"]

    meetings = {(str(e.label), e.url) for e in events if "会" in str(e.label)}
    assert meetings == {
        (f"参加其他组织的会议：{there}、主题党日", ""),
        ("缺席支部党员大会：预算", ""),
        ("参加支部党员大会：选举", ""),
    }


def test_a_secretary_reads_of_themselves_each_meeting_once(enter, branch, li, street):
    there = BranchFactory(parent=CommunityFactory(parent=street, name="西社区"))
    home = MeetingFactory(organization=branch, topic="选举", chair=li)
    MeetingFactory(organization=there, kind=MeetingKind.THEME_DAY, guests=[li])
    account = account_of(li)
    RoleAssignmentFactory(user=account, role=Role.BRANCH_SECRETARY, organization=branch)

    events = enter(account).get(reverse("members:me")).context["events"]

    meetings = {(str(e.label), e.url) for e in events if "会" in str(e.label)}
    assert meetings == {
        (f"参加其他组织的会议：{there}、主题党日", ""),
        ("参加支部党员大会：选举", home.get_absolute_url()),
    }
