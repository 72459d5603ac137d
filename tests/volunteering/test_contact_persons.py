"""Posts of before name no contact person; keepers are shown which, and fill them in."""

import datetime as dt

import pytest
from django.urls import reverse

from core.registries.todos import todos_for
from tests.factories.members import MemberFactory, account_of
from tests.factories.volunteering import ServiceRecordFactory, ShiftFactory
from volunteering.actions import change_post, close_post

TODAY = dt.date(2026, 6, 1)
NO_CONTACT = {"post__contact_name": "", "post__contact_phone": None}
MISSING = "未填联系人"


@pytest.fixture
def post(east):
    """A post of 东社区 of before, beside one with a contact person."""
    ShiftFactory(post__organization=east)
    return ShiftFactory(post__organization=east, **NO_CONTACT).post


def missing_todos(person):
    return [t for t in todos_for(person, TODAY) if "contact=missing" in t.url]


def test_the_list_marks_and_finds_posts_without_a_contact_person(
    enter, secretary, post
):
    browser = enter(secretary)
    (todo,) = missing_todos(secretary)

    everything = browser.get(reverse("volunteering:list")).content.decode()
    found = browser.get(todo.url).context["table"].rows

    assert everything.count(f">{MISSING}<") == 1
    assert [row.record.post for row in found] == [post]
    assert todo.count == 1


def test_the_page_of_a_post_asks_its_keepers_for_the_contact_person(
    enter, secretary, post
):
    member = account_of(MemberFactory())

    pages = [
        enter(person).get(post.get_absolute_url()).content.decode()
        for person in (secretary, member)
    ]

    assert ["尚未填写" in page for page in pages] == [True, False]


@pytest.mark.parametrize(
    "settle",
    [
        lambda post: change_post(
            post, by=None, contact_name="王芳", contact_phone="13800000000"
        ),
        lambda post: close_post(post, by=None, reason="已满足"),
    ],
    ids=["filled in", "closed"],
)
def test_a_post_that_needs_no_contact_person_any_more_is_not_asked_after(
    secretary, post, settle
):
    before = len(missing_todos(secretary))

    settle(post)

    assert (before, len(missing_todos(secretary))) == (1, 0)


def test_the_public_is_not_told_which_contact_person_is_missing(client, post):
    assert MISSING not in client.get(reverse("volunteering:list")).content.decode()


def test_a_member_s_page_shows_when_there_was_contact_last(enter, secretary, branch):
    served = MemberFactory(organization=branch)
    ServiceRecordFactory(claim__member=served, confirmed=True)
    other = MemberFactory(organization=branch)

    pages = [
        enter(secretary).get(member.get_absolute_url()) for member in (served, other)
    ]

    assert [page.context["last_contact"] for page in pages] == [
        dt.date(2026, 3, 10),
        None,
    ]
    assert "最近联系（会议、服务）</dt><dd>2026年3月10日" in pages[0].content.decode()
