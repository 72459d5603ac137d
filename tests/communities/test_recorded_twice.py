"""One meeting recorded a second time is asked about, once."""

import datetime as dt

import pytest
from django.urls import reverse

from communities.enums import MeetingKind
from communities.models import Meeting
from core.web.idempotency import KEY
from tests.factories.communities import MeetingFactory
from tests.factories.organizations import BranchFactory

DAY = dt.date(2026, 6, 10)


def record(browser, chair, *, kind=MeetingKind.MEMBERS, day=DAY, **typed):
    """Send the minutes of a meeting of the chair's branch."""
    args = [chair.organization_id, kind, day.year, day.month, day.day]
    data = {"topic": "学习", "chair": chair.pk, "recorder": chair.pk, **typed}
    return browser.post(reverse("communities:record_for", args=args), data)


@pytest.mark.parametrize("topic", ["学习", " 学 习 ", "学习\u3000"])
def test_the_same_meeting_is_asked_about_and_then_recorded(
    enter, keeper, branch, li, topic
):
    browser = enter(keeper)
    record(browser, li)

    asked = record(browser, li, topic=topic).context["form"]
    assert Meeting.objects.count() == 1
    assert "学习" in asked.non_field_errors()[0]
    assert not asked["confirmed"].is_hidden
    record(browser, li, topic=topic, confirmed="on")

    assert Meeting.objects.count() == 2


@pytest.mark.parametrize(
    "other",
    [
        {"topic": "选举"},
        {"kind": MeetingKind.LESSON},
        {"day": DAY - dt.timedelta(days=1)},
    ],
    ids=str,
)
def test_another_meeting_is_not_asked_about(enter, keeper, branch, li, other):
    browser = enter(keeper)
    record(browser, li)

    record(browser, li, **other)

    assert Meeting.objects.count() == 2


def test_neither_voided_meetings_nor_those_of_other_branches_are_the_same(
    enter, keeper, branch, li
):
    MeetingFactory(topic="学习", organization=BranchFactory())
    voided = MeetingFactory(topic="学习", chair=li, organization=branch)
    Meeting.objects.filter(pk=voided.pk).update(
        voided_at=dt.datetime(2026, 7, 1, tzinfo=dt.UTC),
        void_month=DAY.replace(day=1),
        void_reason="误录",
    )

    record(enter(keeper), li)

    assert branch.meetings.count() == 1


def test_a_correction_that_makes_two_meetings_the_same_is_asked_about(
    enter, keeper, branch, li
):
    first, second = (
        MeetingFactory(topic=topic, chair=li, organization=branch)
        for topic in ("学习", "选举")
    )
    browser, url = enter(keeper), reverse("communities:change", args=[second.pk])

    def correct(**typed):
        shown = browser.get(url).context["form"]
        data = {name: shown[name].value() or "" for name in shown.fields}
        data["called"] = [li.pk]
        return browser.post(url, {**data, KEY: shown[KEY].value(), **typed})

    asked = correct(topic=first.topic)
    assert asked.context["form"].non_field_errors()
    correct(place="活动室")
    correct(topic=first.topic, confirmed="on")

    second.refresh_from_db()
    assert (second.topic, second.place) == ("学习", "活动室")
