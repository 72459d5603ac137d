"""Members are found by a whole number, by a skill, and by what their record lacks."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import AccessEntry, Notice
from core.db.voidable import NOT_VOIDED
from members.actions import check_in, end_membership, set_skills
from members.actions.unmasking import LOOKS_AN_HOUR
from members.enums import Category, EndReason, Standing
from members.missing_facts import MISSING_FACTS, describe_missing_facts
from members.models import Member
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.members import MemberFactory, account_of
from tests.factories.organizations import BranchFactory, UnitFactory
from tests.factories.volunteering import PostFactory, ServiceRecordFactory

PHONE = "13900001234"
QUESTION = "members.record_question"


def find(browser, number):
    return browser.post(reverse("members:find"), {"number": number})


def ask_city(browser, number, reason="核实身份"):
    return browser.post(reverse("members:find"), {"number": number, "reason": reason})


def listed(browser, **query):
    answer = browser.get(reverse("members:list"), {"record": "", **query})
    return {row.record.name for row in answer.context["table"].rows}


def helpers(browser, **query):
    answer = browser.get(reverse("members:helpers"), query)
    return [row.record.name for row in answer.context["table"].rows]


@pytest.mark.mission("S2-44")
@pytest.mark.parametrize("typed", [PHONE, "139 0000 1234", "+86 139-0000-1234"])
def test_a_phone_in_any_spelling_finds_its_member_and_is_recorded(
    browser, secretary, branch, typed
):
    member = MemberFactory(organization=branch, phone=PHONE)

    answer = find(browser, typed)

    assert answer.headers["Location"] == member.get_absolute_url()
    entry = AccessEntry.objects.get()
    assert (entry.action, entry.actor, entry.subject_id) == (
        "members.record_find_by_phone",
        secretary,
        str(member.pk),
    )
    assert PHONE not in str(entry.__dict__)


def test_all_who_share_a_phone_are_listed_and_recorded(browser, branch, foreign):
    family = [
        MemberFactory(organization=branch, phone=PHONE, name=name)
        for name in ("王强", "李梅")
    ]
    MemberFactory(phone=PHONE, name="外人")

    answer = find(browser, PHONE)

    assert {member.name for member in answer.context["found"]} == {"王强", "李梅"}
    assert {entry.subject_id for entry in AccessEntry.objects.all()} == {
        str(member.pk) for member in family
    }
    assert PHONE[:7] not in answer.content.decode().replace(f'value="{PHONE}"', "")


def test_a_phone_elsewhere_gets_the_same_answer_as_one_of_nobody(browser):
    MemberFactory(phone=PHONE, name="外人")

    errors = [find(browser, n).context["form"].errors for n in (PHONE, "13900009999")]

    assert errors[0] == errors[1] != {}
    assert AccessEntry.objects.count() == 0


def test_a_part_of_a_number_finds_nobody_and_says_what_is_needed(browser, branch):
    MemberFactory(organization=branch, phone=PHONE)

    errors = find(browser, PHONE[:8]).context["form"].errors["number"]

    assert "既不是身份证号码" in errors[0]
    assert AccessEntry.objects.count() == 0


LACKING = {
    "phone": {"phone": None},
    "ethnicity": {"ethnicity": ""},
    "education": {"education": ""},
    "join_date": {"join_date": None, "full_member_date": None},
    "full_member_date": {"full_member_date": None},
    "employer": {"category": Category.IN_SERVICE},
    "address": {"address": ""},
}
COMPLETE = {
    "ethnicity": "汉族",
    "education": "60",
    "full_member_date": dt.date(2011, 7, 1),
    "address": "东街1号",
}


def check_in_on_paper(name, community, *, home_branch="外地支部", **values):
    """Check in a guest, on a document that is named and with a branch elsewhere."""
    values = {"employer": UnitFactory(), "basis": "报到单", **values}
    member = MemberFactory(name=name, in_service=True, community=community, **values)
    check_in(member, community, by=None, home_branch=home_branch)
    return member


@pytest.fixture
def lacking_people(branch, east):
    """People with a full record, and for each fact one who lacks it."""
    MemberFactory(organization=branch, name="齐全", **COMPLETE)
    guests = (
        check_in_on_paper(name, east, **values)
        for name, values in (
            ("齐全", {}),
            ("缺支部", {"home_branch": ""}),
            ("缺依据", {"basis": ""}),
        )
    )
    _whole, homeless, baseless = guests
    return {
        "home_branch": homeless,
        "check_in_basis": baseless,
    } | {
        key: MemberFactory(organization=branch, name=f"缺{n}", **{**COMPLETE, **values})
        for n, (key, values) in zip("甲乙丙丁戊己庚", LACKING.items(), strict=True)
    }


@pytest.mark.mission("S3-05")
@pytest.mark.parametrize("key", [fact.key for fact in MISSING_FACTS])
def test_the_page_and_the_list_say_the_same_of_what_is_missing(
    browser, lacking_people, key
):
    label = next(str(fact.label) for fact in MISSING_FACTS if fact.key == key)
    members = Member.objects.filter(NOT_VOIDED)

    on_pages = {
        member.name
        for member in members
        if label in map(str, describe_missing_facts(member))
    }

    assert listed(browser, missing=key) == on_pages
    assert lacking_people[key].name in on_pages
    assert "齐全" not in on_pages


def test_a_record_says_what_it_lacks_until_the_member_has_left(browser, branch):
    member = MemberFactory(organization=branch, **{**COMPLETE, "address": ""})

    before = browser.get(member.get_absolute_url()).content.decode()
    end_membership(member, reason=EndReason.DIED, by=None)
    after = browser.get(member.get_absolute_url()).content.decode()

    assert "记录中还缺：家庭住址" in before
    assert "记录中还缺" not in after


def test_nobody_asks_a_probationary_member_since_when_they_are_full(branch):
    values = {**COMPLETE, "full_member_date": None}
    member = MemberFactory(
        organization=branch, standing=Standing.PROBATIONARY, **values
    )

    assert describe_missing_facts(member) == []


@pytest.mark.mission("S1-14", "S3-11", "S3-12")
def test_who_plans_a_post_opens_the_members_who_can_do_it(browser, branch, east):
    able, other, gone = (
        MemberFactory(organization=branch, name=name)
        for name in ("能人", "别人", "故人")
    )
    check_in(able, east, by=None)
    set_skills(able, skills=["law", "repair"], available="周六上午", by=None)
    set_skills(other, skills=["health"], available="", by=None)
    set_skills(gone, skills=["law"], available="", by=None)
    end_membership(gone, reason=EndReason.DIED, by=None)
    post = PostFactory(organization=east, skills=["law"])

    page = browser.get(post.get_absolute_url()).content.decode()
    written = browser.get(able.get_absolute_url()).content.decode()

    assert "skill=law" in page
    assert listed(browser, skill="law") == {"能人"}
    assert helpers(browser, skill="law") == ["能人"]
    assert "法律咨询、家电维修" in written
    assert "周六上午" in written


@pytest.mark.mission("S1-14", "S3-12")
def test_members_of_a_unit_are_found_by_interest_and_by_hours_in_or_outside_work(
    browser, branch, east
):
    school = UnitFactory(name="第一中学", host=east)
    for name, unit, hours in (
        ("甲", school, ["6m", "7e"]),
        ("乙", school, ["1m"]),
        ("丙", None, ["5e"]),
        ("丁", school, []),
    ):
        member = MemberFactory(organization=branch, name=name, employer=unit)
        values = {"interests": ["music"], "free_hours": hours, "available": ""}
        set_skills(member, skills=[], by=None, **values)

    assert helpers(browser, employer=school.pk, free="outside") == ["甲"]
    assert helpers(browser, employer=school.pk, free="inside") == ["乙"]
    assert set(helpers(browser, free="outside")) == {"甲", "丙"}
    assert helpers(browser, free="6m") == ["甲"]
    assert len(helpers(browser, interest="music")) == 4
    assert helpers(browser, interest="chess") == []


@pytest.mark.mission("S3-12")
def test_how_often_they_served_stands_beside_and_sorts_nothing(browser, secretary):
    record = ServiceRecordFactory(
        confirmed=True,
        claim__shift__post__organization=secretary.role_assignments.get().organization,
    )
    member = record.member
    check_in_if_needed(member, record.community)
    set_skills(member, skills=["law"], available="", by=None)
    page = browser.get(reverse("members:helpers"), {"sort": "took_part_service"})

    table = page.context["table"]
    assert [row.get_cell("took_part_service") for row in table.rows] == [1]
    assert not table.columns["took_part_service"].orderable


def check_in_if_needed(member, community):
    """Check a member in where they served, unless they are."""
    if member.community_id != community.pk:
        check_in(member, community, by=None)


@pytest.mark.mission("S3-12")
def test_a_member_ticks_what_they_like_and_when_they_are_free(enter, branch):
    member = MemberFactory(organization=branch)
    phone = enter(account_of(member))
    form = {"skills": ["law"], "interests": ["music"], "free_hours": ["6m", "6a"]}
    phone.post(reverse("members:skills"), form)

    member.refresh_from_db()
    assert (member.interests, member.free_hours) == (["music"], ["6m", "6a"])


@pytest.mark.mission("S2-44")
def test_a_member_of_another_street_is_told_as_such_for_a_reason_that_is_recorded(
    browser, secretary, foreign
):
    member = MemberFactory(
        name="外街党员",
        organization=BranchFactory(parent=foreign),
        phone=PHONE,
    )

    without = find(browser, PHONE).content.decode()
    assert "望江街道" not in without
    assert not AccessEntry.objects.exists()
    answer = browser.post(
        reverse("members:find"), {"number": PHONE, "reason": "来社区报到，核实身份"}
    )
    body = answer.content.decode()

    assert "望江街道" in body
    assert "外街党员" not in body
    assert foreign.name not in body
    question, told = AccessEntry.objects.order_by("pk")
    assert (question.action, told.action) == (QUESTION, "members.record_find_elsewhere")
    assert (question.subject_id, told.subject_id) == ("", str(member.pk))
    for entry in (question, told):
        assert (entry.actor, entry.reason) == (secretary, "来社区报到，核实身份")


@pytest.mark.mission("S2-44")
def test_the_whole_city_knows_nobody_and_the_register_of_guests_is_one_step_away(
    browser, secretary
):
    body = ask_city(browser, PHONE).content.decode()

    assert "全市" in body
    assert "record=guests" in body
    entry = AccessEntry.objects.get()
    assert (entry.action, entry.actor, entry.reason) == (
        QUESTION,
        secretary,
        "核实身份",
    )
    assert PHONE not in str(entry.__dict__)


@pytest.mark.parametrize("asked", [PHONE, "13900006666"])
def test_beyond_the_limit_nobody_is_told_whether_a_number_is_a_member_s(
    browser, foreign, asked
):
    MemberFactory(organization=BranchFactory(parent=foreign), phone=PHONE)
    for _time in range(LOOKS_AN_HOUR):
        ask_city(browser, asked)

    pages = [ask_city(browser, number) for number in (PHONE, "13900006666")]

    errors = [page.context["form"].errors for page in pages]
    assert errors[0] == errors[1] != {}
    assert not any("望江街道" in page.content.decode() for page in pages)
    assert AccessEntry.objects.filter(action=QUESTION).count() == LOOKS_AN_HOUR


def test_asking_the_city_as_often_as_allowed_is_said_once_to_those_who_watch(browser):
    watchers = {holder(Role.AUDITOR), holder(Role.SECURITY_ADMIN)}
    for _time in range(LOOKS_AN_HOUR + 2):
        ask_city(browser, PHONE)

    assert watchers <= {notice.user for notice in Notice.objects.all()}
    told = Notice.objects.filter(user__in=watchers)
    assert told.count() == len(watchers)
    assert "20" in told[0].text
    auditor = next(one for one in watchers if one.scope().has_role({Role.AUDITOR}))
    browser.force_login(auditor)
    assert len(browser.get(told[0].url).context["table"].rows) == LOOKS_AN_HOUR


@pytest.mark.parametrize("number", [PHONE, "139 0000 1234", "110101199003074258"])
def test_a_reason_with_a_number_is_refused_because_the_log_keeps_it(
    browser, branch, foreign, number
):
    member = MemberFactory(organization=branch)
    MemberFactory(organization=BranchFactory(parent=foreign), phone=PHONE)
    reason = f"核实 {number}"

    page = ask_city(browser, PHONE, reason)
    path = reverse("members:unmask", args=[member.pk])
    key = browser.get(path).context["form"]["idempotency_key"].value()
    values = {"idempotency_key": key, "number": "phone", "reason": reason}
    shown = browser.post(path, values)

    assert {*page.context["form"].errors} <= {"reason", "__all__"}
    assert page.context["form"].errors
    assert shown.context["form"].errors
    assert member.phone not in shown.content.decode()
    assert not AccessEntry.objects.exclude(action="members.record_look").exists()
    assert ask_city(browser, PHONE, "2026年11月30日来社区报到").context["asked"]


def test_who_has_left_the_party_is_no_member_of_another_street(browser, foreign):
    gone = MemberFactory(organization=BranchFactory(parent=foreign), phone=PHONE)
    end_membership(gone, reason=EndReason.DIED, by=None)
    data = {"number": PHONE, "reason": "核实身份"}

    assert (
        "望江街道" not in browser.post(reverse("members:find"), data).content.decode()
    )
