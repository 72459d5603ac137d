"""The admin's pages: nothing inline, nothing from elsewhere, sound at both sizes."""

import pytest
from django.contrib.admin.sites import site
from django.urls import reverse

from organizations.models import CodeItem
from tests.access_matrix.base import build_world
from tests.browser.conftest import ZOOMED, sign_in
from tests.browser.looking import TURNS, Looker
from tests.core.test_admin_access import KINDS, PEOPLE, rows_of
from tests.test_every_write import PARTS

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
        ("accounts_roleassignment_add", []),
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


@pytest.mark.sampled
@pytest.mark.parametrize("language", TURNS)
def test_the_pages_of_the_admin_are_sound(phone, live_server, language):
    world, looker = build_world(), Looker(phone, live_server.url)

    for person, address in addresses(world):
        looker.look(world.people[person], address, [language])

    assert looker.faults == {}


def every_page(world):
    """Every page of the admin that somebody may open, with who opens it."""
    rows = rows_of(world)
    for kind, (listing, adding, looking, _changing, ending) in KINDS.items():
        name, row = kind.replace(".", "_"), rows[kind].pk
        for page, who, args in (
            ("changelist", listing, []),
            ("add", adding, []),
            ("change", looking, [row]),
            ("history", looking, [row]),
            ("end", ending, [row]),
        ):
            if who:
                yield PEOPLE[who[0]], reverse(f"admin:{name}_{page}", args=args)
    for model in site._registry:
        if model._meta.label_lower not in KINDS:
            name = model._meta.label_lower.replace(".", "_")
            yield "staff", reverse(f"admin:{name}_changelist")


@pytest.mark.sampled
@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_of_the_admin_is_read_at_twice_the_size(phone, live_server, part):
    world, looker = build_world(), Looker(phone, live_server.url)

    for person, address in [*every_page(world)][part::PARTS]:
        sign_in(phone, world.people[person], live_server.url)
        phone.set_viewport_size(ZOOMED)
        if looker.arrives(live_server.url + address):
            faults = [*looker.too_wide(ZOOMED), *looker.cut_up()]
            looker.note(address, "zh-hans", ZOOMED, faults)

    assert looker.faults == {}


TOO_NARROW = """() => [...document.querySelectorAll("#result_list td, #result_list th")]
    .filter(cell => cell.innerText.trim().length > 3 && cell.clientWidth < 48)
    .map(cell => cell.innerText)"""
HIDDEN = """() => { const list = document.querySelector(".results");
    return list.scrollWidth - list.clientWidth }"""


@pytest.mark.parametrize("name", ["accounts_roleassignment", "finance_duesrate"])
def test_a_list_of_the_admin_fits_a_desk_with_every_column(desk, live_server, name):
    world = build_world()
    sign_in(desk, world.people["staff"], live_server.url)

    desk.goto(live_server.url + reverse(f"admin:{name}_changelist"))

    assert (desk.evaluate(TOO_NARROW), desk.evaluate(HIDDEN)) == ([], 0)
