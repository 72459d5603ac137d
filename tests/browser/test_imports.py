"""A roster goes in from the admin, without being touched in Excel first."""

import pytest
from django.urls import reverse

from exchange.actions import run_next_job
from members.models import Member
from tests.browser.conftest import sign_in
from tests.browser.looking import WIDTH
from tests.factories.exchange import person, workbook

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def roster(tmp_path):
    """A roster as an office has it: title, group heading, a mistake, a total."""
    rows = [
        ["第一支部（共2人）"],
        person(1, 所在支部=None),
        person(2, 性别="女", 所在支部=None),
        ["合计", "2人"],
    ]
    path = tmp_path / "附件2：党员花名册（定稿）.xlsx"
    path.write_bytes(workbook(rows, above=["长安街道东社区党员花名册"]))
    return path


def test_staff_bring_a_roster_in(desk, live_server, staff, east, branch, roster):
    sign_in(desk, staff, live_server.url)
    desk.goto(live_server.url + reverse("admin:members_member_changelist"))
    desk.get_by_role("link", name="导入表格").click()
    desk.get_by_label("文件").set_input_files(roster)
    desk.get_by_role("button", name="读取表格").click()
    desk.get_by_role("progressbar").wait_for()

    run_next_job()
    desk.get_by_text("第5行 性别").wait_for()
    assert Member.objects.count() == 0
    desk.get_by_role("button", name="确认并录入").click()
    desk.get_by_role("progressbar").wait_for()
    run_next_job()

    desk.get_by_text("已录入1行").wait_for()
    assert Member.objects.get().organization == branch


def test_a_phone_shows_the_preview(phone, live_server, staff, east, branch, roster):
    sign_in(phone, staff, live_server.url)
    phone.goto(live_server.url + reverse("exchange:upload"))
    phone.get_by_label("文件").set_input_files(roster)
    phone.get_by_role("button", name="读取表格").tap()
    phone.get_by_role("progressbar").wait_for()

    run_next_job()
    phone.get_by_text("第5行 性别").wait_for()

    assert phone.evaluate(WIDTH) <= phone.viewport_size["width"]
