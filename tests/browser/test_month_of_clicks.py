"""How many clicks and typed cells a month takes, counted in the browser."""

import pytest

from core.months import month_of, shift_month, today
from organizations.roles import Role
from reports.actions import open_round
from reports.enums import ReturnState
from reports.models import MonthlyReturn
from tests.browser.conftest import sign_in
from tests.factories.accounts import holder
from tests.factories.figures import recount_all
from tests.factories.organizations import CommunityFactory, StreetFactory
from tests.factories.reports import submit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_CLICKS, MOST_CELLS, MOST_CLICKS_OF_NINE = 20, 10, 5


class Counted:
    """A page that counts what a hand does on it."""

    def __init__(self, page):
        self.page, self.clicks, self.cells = page, 0, 0

    def click(self, selector):
        self.clicks += 1
        self.page.click(selector)
        self.page.wait_for_load_state()

    def fill(self, selector, text):
        self.cells += 1
        self.page.fill(selector, text)


@pytest.fixture
def street():
    return StreetFactory()


@pytest.fixture
def round_(street):
    """The round of last month, of nine communities."""
    CommunityFactory.create_batch(9, parent=street)
    return open_round(street, shift_month(month_of(today()), -1), by=None)


def test_a_secretarys_month_takes_few_clicks_and_hardly_a_typed_cell(
    desk, live_server, round_
):
    row = round_.returns.order_by("pk")[0]
    recount_all()
    sign_in(desk, holder(Role.SECRETARY, row.organization), live_server.url)
    desk.goto(f"{live_server.url}/desk/")
    hand = Counted(desk)

    hand.click("td a:has-text('月报')")
    hand.click("main a:text-is('填写')")
    hand.click("button[type=submit]:has-text('保存')")  # the proposal, as it stands
    hand.click("tr:has-text('党课') a:has-text('说明')")
    hand.fill("[name=value]", "2")
    hand.fill("[name=reason]", "两次在上级党校上课")
    hand.click("button[type=submit]:has-text('保存')")
    hand.click("button:has-text('报送街道')")

    desk.wait_for_selector("text=月报已报送街道")
    row.refresh_from_db()
    assert row.state == ReturnState.SUBMITTED
    assert row.narrative
    assert hand.clicks <= MOST_CLICKS
    assert hand.cells <= MOST_CELLS


def test_a_street_accepts_nine_clean_returns_in_five_clicks(
    desk, live_server, street, round_
):
    for row in round_.returns.all():
        submit(row)
    recount_all()
    sign_in(desk, holder(Role.STREET_STAFF, street), live_server.url)
    desk.goto(f"{live_server.url}/desk/")
    hand = Counted(desk)

    hand.click("nav a:has-text('月报')")
    hand.click(f"main a:has-text('{street.name}')")
    hand.click("main a:has-text('一并接收')")
    hand.click("button:has-text('接收并发布勾选的月报')")

    desk.wait_for_selector("text=已接收并发布 9 份月报")
    accepted = MonthlyReturn.objects.filter(state=ReturnState.ACCEPTED)
    assert accepted.count() == 9
    assert hand.clicks <= MOST_CLICKS_OF_NINE
