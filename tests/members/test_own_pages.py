"""A member's own pages."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from core.dates import format_day, format_month
from core.months import today
from core.registries.todos import todos_for
from members.actions import (
    change_member,
    check_in,
    issue_member_slips,
    open_account,
    set_skills,
)
from members.enums import Category
from members.models import CheckIn, Member
from organizations.models import CodeItem
from tests.factories.accounts import UserFactory
from tests.factories.members import (
    MemberFactory,
    account_of,
    unmistakable_number,
)
from tests.html import read


@pytest.fixture
def member(east):
    return MemberFactory(
        name="李明",
        in_service=True,
        community=east,
        id_number=unmistakable_number(),
    )


@pytest.fixture
def browser(client, member):
    """李明's phone."""
    client.force_login(account_of(member), "accounts.backends.UsernameOrPhone")
    return client


def own_url(name):
    return reverse(f"members:{name}")


def test_members_see_their_own_record_without_full_numbers(browser, member):
    body = browser.get(own_url("me")).content.decode()

    assert member.name in body
    assert f"<dt>用户名</dt><dd>{account_of(member).username}</dd>" in body
    assert f"{member.phone[:3]}****{member.phone[-4:]}" in body
    assert member.phone not in body
    other = (account_of(member).username, f"{member.join_date}")  # digits of their own
    rest = body.replace(other[0], "").replace(other[1], "")
    assert member.id_number[-5:] not in rest


def test_communities_are_listed_under_their_streets(browser, east, west, foreign):
    listed = browser.get(own_url("check_in")).context["communities"]

    assert [(c.parent.name, c.name) for c in listed] == [
        ("长安街道", "东社区"),
        ("长安街道", "西社区"),
        ("望江街道", "柳岸社区"),
    ]


def test_a_community_is_found_by_a_part_of_its_name(browser, east, foreign):
    listed = browser.get(own_url("check_in"), {"q": "柳"}).context["communities"]

    assert list(listed) == [foreign]


@pytest.mark.mission("S0-24")
def test_pressing_the_button_checks_in_once(browser, member, east):
    data = {"community": east.pk, "idempotency_key": "k"}

    browser.post(own_url("check_in"), data)
    browser.post(own_url("check_in"), data)

    row = CheckIn.objects.get(ends_on=None)
    assert (row.member, row.community) == (member, east)
    own = AuditEntry.objects.filter(
        actor=member.user, action="members.check_in_members"
    )
    assert own.count() == 1


def test_members_check_in_with_one_community_at_a_time(browser, member, east, west):
    browser.post(own_url("check_in"), {"community": east.pk})

    answer = browser.post(own_url("check_in"), {"community": west.pk}, follow=True)

    assert [m.level_tag for m in answer.context["messages"]][-1] == "error"
    assert CheckIn.objects.get(ends_on=None).community == east


@pytest.mark.parametrize("community", ["", "0", "abc", "999999", "٩٩٩٩٩٩"])
def test_checking_in_with_anything_but_a_community_is_404(browser, community):
    answer = browser.post(own_url("check_in"), {"community": community})

    assert answer.status_code == 404


def test_a_street_is_no_community(browser, street):
    answer = browser.post(own_url("check_in"), {"community": street.pk})

    assert answer.status_code == 404
    assert not CheckIn.objects.filter(ends_on=None).exists()


def test_a_member_leaves_with_one_press_and_may_come_back(browser, member, east, west):
    check_in(member, east, by=None, on=today() - dt.timedelta(days=30))

    browser.post(own_url("leave"), {"idempotency_key": "k"})
    browser.post(own_url("check_in"), {"community": west.pk})

    member.refresh_from_db()
    assert member.community == west
    assert east.check_ins.latest("starts_on").ends_on == today()


def test_who_comes_back_is_free_when_they_were_before(browser, member, east, west):
    check_in(member, east, by=None, on=today() - dt.timedelta(days=30))
    set_skills(member, skills=["law"], available="周四晚上", by=None)

    browser.post(own_url("leave"), {"idempotency_key": "k"})
    browser.post(own_url("check_in"), {"community": west.pk})

    assert stored_skills(member) == ({"law"}, "周四晚上")


@pytest.mark.mission("S3-02", "S3-12")
def test_skills_are_ticked_and_recorded_once(browser, member, east):
    check_in(member, east, by=None)
    form = browser.get(own_url("skills")).context["form"]
    key = form["idempotency_key"].value()
    data = {"skills": ["law", "repair"], "available": "周六", "idempotency_key": key}

    browser.post(own_url("skills"), data)

    member.refresh_from_db()
    assert (member.skills, member.check_ins.get(ends_on=None).available) == (
        ["law", "repair"],
        "周六",
    )
    assert AuditEntry.objects.filter(action="members.set_skills").count() == 1
    assert "法律咨询、家电维修" in browser.get(own_url("me")).content.decode()


def open_skills(browser):
    return read(browser.get(own_url("skills"))).posting()[-1]


def stored_skills(member):
    member.refresh_from_db()
    return set(member.skills), member.check_ins.get(ends_on=None).available


