"""The progress of long work, and of a page, on slow lines and without scripts."""

import pytest
from playwright.sync_api import expect

from core.months import month_of, shift_month, today
from exchange.models import Job
from tests.browser.conftest import sign_in
from tests.browser.test_without_scripts import plain_phone  # noqa: F401 -- a fixture
from tests.factories.exchange import JobFactory
from tests.factories.figures import recount_all
from tests.factories.members import MemberFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PROGRAM = "**/echarts*.js"


def test_progress_goes_on_without_scripts(plain_phone, live_server, staff):  # noqa: F811
    job = JobFactory(owner=staff)
    sign_in(plain_phone, staff, live_server.url)
    plain_phone.goto(live_server.url + job.get_absolute_url())
    Job.objects.update(percent=40)

    plain_phone.get_by_text("查看最新进度").click()

    expect(plain_phone.locator(".job")).to_contain_text("40%")


def test_scripts_need_no_link_to_go_on(phone, live_server, staff):
    sign_in(phone, staff, live_server.url)
    phone.goto(live_server.url + JobFactory(owner=staff).get_absolute_url())

    expect(phone.locator(".job progress")).to_be_visible()
    expect(phone.get_by_text("查看最新进度")).not_to_be_visible()


@pytest.fixture
def dashboard(live_server, east, branch):
    """The address of a dashboard with a chart, counted for two months."""
    month = month_of(today())
    MemberFactory(organization=branch, starts_on=shift_month(month, -1))
    recount_all()
    return f"{live_server.url}/dashboard/{east.pk}/?month={month:%Y-%m}"


@pytest.mark.parametrize("screen", ["phone", "desk"])
def test_numbers_do_not_wait_for_the_program_of_charts(
    request, screen, live_server, secretary, dashboard
):
    page = request.getfixturevalue(screen)
    sign_in(page, secretary, live_server.url)
    held = []  # the program does not arrive
    page.route(PROGRAM, lambda route: held.append(route))  # noqa: PLW0108 -- it looks at the parameters

    page.goto(dashboard, wait_until="load")

    expect(page.locator(".figure-card .number").first).to_be_visible()
    expect(page.locator(".growth-points td").first).to_be_attached()
    for route in held:
        route.abort()


def test_a_phone_fetches_the_program_when_the_chart_is_looked_at(
    phone, live_server, secretary, dashboard
):
    asked = []
    sign_in(phone, secretary, live_server.url)
    phone.on("request", lambda request: asked.append("echarts" in request.url))
    phone.goto(dashboard, wait_until="networkidle")
    assert not any(asked)

    phone.locator(".chart").scroll_into_view_if_needed()

    expect(phone.locator(".chart svg")).to_be_visible()


def test_a_chart_without_its_program_leaves_no_gap(
    desk, live_server, secretary, dashboard
):
    sign_in(desk, secretary, live_server.url)
    desk.route(PROGRAM, lambda route: route.abort())

    desk.goto(dashboard, wait_until="load")

    expect(desk.locator(".chart")).not_to_be_visible()
    expect(desk.locator(".growth-points td").first).to_be_visible()
