"""The slip of a check-in says what is true of the category (S3-15, R-20)."""

import datetime as dt

import pytest
from django.urls import reverse

from core.months import today
from members.actions import check_in
from members.enums import Category
from members.models import CheckIn, Member
from tests.factories.checkin_rounds import CheckInRoundFactory
from tests.factories.members import MemberFactory, account_of

pytestmark = pytest.mark.django_db
MONTH_AGO = today() - dt.timedelta(days=30)


@pytest.fixture(autouse=True)
def running(street):
    """The street's round, by its document, within which everybody here checks in."""
    return CheckInRoundFactory(
        organization=street,
        basis="组发〔2026〕9号",
        starts_on=today() - dt.timedelta(days=180),
        ends_on=today() + dt.timedelta(days=180),
    )


def guest(community, category, **values):
    member = MemberFactory(in_service=True, community=community)
    Member.objects.filter(pk=member.pk).update(category=category, **values)
    member.refresh_from_db()
    check_in(member, community, by=None, on=MONTH_AGO)
    member.refresh_from_db()
    return member


def slip_of(enter, user, member):
    key = CheckIn.objects.get(member=member, ends_on=None).pk
    path = reverse("members:check_in_slip", args=[key])
    return enter(user).get(path).content.decode()


def test_an_in_service_member_gets_the_document_of_the_round(enter, secretary, east):
    slip = slip_of(enter, secretary, guest(east, Category.IN_SERVICE))

    assert "在职党员社区报到单" in slip
    assert "组发〔2026〕9号" in slip
    assert "正式组织关系仍在单位" in slip


@pytest.mark.mission("S3-15")
def test_a_mobile_member_gets_no_words_about_units_and_rounds(enter, secretary, east):
    member = guest(east, Category.MOBILE)
    CheckIn.objects.filter(member=member).update(home_branch="襄州区古驿镇支部")
    slip = slip_of(enter, secretary, member)

    assert "流动党员报到单" in slip
    assert "在职党员" not in slip
    assert "组发〔2026〕9号" not in slip
    assert "单位留存" not in slip
    assert "正式组织关系仍在襄州区古驿镇支部" in slip


def test_a_mobile_member_of_no_known_branch_still_gets_a_true_slip(
    enter, secretary, east
):
    member = guest(east, Category.MOBILE, basis="流动党员登记表")
    slip = slip_of(enter, secretary, member)

    assert "正式组织关系仍在原党组织" in slip
    assert "流动党员登记表" in slip


def test_a_resident_member_of_another_branch_is_no_in_service_member(
    enter, secretary, east, foreign
):
    member = MemberFactory(organization=foreign)
    check_in(member, east, by=None, on=MONTH_AGO)
    slip = slip_of(enter, secretary, member)

    assert "党员社区报到单" in slip
    assert "在职党员" not in slip
    assert f"正式组织关系仍在{foreign.full_name}" in slip


def test_the_round_is_told_to_in_service_members_alone(enter, east):
    told = {}
    for category in (Category.IN_SERVICE, Category.MOBILE):
        phone = enter(account_of(guest(east, category)))
        page = phone.get(reverse("members:me")).content.decode()
        told[category] = "组发〔2026〕9号" in page

    assert told == {Category.IN_SERVICE: True, Category.MOBILE: False}
