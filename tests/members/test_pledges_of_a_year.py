"""What units and answers say of pledges of the last twelve months (S0-25, S4-12)."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from members.actions import answer_opinion, return_pledge, settle_pledge
from members.enums import PledgeState
from members.models import Member
from members.opinions.facts import describe_facts
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.members import MemberFactory
from tests.factories.opinions import OpinionRequestFactory
from tests.factories.organizations import UnitFactory
from tests.factories.pledges import PledgeFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 30)
LABEL = "近十二个月的承诺"


@pytest.fixture(autouse=True)
def on_the_day():
    with time_machine.travel("2026-11-30 12:00:00+08:00", tick=False):
        yield


@pytest.fixture
def luo(branch):
    return MemberFactory(name="罗文", organization=branch)


def pledge(member, first, last, *, state=None, **values):
    row = PledgeFactory(
        member=member,
        starts_on=dt.date.fromisoformat(first),
        ends_on=dt.date.fromisoformat(last) + dt.timedelta(days=1),
        is_accepted=True,
        **values,
    )
    if state is not None:
        settle_pledge(row, state=state, outcome="说明", by=None)
    return row


def said(member):
    return dict(describe_facts([member.pk], DAY)[member.pk])[LABEL]


@pytest.mark.mission("S4-12")
def test_what_was_kept_counts_after_its_period_is_over(luo):
    pledge(luo, "2026-11-01", "2026-11-29", state=PledgeState.KEPT)
    pledge(luo, "2025-01-01", "2025-12-31", state=PledgeState.KEPT)

    assert said(luo) == "已承诺 2 项，已践诺 2 项"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2025-01-01", "2025-11-30", "无"),
        ("2025-01-01", "2025-12-01", "已承诺 1 项，已践诺 1 项"),
        ("2026-11-30", "2026-12-31", "已承诺 1 项，已践诺 1 项"),
        ("2026-12-01", "2026-12-31", "无"),
    ],
)
def test_the_twelve_months_end_with_the_day(luo, first, last, words):
    pledge(luo, first, last, state=PledgeState.KEPT)

    assert said(luo) == words


@pytest.mark.mission("S4-12")
def test_what_was_not_kept_or_goes_on_is_told_apart(luo):
    pledge(luo, "2026-01-01", "2026-03-31", state=PledgeState.KEPT)
    pledge(luo, "2026-01-01", "2026-04-30", state=PledgeState.PARTLY)
    pledge(luo, "2026-01-01", "2026-05-31", state=PledgeState.NOT_KEPT)
    pledge(luo, "2026-01-01", "2026-12-31")
    pledge(luo, "2026-01-01", "2026-06-30")

    assert said(luo) == (
        "已承诺 5 项，已践诺 1 项，部分践诺 1 项，未践诺 1 项，践诺中 1 项，"
        "已到期未登记结果 1 项"
    )


def test_what_is_not_accepted_yet_is_said_and_not_counted(luo):
    returned = PledgeFactory(member=luo)
    return_pledge(returned, reason="写明次数", by=None)
    assert said(luo) == "尚无已认可的承诺；另有 1 项待审核或待写具体，未计入"

    pledge(luo, "2026-01-01", "2026-12-31")

    assert said(luo) == (
        "已承诺 1 项，已践诺 0 项，践诺中 1 项；另有 1 项待审核或待写具体，未计入"
    )


@pytest.mark.mission("S0-25")
def test_the_liaison_and_the_reply_read_the_kept_pledge(client, luo, east):
    pledge(luo, "2025-01-01", "2025-12-31", state=PledgeState.KEPT)
    school = UnitFactory(name="第一中学", host=east)
    Member.objects.filter(pk=luo.pk).update(employer=school)
    luo.refresh_from_db()
    client.force_login(holder(Role.LIAISON, unit=school))
    row = OpinionRequestFactory(about=luo, unit=school)
    answer_opinion(row, opinion="agrees", reasons="按时践诺", by=None)

    people = client.get(reverse("members:unit_people")).content.decode()
    reply = client.get(reverse("members:print_reply", args=[row.pk])).content.decode()

    for page in (people, reply):
        assert LABEL in page
        assert "已承诺 1 项，已践诺 1 项" in page
