"""Full numbers: masked everywhere, shown one at a time for a reason."""

import re

import pytest
from django.urls import reverse

from accounts.actions.administration import holders_of
from accounts.models import AccessEntry, AuditEntry, Notice
from core.months import today
from members.actions import unmask
from members.actions.unmasking import LOOKS_AN_HOUR
from members.errors import TooManyLooks
from organizations.roles import Role
from tests.access_matrix.base import PEOPLE
from tests.factories.accounts import holder
from tests.factories.members import MemberFactory


@pytest.fixture
def member(branch):
    return MemberFactory(organization=branch, name="李明")


def sign_in(client, person):
    client.force_login(person, backend="accounts.backends.UsernameOrPhone")
    return client


def request_number(client, member, number="id_number", **changes):
    url = reverse("members:unmask", args=[member.pk])
    key = client.get(url).context["form"]["idempotency_key"].value()
    data = {"number": number, "reason": "核对介绍信", "idempotency_key": key, **changes}
    return client.post(url, data), data


@pytest.mark.parametrize("number", ["id_number", "phone"])
def test_a_number_is_shown_for_a_reason_and_the_access_recorded(
    client, secretary, member, number
):
    answer, _data = request_number(sign_in(client, secretary), member, number)

    assert getattr(member, number) in answer.content.decode()
    entry = AccessEntry.objects.get(action="members.unmask")
    assert (entry.actor, entry.reason, entry.details) == (
        secretary,
        "核对介绍信",
        {"number": number},
    )
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_number_leaves_the_screen_after_a_minute(client, secretary, member):
    answer, _data = request_number(sign_in(client, secretary), member)

    assert answer.headers["Refresh"] == f"60; url={member.get_absolute_url()}"
    assert (
        member.id_number not in client.get(member.get_absolute_url()).content.decode()
    )


@pytest.mark.parametrize("page", ["/members/{}/", "/admin/members/member/{}/change/"])
def test_viewing_a_record_is_recorded(client, staff, member, page):
    sign_in(client, staff).get(page.format(member.pk))

    entry = AccessEntry.objects.get()
    assert (entry.action, entry.actor, entry.subject_id) == (
        "members.record_look",
        staff,
        str(member.pk),
    )


def test_without_a_reason_nothing_is_shown(client, secretary, member):
    answer, _data = request_number(sign_in(client, secretary), member, reason=" ")

    assert list(answer.context["form"].errors) == ["reason"]
    assert AccessEntry.objects.count() == 0


def test_loading_the_page_again_does_not_show_it_again(client, secretary, member):
    _answer, data = request_number(sign_in(client, secretary), member)

    again = client.post(reverse("members:unmask", args=[member.pk]), data)

    assert again.headers["Location"] == member.get_absolute_url()
    assert AccessEntry.objects.count() == 1


def test_the_number_of_unmaskings_is_limited(secretary, member):
    for _look in range(LOOKS_AN_HOUR):
        unmask(member, "phone", by=secretary, reason="核对")

    with pytest.raises(TooManyLooks):
        unmask(member, "phone", by=secretary, reason="核对")


def test_reading_as_many_as_allowed_is_said_once_to_those_who_watch(secretary, member):
    roles = (Role.SECURITY_ADMIN, Role.AUDITOR)
    asked = {holder(role) for role in roles}
    watchers = {person for role in roles for person in holders_of(role, today())}
    for _look in range(LOOKS_AN_HOUR - 1):
        unmask(member, "phone", by=secretary, reason="核对")
    before = Notice.objects.count()

    unmask(member, "phone", by=secretary, reason="核对")
    with pytest.raises(TooManyLooks):
        unmask(member, "phone", by=secretary, reason="核对")

    assert before == 0
    assert asked <= watchers
    assert {one.user for one in Notice.objects.all()} == watchers
    assert Notice.objects.count() == len(watchers)
    assert "20" in Notice.objects.first().text


