"""Members are found by a whole number, by a skill, and by what their record lacks."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import AccessEntry
from core.db.voidable import NOT_VOIDED
from members.actions import check_in, end_membership, set_skills
from members.enums import Category, EndReason, Standing
from members.missing_facts import MISSING_FACTS, describe_missing_facts
from members.models import Member
from tests.factories.members import MemberFactory
from tests.factories.volunteering import PostFactory

PHONE = "13900001234"


def find(browser, number):
    return browser.post(reverse("members:find"), {"number": number})


def listed(browser, **query):
    answer = browser.get(reverse("members:list"), {"record": "", **query})
    return {row.record.name for row in answer.context["table"].rows}


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


@pytest.fixture
def lacking_people(branch):
    """A member with a full record, and for each fact one who lacks it."""
    MemberFactory(organization=branch, name="齐全", **COMPLETE)
    return {
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
    assert "法律咨询、家电维修" in written
    assert "周六上午" in written
