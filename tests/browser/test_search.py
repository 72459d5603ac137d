"""The search by keyboard, on a wide screen and on a phone."""

import pytest
from django.urls import reverse

from organizations.roles import Role
from tests.browser.conftest import sign_in
from tests.factories.accounts import holder
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 360])
def test_a_slash_and_a_name_lead_to_a_member(desk, live_server, width):
    branch = BranchFactory()
    member = MemberFactory(organization=branch, name="金小丽")
    desk.set_viewport_size({"width": width, "height": 800})
    sign_in(desk, holder(Role.SECRETARY, branch.parent), live_server.url)
    desk.goto(live_server.url + reverse("accounts:desk"))

    desk.keyboard.press("/")
    desk.wait_for_function("document.activeElement.matches('[data-search]')")
    desk.keyboard.type("jxl")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/search/?q=jxl")

    page = f"a[href='{member.get_absolute_url()}']"
    assert desk.locator(page).inner_text().split("\n")[0].startswith("金小丽")


def test_a_slash_that_is_typed_stays_in_its_field(desk, live_server):
    branch = BranchFactory()
    sign_in(desk, holder(Role.SECRETARY, branch.parent), live_server.url)
    desk.goto(live_server.url + reverse("organizations:units"))

    desk.focus("[name=name]")
    desk.keyboard.type("a/b")

    assert desk.input_value("[name=name]") == "a/b"