def test_the_notice_of_many_numbers_is_announced_on_the_desk(client, secretary, member):
    watcher = holder(Role.AUDITOR)
    for _look in range(LOOKS_AN_HOUR):
        unmask(member, "phone", by=secretary, reason="核对")
    sign_in(client, watcher)

    desk = client.get("/desk/").content.decode()
    notices = client.get("/notices/").content.decode()

    assert "1 条未读通知" in desk
    assert f"{secretary}在一小时内查看了 20 个完整号码" in notices


def test_too_many_unmaskings_are_refused_on_the_page(client, secretary, member):
    for _look in range(LOOKS_AN_HOUR):
        unmask(member, "phone", by=secretary, reason="核对")

    answer, _data = request_number(sign_in(client, secretary), member)

    assert len(answer.context["form"].non_field_errors()) == 1
    assert member.id_number not in answer.content.decode()


def test_a_branch_secretary_reads_no_full_number(client, branch, member):
    sign_in(client, holder(Role.BRANCH_SECRETARY, branch))

    answer = client.post(
        reverse("members:unmask", args=[member.pk]),
        {"number": "id_number", "reason": "想看"},
    )

    assert answer.status_code == 403
    assert AccessEntry.objects.count() == 0


def test_a_guest_s_number_is_not_shown_where_they_are_only_checked_in(
    client, secretary, east
):
    guest = MemberFactory(organization__parent__name="西社区", name="王强")
    guest.community = east
    guest.save(update_fields=["community"])
    sign_in(client, secretary)

    shown = client.get(guest.get_absolute_url())
    asked = client.get(reverse("members:unmask", args=[guest.pk]))

    assert (shown.status_code, asked.status_code) == (200, 403)


def addresses(world):
    """Yield the address of every page of these apps over the world's rows."""
    own, other = world.member.pk, world.other_member.pk
    verbs = ("", "change/", "move/", "affiliate/", "end/", "away/", "unmask/")
    yield from ("/desk/", "/notices/", "/slips/", "/members/", "/members/slips/")
    yield from ("/members/admit/", "/members/find/", "/me/", "/me/check-in/")
    yield from (f"/members/{pk}/{verb}" for pk in (own, other) for verb in verbs)
    for kind in ("member", "affiliation", "checkin", "mobilerecord"):
        yield f"/admin/members/{kind}/"
    yield from ("/admin/accounts/auditentry/", "/admin/accounts/accessentry/")
    for verb in ("change", "history", "end"):
        yield from (f"/admin/members/member/{pk}/{verb}/" for pk in (own, other))
    for entry in AuditEntry.objects.filter(subject_type="members.Member"):
        yield f"/admin/accounts/auditentry/{entry.pk}/change/"


@pytest.mark.parametrize("person", PEOPLE[1:])
def test_no_page_shows_a_number_in_full(client, world, person):
    sign_in(client, world.people[person])
    members = (world.member, world.other_member)
    secrets = [n for m in members for n in (m.id_number, m.phone, m.id_number[:14])]

    pages = {url: client.get(url).content.decode() for url in addresses(world)}

    leaks = [(u, s) for u, body in pages.items() for s in secrets if s in body]
    assert leaks == []


@pytest.mark.parametrize("person", ["secretary", "staff", "branch_secretary"])
def test_no_page_shows_a_birth_date_beside_a_part_of_the_number(client, world, person):
    sign_in(client, world.people[person])
    born, last_four = f"{world.member.birth_date}", world.member.id_number[-4:]

    pages = {url: client.get(url).content.decode() for url in addresses(world)}

    both = [u for u, body in pages.items() if born in body and last_four in body]
    assert both == []
    with_day = {u for u, body in pages.items() if born in body}
    assert with_day <= {f"/members/{world.member.pk}/"}


def test_lists_show_the_month_of_birth(client, secretary, member):
    body = sign_in(client, secretary).get("/members/").content.decode()

    assert re.findall(r"1980[-年]\d+(?:[-月]\d+|月)?", body) == ["1980年1月"]
