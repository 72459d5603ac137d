"""A member claims and gives back on a phone; a secretary ticks hours at a desk."""

import datetime as dt

import pytest
from django.urls import reverse

from core.months import today
from organizations.roles import Role
from tests.browser.conftest import sign_in
from tests.factories.accounts import holder
from tests.factories.members import CheckInFactory, account_of
from tests.factories.organizations import CommunityFactory
from tests.factories.volunteering import (
    PostFactory,
    ServiceRecordFactory,
    ShiftFactory,
    listed_skill,
)
from volunteering.enums import ClaimState
from volunteering.models import Claim, ServiceRecord

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Thumb:
    """Taps what it reads on the screen, and counts the taps."""

    def __init__(self, page):
        self.page, self.taps = page, 0

    def tap(self, role, name):
        self.taps += 1
        with self.page.expect_navigation():
            self.page.get_by_role(role, name=name, exact=True).first.tap()

    def reads(self, text):
        return self.page.get_by_text(text).first.is_visible()


@pytest.fixture
def community(transactional_db):
    """丹桂社区 offers legal advice next week; elsewhere people are wanted sooner."""
    community = CommunityFactory(name="丹桂社区")
    ShiftFactory(post__title="路口劝导", day=today() + dt.timedelta(days=1))
    skills = [listed_skill("law")]
    ShiftFactory(
        post=PostFactory(organization=community, title="法律咨询", skills=skills)
    )
    return community


@pytest.fixture
def member(community):
    """李明, a lawyer, is checked in at 丹桂社区."""
    return CheckInFactory(
        member__name="李明", community=community, skills=["law"]
    ).member


@pytest.fixture
def thumb(phone, live_server, member):
    """李明's thumb, resting on the list of posts."""
    sign_in(phone, account_of(member), live_server.url)
    phone.goto(live_server.url + reverse("volunteering:list"))
    return Thumb(phone)


def test_a_member_claims_a_suitable_shift_in_at_most_three_taps(thumb, member):
    first = thumb.page.locator("tbody tr").first.inner_text()

    thumb.tap("link", "法律咨询")
    thumb.tap("button", "认领")

    assert "法律咨询" in first
    assert "适合您的特长" in first
    assert thumb.taps <= 3
    assert thumb.reads("认领成功")
    assert Claim.objects.get().member == member


def test_a_member_withdraws(thumb):
    thumb.tap("link", "法律咨询")
    thumb.tap("button", "认领")

    thumb.tap("button", "退还名额")

    assert thumb.reads("名额已退还")
    assert Claim.objects.get().state == ClaimState.WITHDRAWN


def test_a_secretary_confirms_all_hours_of_the_page_by_one_tick(
    desk, live_server, community
):
    here = {"claim__past": True, "claim__shift__post__organization": community}
    ServiceRecordFactory.create_batch(3, **here)
    sign_in(desk, holder(Role.SECRETARY, community), live_server.url)
    desk.goto(live_server.url + reverse("volunteering:service"))

    desk.get_by_label("全选本页").check()
    with desk.expect_navigation():
        desk.get_by_role("button", name="确认所选记录").click()

    assert desk.get_by_text("已确认 3 条服务记录。").is_visible()
    assert ServiceRecord.objects.confirmed().count() == 3
