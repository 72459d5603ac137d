"""A meeting without the quorum it needs was not held: no figure counts it (R-47)."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from communities.actions import change_meeting, is_quorate
from communities.enums import DECIDING, MeetingKind
from communities.indicators import MEETINGS
from communities.invariants import find_meetings_held_without_quorum
from communities.models import Meeting
from communities.todos import list_owed_meetings
from figures.counting import count_figures
from figures.definitions import indicators
from organizations.month_tree import get_organization_at
from organizations.roles import Role
from reports.returns.cells import build_cells
from tests.factories.accounts import holder
from tests.factories.communities import MeetingFactory, roll
from tests.factories.members import MemberFactory
from tests.factories.reports import JUNE, MonthlyReturnFactory, publish
from tests.figures.conftest import on_the_second_of_july

__all__ = ["on_the_second_of_july"]

pytestmark = pytest.mark.django_db
KEYS = [one.key for one in indicators if one.source is MEETINGS]
NAME = "未达法定人数"


@pytest.fixture
def voters(branch):
    """Four members with a vote, of whom two are not enough."""
    return [MemberFactory(organization=branch) for _ in range(4)]


def hold(branch, voters, came, kind=MeetingKind.MEMBERS):
    """Record a meeting in June to which so many of the voters came."""
    return MeetingFactory(
        organization=branch,
        kind=kind,
        held_on=dt.date(2026, 6, 10),
        chair=voters[0],
        present=voters[1:came],
        absent=voters[came:],
    )


def counted(branch):
    """Every figure over meetings of June, as figures and pages count it."""
    organization = get_organization_at(branch.pk, JUNE)
    return {
        key: int(n) for key, n in count_figures(organization, JUNE, KEYS).items() if n
    }


@pytest.mark.parametrize("came", [1, 2, 3, 4])
@pytest.mark.parametrize("kind", MeetingKind)
def test_every_figure_over_meetings_counts_those_that_were_held(
    branch, voters, kind, came
):
    meeting = hold(branch, voters, came, kind)

    held = kind not in DECIDING or is_quorate(came, 4)
    of_kind = [
        one.key
        for one in indicators
        if one.source is MEETINGS
        and Meeting.objects.filter(one.where(JUNE), pk=meeting.pk).exists()
    ]
    assert meeting.counts_as_held == held
    assert counted(branch) == (dict.fromkeys(of_kind, 1) if held else {})


def test_the_return_its_rows_the_list_and_the_page_agree(client, east, branch, voters):
    row = MonthlyReturnFactory(organization=east)
    meeting = hold(branch, voters, 2)
    client.force_login(holder(Role.SECRETARY, east))

    (cell,) = [c for c in build_cells(row) if c.line.indicator == "meetings_members"]
    rows = client.get(cell.url).context["drilldown"]
    listed = client.get(reverse("communities:list")).content.decode()
    page = client.get(meeting.get_absolute_url()).content.decode()

    assert (cell.reported, rows.count) == (0, 0)
    assert re.search(NAME, listed)
    assert re.search(NAME, page)


def test_what_was_owed_is_still_owed(branch, east, voters):
    keeper, day = holder(Role.SECRETARY, east), dt.date(2026, 6, 20)
    before = list_owed_meetings(keeper, day)

    hold(branch, voters, 2)
    without = list_owed_meetings(keeper, day)
    hold(branch, voters, 3)
    after = list_owed_meetings(keeper, day)

    assert without == before
    assert len(after) == len(before) - 1


def test_a_corrected_list_decides_anew_until_the_month_is_closed(east, branch, voters):
    meeting = hold(branch, voters, 2)

    change_meeting(meeting, roll=roll(voters[:3], voters[3:]), by=None)
    corrected = counted(branch)
    publish(MonthlyReturnFactory(organization=east))
    change_meeting(meeting, roll=roll(voters[:2], voters[2:]), by=None)

    assert corrected == counted(branch) == {"meetings_members": 1, "meetings_held": 1}
    assert list(find_meetings_held_without_quorum()) == []


def test_verify_finds_a_meeting_that_an_open_month_counts_without_quorum(
    branch, voters
):
    meeting = hold(branch, voters, 2)

    Meeting.objects.filter(pk=meeting.pk).update(counts_as_held=True)

    assert list(find_meetings_held_without_quorum()) == [f"meeting {meeting.pk}"]
