"""A member claims and gives back on a phone; nothing is wider than its screen."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.actions import let_in
from core.months import today
from tests.browser.volunteering_fixtures import phone
from tests.factories.accounts import PASSWORD
from tests.factories.members import CheckInFactory, account_of
from tests.factories.organizations import CommunityFactory
from tests.factories.volunteering import ShiftFactory, listed_skill
from volunteering.enums import ClaimState
from volunteering.models import Claim

__all__ = ["phone"]  # a fixture
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
def community(db):
    """丹桂社区 offers legal advice next week and wants people soon elsewhere."""
    place = CommunityFactory(name="丹桂社区")
    ShiftFactory(post__title="路口劝导", day=today() + dt.timedelta(days=1))
    skills = [listed_skill("law")]
    post = {"organization": place, "title": "法律咨询", "skills": skills}
    ShiftFactory(**{f"post__{name}": value for name, value in post.items()})
    return place


@pytest.fixture
def member(community):
    """李明, a lawyer, is checked in at 丹桂社区 and can sign in."""
    row = CheckInFactory(member__name="李明", community=community, skills=["law"])
    let_in(account_of(row.member), password=PASSWORD)
    return row.member


@pytest.fixture
def thumb(phone, live_server, member):
    """李明's thumb, resting on the list of posts."""
    phone.goto(live_server.url + reverse("accounts:sign_in"))
    phone.fill("[name=username]", account_of(member).username)
    phone.fill("[name=password]", PASSWORD)
    with phone.expect_navigation():
        phone.press("[name=password]", "Enter")
    phone.goto(live_server.url + reverse("volunteering:list"))
    return Thumb(phone)


def overflow(page):
    """How far the page reaches beyond the screen."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


def test_a_member_claims_what_fits_him_in_at_most_three_taps(thumb, member):
    first = thumb.page.locator("tbody tr").first.inner_text()

    thumb.tap("link", "法律咨询")
    thumb.tap("button", "认领")

    assert "法律咨询" in first
    assert "适合您的特长" in first
    assert thumb.taps <= 3
    assert thumb.reads("认领成功")
    assert Claim.objects.get().member == member


def test_a_member_gives_his_place_back(thumb):
    thumb.tap("link", "法律咨询")
    thumb.tap("button", "认领")

    thumb.tap("button", "退还名额")

    assert thumb.reads("名额已退还")
    assert Claim.objects.get().state == ClaimState.WITHDRAWN


@pytest.mark.parametrize("name", ["list", "mine"])
def test_nothing_is_wider_than_a_phone(thumb, live_server, name):
    thumb.page.goto(live_server.url + reverse(f"volunteering:{name}"))

    assert overflow(thumb.page) == 0


def test_the_posts_page_is_no_wider_than_a_phone(thumb):
    thumb.tap("link", "法律咨询")

    assert overflow(thumb.page) == 0
