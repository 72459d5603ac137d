"""Lists print on A4, and leave by keyboard, without scripts and on a phone."""

import re

import pytest

from organizations.roles import Role
from tests.browser.conftest import READER, sign_in
from tests.factories.accounts import holder
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory, StreetFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
A4_LANDSCAPE = [842, 595]  # points
PAPER = {"width": 1040, "height": 720}  # what A4 has within its margins, in pixels
SHEET = re.compile(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]")
HIDDEN = (".site-header", ".site-menu", ".filter-form", ".table-exports", ".pagination")


@pytest.fixture
def members(live_server):
    """The address of a list of two pages, and somebody who may open it."""
    branch = BranchFactory(parent=StreetFactory())
    MemberFactory.create_batch(51, organization=branch)
    user = holder(Role.STREET_STAFF, branch.parent)
    return f"{live_server.url}/members/", user


def test_a_list_prints_on_a4_with_its_heading_on_each_sheet(desk, members):
    address, user = members
    sign_in(desk, user, address)
    desk.goto(address)

    sheets = SHEET.findall(desk.pdf(prefer_css_page_size=True))
    desk.emulate_media(media="print")
    desk.set_viewport_size(PAPER)

    sizes = [[round(float(side)) for side in sheet] for sheet in sheets]
    assert sizes == [A4_LANDSCAPE] * len(sizes)
    assert len(sizes) > 1
    style = "e => getComputedStyle(e).display"
    assert desk.locator("thead").evaluate(style) == "table-header-group"
    wide = (
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
    assert desk.evaluate(wide)
    assert [part for part in HIDDEN if desk.locator(part).first.is_visible()] == []


def test_rows_stay_rows_on_narrow_paper(desk, members):
    address, user = members
    sign_in(desk, user, address)
    desk.goto(address)
    desk.emulate_media(media="print")
    desk.set_viewport_size({"width": 680, "height": 960})

    cell = desk.locator("tbody td:not(.row-tick)").first

    assert cell.evaluate("e => getComputedStyle(e).display") == "table-cell"


def test_a_list_is_taken_along_by_keyboard_without_scripts_on_a_phone(
    chromium, members
):
    address, user = members
    context = chromium.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=False, **READER
    )
    page = context.new_page()
    sign_in(page, user, address)
    page.goto(address)
    link = page.get_by_role("link", name="导出 Excel")
    box = link.bounding_box()

    link.focus()
    with page.expect_download() as started:
        page.keyboard.press("Enter")

    assert started.value.suggested_filename.endswith(".xlsx")
    assert box["height"] >= 44
    assert box["x"] + box["width"] <= 360
    context.close()
