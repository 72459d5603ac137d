"""Notices sent to members."""

import datetime as dt
import re
from decimal import Decimal

import pytest
import time_machine

from accounts.models import Notice
from core.dates import format_day
from tests.factories.members import account_of
from tests.factories.volunteering import ClaimFactory, ServiceRecordFactory
from volunteering.actions import (
    cancel_shift,
    change_shift,
    close_post,
    find_clashes,
    mark_missed,
    record_service,
    return_service,
    withdraw_claim,
)

pytestmark = pytest.mark.django_db


def list_notices(user):
    return list(Notice.objects.filter(user=user).values_list("text", "url"))


def test_who_is_still_expected_is_told_that_the_post_closes(
    lawyer, django_capture_on_commit_callbacks
):
    post = ClaimFactory(member=lawyer, shift__post__title="义诊").shift.post
    user = account_of(lawyer)

    with django_capture_on_commit_callbacks(execute=True):
        close_post(post, by=None, reason="需求已满足")

    assert list_notices(user) == [
        ("“义诊”不再接受认领，您已认领的名额保留。", post.get_absolute_url())
    ]


def test_a_member_who_withdrew_is_not_notified(
    lawyer, django_capture_on_commit_callbacks
):
    claim = withdraw_claim(ClaimFactory(member=lawyer), by=None)
    user = account_of(lawyer)

    with django_capture_on_commit_callbacks(execute=True):
        close_post(claim.shift.post, by=None, reason="需求已满足")

    assert list_notices(user) == []


def test_who_is_expected_is_notified_of_another_meeting_place(
    lawyer, django_capture_on_commit_callbacks
):
    shift = ClaimFactory(member=lawyer, shift__post__title="义诊").shift
    user = account_of(lawyer)
    day = format_day(shift.day)

    with django_capture_on_commit_callbacks(execute=True):
        change_shift(shift, by=None, meeting_point="北门")
        change_shift(shift, by=None, capacity=5)

    assert list_notices(user) == [
        (f"“义诊”{day}的集合地点改为：北门", shift.get_absolute_url())
    ]


def test_whoever_recorded_the_hours_is_told_why_they_come_back(
    east, clerk, secretary, django_capture_on_commit_callbacks
):
    record = ServiceRecordFactory(
        claim__past=True,
        claim__shift__post__organization=east,
        claim__member__name="李明",
        by=clerk,
    )

    with django_capture_on_commit_callbacks(execute=True):
        return_service(record, by=secretary, reason="时长有误")

    assert list_notices(clerk) == [
        (
            "李明2026年3月10日的服务时长被退回：时长有误",
            f"/claims/{record.claim_id}/record/",
        )
    ]


def test_the_notice_of_a_return_is_read_once_the_hours_are_corrected(secretary):
    record = ServiceRecordFactory()
    return_service(record, by=secretary, reason="时长有误")
    before = Notice.objects.unread().count()

    record_service(record.claim, by=record.recorded_by, hours=record.hours)

    assert (before, Notice.objects.unread().count()) == (1, 0)


ISO_DAY = re.compile(r"\d{4}-\d{2}")
HOUR = dt.timedelta(hours=1)


def move(claim):
    """Move a claimed shift by an hour."""
    shift = claim.shift
    later = {"starts_at": shift.starts_at + HOUR, "ends_at": shift.ends_at + HOUR}
    change_shift(shift, by=None, reason="场地维修", **later)


NOTIFIED = {
    "closing": lambda claim: close_post(claim.shift.post, by=None, reason="已满足"),
    "moving": move,
    "meeting point": lambda claim: change_shift(
        claim.shift, by=None, meeting_point="北门"
    ),
}


@pytest.mark.parametrize("what", NOTIFIED)
def test_a_member_who_withdraws_has_read_the_notices_of_the_claim(lawyer, what):
    claim = ClaimFactory(member=lawyer)
    colleague = ClaimFactory(shift=claim.shift)
    member, other = account_of(lawyer), account_of(colleague.member)
    NOTIFIED[what](claim)
    told = list(Notice.objects.unread().values_list("user", flat=True))

    withdraw_claim(claim, by=member)

    assert sorted(told) == sorted([member.pk, other.pk])
    assert list(Notice.objects.unread().values_list("user", flat=True)) == [other.pk]


@pytest.mark.parametrize(
    "deal_with",
    [
        lambda claim, by: record_service(claim, by=by, hours=Decimal(1)),
        lambda claim, by: mark_missed(claim, by=by),
    ],
    ids=["hours", "absence"],
)
def test_who_records_what_came_of_a_claim_has_read_what_they_were_told_of_it(
    lawyer, deal_with
):
    claim = ClaimFactory(member=lawyer)
    member = account_of(lawyer)
    move(claim)
    claim.refresh_from_db()

    with time_machine.travel(claim.shift.ends_at + HOUR):
        deal_with(claim, member)

    assert list_notices(member) != []
    assert Notice.objects.unread().count() == 0


def test_a_notice_of_another_claim_stays_unread(lawyer):
    claim = ClaimFactory(member=lawyer)
    other = ClaimFactory(member=lawyer, shift__hour=15)
    member = account_of(lawyer)
    move(other)

    withdraw_claim(claim, by=member)

    assert Notice.objects.unread().count() == 1


@pytest.mark.parametrize("what", [*NOTIFIED, "cancelling", "returning"])
def test_every_notice_writes_its_days_as_pages_do(lawyer, secretary, what):
    claim = ClaimFactory(member=lawyer)
    account_of(lawyer)
    notified = NOTIFIED | {
        "cancelling": lambda claim: cancel_shift(claim.shift, by=None, reason="暴雨"),
        "returning": lambda _claim: return_service(
            ServiceRecordFactory(), by=secretary, reason="时长有误"
        ),
    }

    notified[what](claim)

    texts = list(Notice.objects.values_list("text", flat=True))
    assert texts
    assert [text for text in texts if ISO_DAY.search(text)] == []


def test_a_shift_moved_to_the_time_of_another_is_told_to_who_claimed_both(lawyer):
    claim = ClaimFactory(member=lawyer, shift__post__title="义诊")
    colleague = ClaimFactory(shift=claim.shift)
    member = account_of(lawyer)
    account_of(colleague.member)
    late = {n: getattr(claim.shift, n) + 3 * HOUR for n in ("starts_at", "ends_at")}
    ClaimFactory(
        member=lawyer,
        shift__post__title="清洁楼道",
        **{f"shift__{name}": moment for name, moment in late.items()},
    )

    shift = change_shift(claim.shift, by=None, reason="场地维修", **late)

    clashes = Notice.objects.filter(text__contains="清洁楼道")
    assert [notice.user for notice in clashes] == [member]
    assert "请退掉其中一个" in clashes.get().text
    assert [c.member for c, _other in find_clashes(shift)] == [lawyer]
