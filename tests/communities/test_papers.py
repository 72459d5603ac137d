"""Minutes and sign-in lists on paper."""

import datetime as dt

import pytest
from django.urls import reverse

from communities.enums import AbsenceReason, MeetingKind
from core.months import today
from tests.factories.communities import MeetingFactory
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def enter(client, secretary):
    client.force_login(secretary, backend="accounts.backends.UsernameOrPhone")
    return client


def test_the_minutes_name_who_came_who_did_not_and_why(enter, branch):
    chair, other, absent = (MemberFactory(organization=branch) for _ in range(3))
    meeting = MeetingFactory(
        organization=branch,
        chair=chair,
        present=[other],
        absent=[absent],
        topic="讨论预备党员转正",
        place="党群服务中心",
        content="听取汇报。\n逐人评议。",
        decision="同意按期转正。",
    )

    paper = enter.get(reverse("communities:print", args=[meeting.pk]))

    text = paper.content.decode()
    expected = [
        *(meeting.topic, meeting.place, "听取汇报。", meeting.decision),
        *(
            chair.name,
            f"{absent.name}（{AbsenceReason.WORK.label}）",
            branch.full_name,
            "主持人签字",
        ),
    ]
    assert [one for one in expected if one not in text] == []


def test_a_list_to_sign_in_on_is_printed_before_the_meeting(enter, branch):
    members = [MemberFactory(organization=branch) for _ in range(3)]
    day = today() + dt.timedelta(days=5)
    asked = {"organization": branch.pk, "kind": "members_meeting", "held_on": f"{day}"}
    asked["sign_in_sheet"] = "1"

    sheet = enter.get(reverse("communities:record"), asked, follow=True)

    assert sheet.templates[0].name == "communities/sign_in_sheet.html"
    assert {*sheet.context["members"]} == {*members}
    assert all(one.name in sheet.content.decode() for one in members)


def test_minutes_of_a_day_to_come_are_refused(enter, branch):
    day = today() + dt.timedelta(days=5)
    asked = {"organization": branch.pk, "kind": "members_meeting", "held_on": f"{day}"}

    page = enter.get(reverse("communities:record"), asked)

    assert [*page.context["form"].errors] == ["held_on"]


def test_the_list_of_a_committee_names_who_was_called_last_time(enter, branch):
    called, other = (MemberFactory(organization=branch) for _ in range(2))
    MeetingFactory(organization=branch, kind=MeetingKind.COMMITTEE, chair=called)
    day = today()
    args = [branch.pk, MeetingKind.COMMITTEE, day.year, day.month, day.day]

    sheet = enter.get(reverse("communities:sign_in_sheet", args=args))

    assert sheet.context["members"] == [called]
    assert other.name not in sheet.content.decode()
