"""The desk, the notices, and the way home."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import Notice
from core.months import today
from core.registries.todos import Todo, TodoSource, todo_sources
from organizations.roles import Role
from tests.factories.accounts import UserFactory, holder
from tests.factories.members import MemberFactory, account_of
from tests.factories.organizations import UnitFactory


def sign_in(client, user):
    client.force_login(user, "accounts.backends.UsernameOrPhone")
    return client


@pytest.mark.parametrize(
    ("code", "home"),
    [
        (Role.STREET_STAFF, "/desk/"),
        (Role.SECRETARY, "/desk/"),
        (Role.BRANCH_SECRETARY, "/desk/"),
        (Role.ACCOUNTANT, "/desk/"),
        (Role.CITY_OFFICER, "/dashboard/"),
        (Role.SYSTEM_ADMIN, "/desk/"),
        (Role.SECURITY_ADMIN, "/admin/"),
        (Role.AUDITOR, "/log/access/"),
    ],
)
def test_each_role_has_its_home(client, street, code, home):
    everywhere = code in {
        Role.SYSTEM_ADMIN,
        Role.SECURITY_ADMIN,
        Role.AUDITOR,
    }
    user = holder(code, None if everywhere else street)

    answer = sign_in(client, user).get(reverse("accounts:home"))

    assert answer.headers["Location"] == home


def test_a_liaison_goes_to_their_unit_and_a_member_to_the_posts(client, east, branch):
    liaison = holder(Role.LIAISON, unit=UnitFactory(host=east))
    member = account_of(MemberFactory(organization=branch))

    homes = [
        sign_in(client, user).get(reverse("accounts:home")).headers["Location"]
        for user in (liaison, member)
    ]

    assert homes == ["/unit/", "/posts/"]


@pytest.fixture
def waiting():
    """Two things that wait for everybody, one of them overdue."""
    found = [
        Todo("以后再办", "/later/", 3),
        Todo("马上要办", "/now/", 1, today() - dt.timedelta(days=1)),
    ]
    source = TodoSource("tests.waiting", lambda _user, _day: found)
    todo_sources.add(source)
    yield
    del todo_sources._items[source.key]


def test_the_desk_shows_what_waits_the_most_pressing_first(client, db, waiting):
    answer = sign_in(client, UserFactory()).get(reverse("accounts:desk"))

    body = answer.content.decode()
    assert [todo.url for todo in answer.context["todos"]] == ["/now/", "/later/"]
    assert body.count("已逾期") == 1


def test_an_empty_desk_says_so(client, db):
    body = sign_in(client, UserFactory()).get(reverse("accounts:desk")).content

    assert "目前没有待办事项" in body.decode()


@pytest.fixture
def notices(staff):
    return [
        Notice.objects.create(user=staff, text=text, url="/desk/")
        for text in ("月报已提交", "有人认领")
    ]


def test_notices_are_counted_until_they_are_read(client, staff, notices):
    sign_in(client, staff)
    before = client.get(reverse("accounts:desk")).context["notice_count"]

    answer = client.post(reverse("accounts:read_notice", args=[notices[0].pk]))

    after = client.get(reverse("accounts:desk")).context["notice_count"]
    assert (before, after, answer.headers["Location"]) == (2, 1, "/desk/")


def test_looking_at_notices_reads_none_of_them(client, staff, notices):
    sign_in(client, staff).get(reverse("accounts:notices"))

    assert Notice.objects.unread().count() == 2


def test_all_notices_are_taken_as_read_at_once_and_only_one_s_own(
    client, staff, stranger, notices
):
    other = Notice.objects.create(user=stranger, text="别人的")

    sign_in(client, staff).post(reverse("accounts:read_notices"))

    assert list(Notice.objects.unread()) == [other]


def test_nobody_reads_another_s_notice(client, stranger, notices):
    url = reverse("accounts:read_notice", args=[notices[0].pk])

    answer = sign_in(client, stranger).post(url)

    assert (answer.status_code, Notice.objects.unread().count()) == (404, 2)
