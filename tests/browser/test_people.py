"""A member's first day on a phone, and the street's records at a desk."""

import pytest

from accounts.actions import issue_slip
from accounts.models import AuditEntry
from organizations.roles import Role
from tests.browser.conftest import DESK, PHONE, sign_in
from tests.factories.accounts import PASSWORD, holder
from tests.factories.members import MemberFactory, account_of
from tests.factories.organizations import (
    BranchFactory,
    CommunityFactory,
    OrganizationFactory,
    StreetFactory,
    UnitFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NEW = "tall-green-lantern-7"


@pytest.fixture
def world(live_server):
    """One street with a community, its branch, a unit, a member and its staff."""
    city = OrganizationFactory(name="临江市", code="city")
    street = StreetFactory(name="长安街道", code="street", parent=city)
    east = CommunityFactory(name="东社区", code="east", parent=street)
    branch = BranchFactory(name="东社区第一支部", code="branch", parent=east)
    return {
        "organization": east,
        "unit": UnitFactory(name="第一中学", host=east),
        "member": MemberFactory(name="王芳", organization=branch),
        "staff": holder(Role.STREET_STAFF, street, name="赵敏"),
        "url": live_server.url,
    }


def test_a_member_gets_in_by_the_slip_and_checks_in(phone, world):
    member = MemberFactory(
        name="李明", in_service=True, community=world["organization"]
    )
    user = account_of(member)
    _slip, code = issue_slip(user, by=None)

    phone.goto(f"{world['url']}/activate/#{code}")
    assert phone.input_value("#id_code") == code
    assert code not in phone.url
    phone.fill("#id_name", "李明")
    phone.fill("#id_proof", member.id_number[-4:])
    phone.fill("#id_password1", NEW)
    phone.get_by_role("button", name="设置密码并登录").tap()
    phone.wait_for_url("**/posts/")

    phone.goto(f"{world['url']}/me/")
    phone.get_by_role("link", name="到居住地社区报到").tap()
    phone.get_by_role("button", name="东社区").tap()
    phone.wait_for_url("**/me/")

    row = member.check_ins.latest("starts_on")
    assert (row.community, row.ends_on) == (world["organization"], None)
    assert "已于" in phone.text_content("main")


def test_a_member_signs_in_by_phone_and_out_again(phone, world):
    member = world["member"]
    user = account_of(member)
    user.set_password(PASSWORD)
    user.save()

    phone.goto(f"{world['url']}/sign-in/?next=/me/check-in/")
    phone.fill("#id_username", member.phone)
    phone.fill("#id_password", PASSWORD)
    phone.get_by_role("button", name="登录", exact=True).tap()
    phone.get_by_role("button", name="东社区").tap()
    phone.get_by_text("退出本社区报到").tap()
    phone.get_by_role("button", name="确认退出").tap()
    phone.get_by_role("link", name="到居住地社区报到").wait_for()

    assert member.check_ins.get().ends_on is not None


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("kind", ["organization", "unit", "member"])
def test_staff_finds_and_edits_a_record_in_the_admin(desk, world, kind, screen):
    row = world[kind]
    app = "members" if kind == "member" else "organizations"
    desk.set_viewport_size(screen)
    sign_in(desk, world["staff"], world["url"])
    before = AuditEntry.objects.count()

    desk.goto(f"{world['url']}/admin/{app}/{kind}/")
    desk.fill("#searchbar", row.name)
    desk.press("#searchbar", "Enter")
    desk.get_by_role("link", name=row.name, exact=True).first.click()
    desk.fill("#id_name", f"{row.name}新")
    desk.get_by_role("button", name="保存", exact=True).click()
    desk.wait_for_selector(".messages .alert-success")

    old = row.name
    row.refresh_from_db()
    entries = AuditEntry.objects.order_by("-pk")
    assert (row.name, entries.count() - before) == (f"{old}新", 1)
    assert (entries[0].actor, entries[0].channel) == (world["staff"], "admin")


def test_a_foreign_key_is_found_by_typing(desk, world):
    sign_in(desk, world["staff"], world["url"])

    desk.goto(f"{world['url']}/admin/organizations/unit/add/")
    desk.fill("#id_name", "第二中学")
    desk.locator(".field-host .select2-selection").click()
    desk.fill(".select2-search__field", "东")
    desk.locator(".select2-results__option", has_text="东社区").first.click()
    desk.get_by_role("button", name="保存", exact=True).click()
    desk.wait_for_selector(".messages .alert-success")

    assert world["organization"].units.filter(name="第二中学").count() == 1


def test_a_record_is_ended_by_keyboard_with_a_reason(desk, world):
    sign_in(desk, world["staff"], world["url"])
    unit = world["unit"]

    desk.goto(f"{world['url']}/admin/organizations/unit/{unit.pk}/change/")
    desk.get_by_role("link", name="移出名册").focus()
    desk.keyboard.press("Enter")
    desk.get_by_label("原因").focus()
    desk.keyboard.type("已搬迁")
    desk.get_by_role("button", name="确认").focus()
    desk.keyboard.press("Enter")
    desk.wait_for_selector(".messages .alert-success")

    unit.refresh_from_db()
    assert unit.ended_on is not None
