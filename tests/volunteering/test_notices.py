"""Notices sent to members."""

import datetime as dt

import pytest

from accounts.models import Notice
from tests.factories.members import account_of
from tests.factories.volunteering import ClaimFactory, ServiceRecordFactory
from volunteering.actions import (
    change_shift,
    close_post,
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


def test_who_gave_his_place_back_is_not_told(
    lawyer, django_capture_on_commit_callbacks
):
    claim = withdraw_claim(ClaimFactory(member=lawyer), by=None)
    user = account_of(lawyer)

    with django_capture_on_commit_callbacks(execute=True):
        close_post(claim.shift.post, by=None, reason="需求已满足")

    assert list_notices(user) == []


def test_who_is_expected_is_told_of_another_meeting_place(
    lawyer, django_capture_on_commit_callbacks
):
    shift = ClaimFactory(member=lawyer, shift__post__title="义诊").shift
    user = account_of(lawyer)
    day = f"{shift.starts_at:%Y-%m-%d}"

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
            f"李明{dt.date(2026, 3, 10)}的服务时长被退回：时长有误",
            f"/claims/{record.claim_id}/record/",
        )
    ]


def test_the_notice_of_a_return_is_read_once_the_hours_are_corrected(secretary):
    record = ServiceRecordFactory()
    return_service(record, by=secretary, reason="时长有误")
    before = Notice.objects.unread().count()

    record_service(record.claim, by=record.recorded_by, hours=record.hours)

    assert (before, Notice.objects.unread().count()) == (1, 0)