def test_ticks_of_two_windows_are_merged(browser, member, east):
    check_in(member, east, by=None)
    set_skills(member, skills=["law", "health"], available="周六", by=None)
    first, second = open_skills(browser), open_skills(browser)

    browser.post(own_url("skills"), first.sent(skills=["law", "health", "repair"]))
    saved = browser.post(own_url("skills"), second.sent(skills=["law"]))

    assert saved.status_code == 302
    assert stored_skills(member) == ({"law", "repair"}, "周六")


def test_a_text_left_alone_takes_nothing_back(browser, member, east):
    check_in(member, east, by=None)
    first, second = open_skills(browser), open_skills(browser)

    browser.post(own_url("skills"), first.sent(available="周日"))
    browser.post(own_url("skills"), second.sent(skills=["law"]))

    assert stored_skills(member) == ({"law"}, "周日")


def test_two_texts_are_shown_side_by_side_and_the_second_press_decides(
    browser, member, east
):
    check_in(member, east, by=None)
    first, second = open_skills(browser), open_skills(browser)
    browser.post(own_url("skills"), first.sent(available="周日", skills=["law"]))

    refused = browser.post(own_url("skills"), second.sent(available="周六"))
    again = read(refused).posting()[-1]
    browser.post(own_url("skills"), again.sent())

    assert refused.status_code == 409
    [conflict] = refused.context["conflicts"]
    assert (conflict.yours, conflict.now) == ("周六", "周日")
    assert stored_skills(member) == ({"law"}, "周六")


def test_what_the_office_changes_elsewhere_is_no_conflict(browser, member, east, staff):
    check_in(member, east, by=None)
    form = open_skills(browser)
    change_member(member, by=staff, address="丹桂路9号")

    browser.post(own_url("skills"), form.sent(skills=["law"]))

    assert stored_skills(member)[0] == {"law"}


def test_free_times_are_asked_of_those_who_are_checked_in(browser, member):
    assert "available" not in open_skills(browser).fields


def test_a_skill_not_on_the_list_is_refused(browser, member):
    answer = browser.post(own_url("skills"), {"skills": ["flying"]})

    assert list(answer.context["form"].errors) == ["skills"]


def test_the_skills_offered_are_those_of_the_code_list(browser):
    offered = browser.get(own_url("skills")).context["form"].fields["skills"].choices

    codes = CodeItem.objects.listed("skills").values_list("code", flat=True)
    assert [code for code, _label in offered] == list(codes)


def test_an_in_service_member_is_reminded_to_check_in(member, east):
    user = account_of(member)

    before = [todo.url for todo in todos_for(user, today())]
    check_in(member, east, by=None)

    assert before == [own_url("check_in")]
    assert todos_for(type(user).objects.get(pk=user.pk), today()) == []


def test_a_resident_member_is_not_reminded(branch):
    member = MemberFactory(organization=branch, category=Category.RESIDENT)

    assert todos_for(account_of(member), today()) == []


def test_an_account_is_opened_once_and_found_by_phone(member):
    first, second = open_account(member, by=None), open_account(member, by=None)

    assert first == second
    assert (first.phone_index, first.username) == (
        member.phone_index,
        f"m{member.pk:08d}",
    )


def test_a_phone_of_another_account_does_not_open_this_one(member):
    UserFactory(phone_index=member.phone_index)

    assert open_account(member, by=None).phone_index is None


def test_slips_open_accounts_where_there_are_none(member):
    other = MemberFactory()
    user = account_of(other)

    issued = issue_member_slips([member, other], by=None)

    member.refresh_from_db()
    assert [slip.user for slip, _code in issued] == [member.user, user]


def test_the_account_follows_its_member_s_phone(client, staff, branch):
    member = MemberFactory(organization=branch, phone="13900001111")
    user = account_of(member)
    old = user.phone_index
    client.force_login(staff, "accounts.backends.UsernameOrPhone")
    url = reverse("members:change", args=[member.pk])
    form = client.get(url).context["form"]
    data = {b.html_name: "" if b.value() is None else b.value() for b in form}

    client.post(url, {**data, "phone": "13900002222"})

    user.refresh_from_db()
    assert user.phone_index == Member.objects.get(pk=member.pk).phone_index
    assert user.phone_index != old


def test_a_community_key_out_of_range_is_404(browser):
    before = list(CheckIn.objects.values())

    answer = browser.post(own_url("check_in"), {"community": "9" * 5000})

    assert answer.status_code == 404
    assert list(CheckIn.objects.values()) == before


def test_a_member_can_compare_their_own_number_with_their_card(browser, member):
    page = browser.get(own_url("me")).content.decode()

    assert f"{'*' * 14}{member.id_number[-4:]}" in page
    assert format_month(member.birth_date) in page
    assert format_day(member.birth_date) not in page
    assert member.id_number[-5:] not in page.replace("*", "")


def test_no_page_shows_part_of_a_number_beside_the_full_birth_date(
    client, member, secretary
):
    client.force_login(secretary, "accounts.backends.UsernameOrPhone")
    page = client.get(reverse("members:detail", args=[member.pk])).content.decode()

    assert format_day(member.birth_date) in page
    assert member.id_number[-4:] not in page
