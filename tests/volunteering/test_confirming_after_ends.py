"""Hours of days after an end: confirmed only when asked, and taken back."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.dates import format_day
from core.months import today
from figures.definitions import indicators
from members.actions import end_membership, note_records_after_ends
from members.ends.dated_records import describe_end_before
from members.enums import Category, EndReason
from members.models import Member, RecordAfterEnd
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.members import MemberFactory
from tests.factories.organizations import closed
from tests.factories.volunteering import ClaimFactory, ServiceRecordFactory, at
from tests.html import read
from tests.walk.people import Visitor
from volunteering.actions import confirm_service, take_back_confirmation
from volunteering.enums import ClaimState, RecordState
from volunteering.errors import ServiceNotConfirmed, ServicePublished
from volunteering.models import ServiceRecord

pytestmark = pytest.mark.django_db
EARLIER = today() - dt.timedelta(days=40)
ENDED_ON = today() - dt.timedelta(days=20)
LATER = today() - dt.timedelta(days=10)
SERVICE, CONFIRM = reverse("volunteering:service"), reverse("volunteering:confirm")
SUBMITTED, CONFIRMED, RETURNED = (
    *(RecordState.SUBMITTED, RecordState.CONFIRMED),
    RecordState.RETURNED,
)


@pytest.fixture
def member(branch):
    return MemberFactory(organization=branch, category=Category.IN_SERVICE)


@pytest.fixture
def keeper(east):
    return Visitor(holder(Role.CLERK, east))


def die(member):
    end_membership(member, reason=EndReason.DIED, by=None, on=ENDED_ON)


def wait(member, east):
    """Hours that wait for a second person, of a day after the end."""
    claim = ClaimFactory(
        member=member,
        shift__post__organization=east,
        past=True,
        shift__day=LATER,
        at=at(EARLIER - dt.timedelta(days=1)),
    )
    return ServiceRecordFactory(claim=claim)


@pytest.fixture
def confirmed(member, east):
    """Hours of a day after the end, confirmed all the same, and noted."""
    record = wait(member, east)
    die(member)
    confirm_service(record, by=holder(Role.SECRETARY, east))
    note_records_after_ends()
    record.refresh_from_db()
    return record


def tick(keeper, *records):
    """Tick records in the list and send it; the answer is its page or a question."""
    page = keeper.page(SERVICE)
    form = page.form_to(CONFIRM)
    return keeper.client.post(
        CONFIRM, form.sent(record=[str(r.pk) for r in records]), follow=True
    )


def states(*records):
    return [ServiceRecord.objects.get(pk=record.pk).state for record in records]


@pytest.fixture
def two(member, branch, east):
    """Hours of a day after the member's end, and those of a member who is here."""
    other = MemberFactory(organization=branch, category=Category.IN_SERVICE)
    records = [wait(each, east) for each in (member, other)]
    die(member)
    return records


@pytest.mark.parametrize("count", [1, 2])
def test_hours_after_an_end_are_never_confirmed_unasked(keeper, two, count):
    page = tick(keeper, *two[:count])

    assert states(*two) == [SUBMITTED, SUBMITTED]
    choices = page.context["form"].fields["also"].choices
    assert [key for key, _label in choices] == [str(two[0].pk)]
    assert format_day(ENDED_ON) in choices[0][1]


@pytest.mark.parametrize(("also", "state"), [(False, SUBMITTED), (True, CONFIRMED)])
def test_only_what_is_ticked_under_the_question_is_confirmed(keeper, two, also, state):
    page = tick(keeper, *two)
    sent = read(page).form_to(CONFIRM).sent()

    chosen = {"also": [str(two[0].pk)]} if also else {}
    answer = keeper.client.post(CONFIRM, {**sent, **chosen}, follow=True)

    assert states(*two) == [state, CONFIRMED]
    told = "".join(str(message) for message in answer.context["messages"])
    assert (two[0].member.name in told) == (not also)


def test_hours_that_changed_since_the_list_was_shown_are_not_confirmed(keeper, two):
    page = keeper.get(SERVICE)
    ServiceRecord.objects.filter(pk=two[1].pk).update(hours=two[1].hours + 1)
    sent = {**read(page).form_to(CONFIRM).sent(), "record": [two[1].pk]}

    answer = keeper.client.post(CONFIRM, sent, follow=True)

    told = "".join(str(message) for message in answer.context["messages"])
    assert states(two[1]) == [SUBMITTED]
    assert two[1].member.name in told
    tick(keeper, two[1])
    assert states(two[1]) == [CONFIRMED]


def test_hours_after_an_end_are_marked_in_the_list(keeper, two):
    page = keeper.get(SERVICE).content.decode()

    ended = Member.objects.get(pk=two[0].member_id)
    assert page.count(describe_end_before(ended, LATER)) == 1


def test_others_are_confirmed_without_a_question(keeper, two):
    tick(keeper, two[1])

    assert states(*two) == [SUBMITTED, CONFIRMED]


def test_a_confirmation_by_mistake_is_taken_back_and_no_longer_counts(
    member, confirmed, keeper, east
):
    record = confirmed
    hours = indicators.get("service_hours")
    month = record.month
    assert hours.measure(hours.rows_within(east, month)) == record.hours

    url = reverse("volunteering:take_back", args=[record.pk])
    noted = RecordAfterEnd.objects.get(kind="volunteering.service")
    settle = reverse("members:keep_after_end", args=[noted.pk])
    keeper.follow(settle, url, reason="本人当时已经去世")

    record.refresh_from_db()
    assert (record.state, record.month, record.confirmed_by) == (RETURNED, None, None)
    assert hours.measure(hours.rows_within(east, month)) == 0
    missed = reverse("volunteering:missed", args=[record.claim_id])
    keeper.fill(missed)
    record.claim.refresh_from_db()
    assert record.claim.state == ClaimState.MISSED
    note_records_after_ends()
    assert not RecordAfterEnd.objects.exists()


def test_hours_of_a_closed_month_are_not_taken_back(confirmed, keeper, east):
    record = confirmed
    closed(east, record.month)

    with pytest.raises(ServicePublished):
        take_back_confirmation(record, by=keeper.user, reason="本人当时已经去世")

    assert states(record) == [CONFIRMED]


def test_hours_that_wait_have_no_confirmation_to_take_back(keeper, two):
    with pytest.raises(ServiceNotConfirmed):
        take_back_confirmation(two[0], by=keeper.user, reason="本人当时已经去世")


HANDED_BACK = {"state": RETURNED, "confirmed_by": None, "month": None}


@pytest.mark.both
@pytest.mark.parametrize("back", [{}, HANDED_BACK])
@pytest.mark.parametrize("change", [{"hours": 3}, {"remark": "打扫"}])
def test_what_was_confirmed_is_not_changed_even_when_handed_back(
    confirmed, change, back
):
    rows = ServiceRecord.objects.filter(state=CONFIRMED)

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**back, **change)
    rows.update(**HANDED_BACK)

    assert states(confirmed) == [RETURNED]


@pytest.mark.both
def test_a_confirmation_is_not_edited_in_place(confirmed):
    rows = ServiceRecord.objects.filter(state=CONFIRMED)

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(return_reason="请核对")
