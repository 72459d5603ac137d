"""A branch secretary adds guests of the same community by their full name (S4-07)."""

import pytest
from django.urls import reverse

from communities.enums import MeetingKind, Presence
from communities.models import Meeting
from tests.factories.communities import MeetingFactory
from tests.factories.members import CheckInFactory, MemberFactory
from tests.factories.organizations import BranchFactory
from tests.html import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def sibling(east):
    """张三丰 of another branch of the same community."""
    return MemberFactory(name="张三丰", organization=BranchFactory(parent=east))


def record_url(branch):
    kind = MeetingKind.THEME_DAY
    return reverse("communities:record_for", args=[branch.pk, kind, 2026, 6, 10])


def offered(answer):
    return [row.member.name for row in answer.context["form"].guest_rows]


@pytest.mark.mission("S4-07")
def test_a_member_of_another_branch_is_added_by_name_and_attends_as_a_guest(
    enter, keeper, branch, li, sibling
):
    browser, url = enter(keeper), record_url(branch)
    assert offered(browser.get(url)) == []

    found = browser.get(url, {"guest": "张三丰"})
    form = read(found).posting()[-1]
    sent = form.sent(topic="学习", chair=li.pk, recorder=li.pk, guests=sibling.pk)
    browser.post(f"{url}?guest=张三丰", sent)

    assert offered(found) == ["张三丰"]
    rows = Meeting.objects.get().attendances
    assert rows.get(member=sibling).presence == Presence.GUEST


@pytest.mark.mission("S4-07")
def test_whoever_is_checked_in_with_the_community_is_found_by_name(
    enter, keeper, branch, east
):
    guest = CheckInFactory(community=east).member

    page = enter(keeper).get(record_url(branch), {"guest": guest.name})

    assert offered(page) == [guest.name]


def test_nobody_of_another_community_is_found(enter, keeper, branch, west):
    MemberFactory(name="张三丰", organization=BranchFactory(parent=west))

    page = enter(keeper).get(record_url(branch), {"guest": "张三丰"})

    assert offered(page) == []
    assert "张三丰" in page.context["guests_not_found"]
    assert "请核对姓名" in page.content.decode()


def test_a_part_of_a_name_finds_nobody(enter, keeper, branch, sibling):
    page = enter(keeper).get(record_url(branch), {"guest": "张三"})

    assert offered(page) == []


def test_a_guest_is_added_to_minutes_that_are_on_record(
    enter, keeper, branch, li, sibling
):
    meeting = MeetingFactory(organization=branch, chair=li)
    url = reverse("communities:change", args=[meeting.pk])

    page = enter(keeper).get(url, {"guest": ["", " 张三丰 ", "李四"]})

    assert offered(page) == ["张三丰"]
    assert page.context["guests_not_found"] == ["李四"]
