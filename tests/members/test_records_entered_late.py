"""What is recorded of somebody after their end is asked about, and settled."""

import datetime as dt

import pytest
from django.urls import reverse

from communities.models import Meeting
from core.dates import format_day
from core.months import today
from members.actions import check_in, end_membership
from members.enums import Category, EndReason
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.communities import MeetingFactory
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory
from tests.factories.volunteering import ClaimFactory, at
from tests.walk.people import Refused, Visitor
from volunteering.models import ServiceRecord

pytestmark = pytest.mark.django_db

EARLIER = today() - dt.timedelta(days=40)
ENDED_ON = today() - dt.timedelta(days=20)
LATER = today() - dt.timedelta(days=10)


@pytest.fixture
def member(branch):
    return MemberFactory(organization=branch, category=Category.IN_SERVICE)


@pytest.fixture
def keeper(east):
    return Visitor(holder(Role.CLERK, east))


def die(member):
    end_membership(member, reason=EndReason.DIED, by=None, on=ENDED_ON)


def claim_shift(member, east, day):
    return ClaimFactory(
        member=member,
        shift__post__organization=east,
        past=True,
        shift__day=day,
        at=at(EARLIER - dt.timedelta(days=1)),
    )


def hours_alone(claim):
    return reverse("volunteering:record", args=[claim.pk]), {"hours": "2"}


def hours_in_list(claim):
    url = reverse("volunteering:attendance", args=[claim.shift_id])
    return url, {f"hours_{claim.pk}": "2"}


PAGES = (hours_alone, hours_in_list)


@pytest.mark.parametrize("page", PAGES)
def test_hours_after_an_end_are_asked_about_once(member, east, keeper, page):
    claim = claim_shift(member, east, LATER)
    die(member)
    url, values = page(claim)

    with pytest.raises(Refused, match=format_day(ENDED_ON)):
        keeper.fill(url, **values)

    assert not ServiceRecord.objects.exists()
    keeper.fill(url, **values, confirmed="on")
    assert ServiceRecord.objects.get().member == member


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("day", [EARLIER, ENDED_ON])
def test_hours_up_to_the_day_of_the_end_are_not_asked_about(
    member, east, keeper, page, day
):
    claim = claim_shift(member, east, day)
    die(member)
    url, values = page(claim)

    keeper.fill(url, **values)

    assert ServiceRecord.objects.get().member == member


def test_who_did_not_come_is_not_asked_about(member, east, keeper):
    claim = claim_shift(member, east, LATER)
    die(member)
    url, _values = hours_in_list(claim)

    keeper.fill(url, **{f"missed_{claim.pk}": "on"})

    assert not ServiceRecord.objects.exists()


def test_a_meeting_is_not_moved_behind_the_end_of_a_guest_unasked(east, keeper):
    guest = MemberFactory(in_service=True)
    check_in(guest, east, by=None, on=dt.date(2026, 1, 10))
    chair = MemberFactory(organization=BranchFactory(parent=east))
    meeting = MeetingFactory(
        organization=east, held_on=EARLIER, chair=chair, guests=[guest]
    )
    die(guest)
    url = reverse("communities:change", args=[meeting.pk])

    with pytest.raises(Refused, match=format_day(ENDED_ON)):
        keeper.fill(url, held_on=LATER)

    assert Meeting.objects.get().held_on == EARLIER
    keeper.fill(url, held_on=LATER, confirmed="on")
    assert Meeting.objects.get().held_on == LATER
    keeper.fill(url, place="社区二楼")  # asked about once
    assert Meeting.objects.get().place == "社区二楼"
