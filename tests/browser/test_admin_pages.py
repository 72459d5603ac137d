"""The admin's pages: nothing inline, nothing from elsewhere, sound at both sizes."""

from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from organizations.models import CodeItem
from tests.browser.conftest import DESK, sign_in
from tests.browser.test_every_page import Watch, look
from tests.doors.base import build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def addresses(world):
    """One page of each shape, with who looks at it."""
    community, member = world.community.pk, world.member.pk
    code = CodeItem.objects.filter(code_list="skills")[0].pk
    user = world.people["secretary"].pk
    for name, args in (
        ("index", []),
        ("organizations_organization_changelist", []),
        ("organizations_organization_change", [community]),
        ("organizations_organization_history", [community]),
        ("organizations_organization_end", [community]),
        ("organizations_unit_add", []),
        ("members_member_changelist", []),
        ("members_member_add", []),
        ("members_member_change", [member]),
        ("accounts_duty_add", []),
        ("accounts_auditentry_changelist", []),
    ):
        yield "staff", reverse(f"admin:{name}", args=args)
    for name, args in (
        ("accounts_user_change", [user]),
        ("organizations_codeitem_changelist", []),
        ("organizations_codeitem_change", [code]),
        ("organizations_codeitem_import", []),
        ("organizations_codeitem_export", []),
        ("organizations_threshold_add", []),
    ):
        yield "system_admin", reverse(f"admin:{name}", args=args)
    yield "auditor", reverse("admin:accounts_seal_changelist")


def test_the_pages_of_the_admin_are_sound(phone, live_server):
    world = build_world()
    watch = Watch(phone, urlsplit(live_server.url).netloc)
    small = phone.viewport_size
    faults = {}
    for person, address in addresses(world):
        sign_in(phone, world.people[person], live_server.url)
        for screen in (small, DESK):
            phone.set_viewport_size(screen)
            if found := look(phone, watch, live_server.url + address):
                faults[address, screen["width"]] = found

    assert faults == {}
