"""Papers that are stamped as one sheet fit on one."""

import re

import pytest
from django.urls import reverse

from organizations.roles import Role
from tests.browser.conftest import sign_in
from tests.factories.accounts import holder
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
