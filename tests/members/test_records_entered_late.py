"""What is recorded of somebody after their end is asked about, and settled."""

import datetime as dt

import pytest
from django.urls import reverse

from communities.models import Meeting
from core.dates import format_day
from core.months import today
from core.registries.invariants import invariants
from core.registries.todos import todos_for
from members.actions import (
    check_in,
    end_membership,
    keep_record_after_end,
    note_records_after_ends,
    void_end,
)
from members.enums import Category, EndReason
from members.errors import SettledAlready
from members.models import RecordAfterEnd
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.communities import MeetingFactory
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory
from tests.factories.volunteering import ClaimFactory, ServiceRecordFactory, at
from tests.messages import rule
from tests.walk.people import Refused, Visitor
from volunteering.actions import confirm_service
from volunteering.models import ServiceRecord

pytestmark = pytest.mark.django_db

EARLIER = today() - dt.timedelta(days=40)
ENDED_ON = today() - dt.timedelta(days=20)
LATER = today() - dt.timedelta(days=10)
INVARIANT = "members.dated_records"
LIST = reverse("members:after_ends")


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


@pytest.fixture
def confirmed(member, east):
    """Hours of a day after the end of who served them, confirmed, and noted."""
    claim = claim_shift(member, east, LATER)
    die(member)
    record = ServiceRecordFactory(claim=claim)
    confirm_service(record, by=holder(Role.SECRETARY, east))
    note_records_after_ends()
    return RecordAfterEnd.objects.get(kind="volunteering.service")


def marks_of(member, visitor):
    page = visitor.get(member.get_absolute_url())
    named = [*invariants.get(INVARIANT).broken()]
    return len(page.context["contradictions"]), len(named)


def count_on_desk(user):
    todos = [t for t in todos_for(user, today()) if t.url == LIST]
    return sum(todo.count for todo in todos)


def test_confirmed_hours_after_an_end_wait_until_they_are_kept_with_a_reason(
    member, confirmed, keeper
):
    elsewhere = holder(Role.CLERK, BranchFactory().parent)
    assert (count_on_desk(keeper.user), count_on_desk(elsewhere)) == (1, 0)
    assert marks_of(member, keeper) == (1, 1)
    url = reverse("members:keep_after_end", args=[confirmed.pk])

    keeper.follow(LIST, url, reason="日期是交表的日期，服务在去世以前")

    assert count_on_desk(keeper.user) == 0
    assert marks_of(member, keeper) == (0, 0)
    note_records_after_ends()
    confirmed.refresh_from_db()
    assert confirmed.kept_by == keeper.user
    events = keeper.get(member.get_absolute_url()).context["events"]
    assert any("交表的日期" in str(event.label) for event in events)


def test_a_record_is_not_kept_without_saying_why(confirmed, keeper):
    url = reverse("members:keep_after_end", args=[confirmed.pk])

    with pytest.raises(Refused, match=rule("recordafterend_reason_says_something")):
        keeper.fill(url, reason="没事")

    assert count_on_desk(keeper.user) == 1


def test_a_corrected_end_takes_the_record_off_the_desk_at_once(
    member, confirmed, keeper
):
    member.refresh_from_db()
    void_end(member, by=None, reason="误录")

    assert count_on_desk(keeper.user) == 0
    with pytest.raises(SettledAlready):
        keep_record_after_end(confirmed, reason="日期是交表的日期", by=keeper.user)
    note_records_after_ends()
    assert not RecordAfterEnd.objects.exists()
