"""Papers that are stamped as one sheet fit on one."""

import re

import pytest
from django.urls import reverse

from members.actions import check_in
from members.enums import Category
from members.fields import interest_choices, skill_choices
from members.models import Member
from organizations.roles import Role
from tests.browser.conftest import sign_in
from tests.factories.accounts import holder
from tests.factories.checkin_rounds import CheckInRoundFactory
from tests.factories.members import MemberFactory, TransferFactory
from tests.factories.organizations import BranchFactory, CommunityFactory, StreetFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHEET = re.compile(rb"/MediaBox")


@pytest.mark.parametrize("name", ["南城街道", "枣阳经济技术开发区惠湾工业园片区街道"])
def test_a_transfer_letter_of_three_parts_is_one_sheet(desk, live_server, name):
    street = StreetFactory(name=name, full_name=f"中共枣阳市{name}工作委员会")
    community = CommunityFactory(parent=street, name=f"{name}丹桂社区")
    branch = BranchFactory(parent=community, full_name=f"中共{name}第十五支部委员会")
    other = StreetFactory(full_name=f"中共襄阳市{name}工作委员会")
    member = MemberFactory(organization=branch)
    letter = TransferFactory(member=member, to=other, issued=True)
    sign_in(desk, holder(Role.STREET_STAFF, street), live_server.url)
    desk.goto(live_server.url + reverse("members:print_letter", args=[letter.pk]))

    printed = desk.pdf(prefer_css_page_size=True)

    assert len(SHEET.findall(printed)) == 1


@pytest.mark.parametrize("category", [Category.IN_SERVICE, Category.MOBILE])
def test_the_slip_and_the_receipt_of_a_check_in_are_one_sheet(
    desk, live_server, category
):
    street = StreetFactory(name="南城街道")
    community = CommunityFactory(
        parent=street, full_name="中共枣阳经济技术开发区惠湾工业园片区丹桂社区委员会"
    )
    CheckInRoundFactory(
        organization=street,
        basis="中共枣阳市委组织部关于做好在职党员到社区报到服务工作的通知",
        expected="每年到社区参加服务不少于两次，" * 8,
    )
    member = MemberFactory(in_service=True, community=community)
    Member.objects.filter(pk=member.pk).update(
        category=category,
        skills=[code for code, _label in skill_choices()],
        interests=[code for code, _label in interest_choices()],
    )
    member.refresh_from_db()
    row = check_in(member, community, by=None)
    sign_in(desk, holder(Role.SECRETARY, community), live_server.url)
    desk.goto(live_server.url + reverse("members:check_in_slip", args=[row.pk]))

    printed = desk.pdf(prefer_css_page_size=True)

    assert len(SHEET.findall(printed)) == 1
