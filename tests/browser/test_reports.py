"""A month from the secretary's desk to the city's dashboard, in a browser."""

import datetime as dt
import re
from decimal import Decimal

import pytest

from core.months import month_of, shift_month, today
from members.enums import StartReason
from organizations.roles import Role
from reports.actions import (
    open_round,
    report_line,
    submit_return,
    write_narrative,
)
from reports.enums import ReturnState
from reports.models import MonthlyReturn
from reports.returns.line_values import is_fixed
from tests.browser.conftest import sign_in
from tests.factories.accounts import holder
from tests.factories.figures import recount_all
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def last_month():
    return shift_month(month_of(today()), -1)


@pytest.fixture
def branch(last_month):
    """A branch with three members who came last month."""
    branch = BranchFactory(name="丹桂第一支部")
    day = last_month + dt.timedelta(days=3)
    MemberFactory.create_batch(
        3, organization=branch, starts_on=day, reason=StartReason.TRANSFERRED_IN
    )
    return branch


@pytest.fixture
def draft(branch, last_month):
    """The community's return of last month, not looked at yet."""
    open_round(branch.parent.parent, last_month, by=None)
    return MonthlyReturn.objects.get(organization=branch.parent)


def row_of(page, label):
    """The line of the form that bears the label."""
    return page.locator("tr", has=page.locator(f"td:has-text('{label}')")).first


def test_a_secretary_opens_a_number_explains_another_and_submits(
    phone, live_server, draft
):
    secretary = holder(Role.SECRETARY, draft.organization)
    sign_in(phone, secretary, live_server.url)

    phone.goto(f"{live_server.url}/desk/")
    phone.click("td a:has-text('月报')")
    row_of(phone, "转入").locator("a").first.click()
    assert phone.locator("table tbody tr").count() == 3

    phone.goto(live_server.url + draft.get_absolute_url())
    row_of(phone, "党课").locator("a:has-text('说明')").click()
    phone.fill("[name=value]", "2")
    phone.fill("[name=reason]", "两次在上级党校")
    phone.click("button[type=submit]:has-text('保存')")
    phone.click("button:has-text('报送街道')")

    phone.wait_for_selector("text=月报已报送街道")
    draft.refresh_from_db()
    assert draft.state == ReturnState.SUBMITTED
    assert draft.lines.get(form_line__indicator="meetings_lessons").reported == 2


def test_the_street_accepts_and_the_city_opens_the_number_down_to_the_branch(
    desk, live_server, draft, branch, last_month
):
    street = branch.parent.parent
    submit_return(draft, by=holder(Role.SECRETARY, draft.organization))
    sign_in(desk, holder(Role.STREET_STAFF, street), live_server.url)
    desk.goto(live_server.url + draft.get_absolute_url())
    desk.click("a:has-text('接收并发布')")
    desk.click("button:has-text('接收并发布')")
    desk.wait_for_selector("text=已接收并发布")
    recount_all()

    sign_in(desk, holder(Role.CITY_OFFICER, street.parent), live_server.url)
    desk.goto(f"{live_server.url}/dashboard/?month={last_month:%Y-%m}")
    desk.click(f"td a:has-text('{street.name}')")
    desk.click(f"td a:has-text('{branch.parent.name}')")
    row = row_of(desk, branch.name)
    assert row.locator("td a").nth(1).inner_text() == "3"
    row.locator("td a").nth(1).click()

    assert desk.locator(".figure-value strong").inner_text() == "3"
    for member in branch.members.all():
        assert member.name not in desk.content()


ACCOUNT = "本月按计划开展组织生活，走访困难党员和群众，解决楼道照明等问题若干。" * 8


@pytest.mark.parametrize("times", [1, 2])
def test_the_return_with_every_explanation_is_printed_on_one_page(
    desk, live_server, draft, times
):
    secretary = holder(Role.SECRETARY, draft.organization)
    for line in draft.round.form.lines.all():
        if not is_fixed(line):
            reason = f"{line.label}按签到表和服务记录逐项核对后补记" * times
            report_line(draft, line, value=Decimal(3), reason=reason, by=secretary)
    write_narrative(draft, narrative=ACCOUNT, by=secretary)
    submit_return(draft, by=secretary)

    sign_in(desk, secretary, live_server.url)
    desk.goto(f"{live_server.url}{draft.get_absolute_url()}paper/")
    printed = desk.pdf(prefer_css_page_size=True)

    assert (
        desk.locator(".notes ol li").count() == draft.lines.exclude(reason="").count()
    )
    assert re.findall(rb"/Count (\d+)", printed) == [b"1"]


def test_on_a_phone_items_stand_below_their_headings_and_numbers_are_easy_to_touch(
    phone, live_server, draft
):
    recount_all()
    sign_in(phone, holder(Role.SECRETARY, draft.organization), live_server.url)
    phone.goto(live_server.url + draft.get_absolute_url())

    item = phone.locator(".return-form td:first-child .cell").first.bounding_box()
    table = phone.locator(".return-form").bounding_box()
    number = phone.locator(".return-form td.number a").first.bounding_box()

    assert item["x"] - table["x"] >= 12
    assert number["height"] >= 36
