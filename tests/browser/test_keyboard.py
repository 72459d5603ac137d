"""Whole tasks without a mouse, the focus visible at every stop."""

import datetime as dt

import pytest
from django.urls import reverse

from core.months import month_of, shift_month, today
from members.enums import StartReason
from organizations.roles import Role
from reports.actions import open_round
from reports.enums import ReturnState
from reports.models import MonthlyReturn
from tests.browser.conftest import sign_in
from tests.browser.keys import Keys
from tests.factories.accounts import PASSWORD, holder
from tests.factories.members import CheckInFactory, MemberFactory, account_of
from tests.factories.organizations import BranchFactory, CommunityFactory
from tests.factories.volunteering import PostFactory, ShiftFactory
from volunteering.models import Claim

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def draft(transactional_db):
    """Last month's return of a community with one branch."""
    month = shift_month(month_of(today()), -1)
    branch = BranchFactory()
    MemberFactory(
        organization=branch,
        starts_on=month + dt.timedelta(days=3),
        reason=StartReason.TRANSFERRED_IN,
    )
    open_round(branch.parent.parent, month, by=None)
    return MonthlyReturn.objects.get(organization=branch.parent)


@pytest.fixture
def member(transactional_db):
    """A member checked in where a post wants people."""
    community = CommunityFactory(name="丹桂社区")
    ShiftFactory(post=PostFactory(organization=community, title="法律咨询"))
    return CheckInFactory(community=community).member


def test_a_secretary_files_a_return_by_keyboard(desk, live_server, draft):
    secretary = holder(Role.SECRETARY, draft.organization)
    keys = Keys(desk)
    desk.goto(live_server.url + reverse("accounts:sign_in"))

    desk.keyboard.type(secretary.username)
    keys.fill("密码", PASSWORD)
    keys.press("登录")
    keys.press(f"{draft.month.year}年{draft.month.month}月")
    keys.press("填写")
    keys.fill("本月工作情况", "本月召开党员大会一次。")
    keys.press("保存")
    keys.press("报送街道", key="Space")

    draft.refresh_from_db()
    assert (draft.state, draft.narrative, keys.unseen) == (
        ReturnState.SUBMITTED,
        "本月召开党员大会一次。",
        [],
    )


def test_a_member_claims_a_post_by_keyboard(phone, live_server, member):
    sign_in(phone, account_of(member), live_server.url)
    keys = Keys(phone)
    phone.goto(live_server.url + reverse("volunteering:list"))

    keys.press("法律咨询")
    keys.press("认领", key="Space")

    assert (Claim.objects.get().member, keys.unseen) == (member, [])


def test_the_first_stop_leads_past_the_menu(desk, live_server, secretary):
    sign_in(desk, secretary, live_server.url)
    keys = Keys(desk)
    desk.goto(live_server.url + reverse("members:list"))

    keys.tab()
    desk.keyboard.press("Enter")

    assert keys.here()["main"]
    assert keys.tab() == "录入党员"


def test_a_refused_form_leads_to_what_must_be_put_right(desk, live_server, db):
    keys = Keys(desk)
    desk.goto(live_server.url + reverse("accounts:sign_in"))
    desk.keyboard.type("wangfang")
    keys.press("登录")

    summary = keys.here()["name"]
    keys.reach("密码")
    desk.keyboard.press("Enter")

    assert summary.startswith("尚未")
    assert desk.evaluate("document.activeElement.id") == "id_password"
    assert keys.unseen == []


def test_the_menu_of_a_phone_closes_by_escape(phone, live_server, secretary):
    sign_in(phone, secretary, live_server.url)
    keys = Keys(phone)
    phone.goto(live_server.url + reverse("accounts:desk"))
    menu = phone.locator("#site-menu")

    keys.reach("菜单")
    phone.keyboard.press("Enter")
    menu.get_by_role("link", name="党员").wait_for()
    keys.reach("党员")
    phone.keyboard.press("Escape")
    menu.wait_for(state="hidden")

    assert keys.here()["name"] == "菜单"
    assert keys.unseen == []
