"""The start page of the admin: by task, with counts, only what a role works with."""

import pytest
from django.urls import reverse

from core.admin.grouping import FieldGroup, group_fields
from core.admin.sections import Section
from tests.access_matrix.base import build_world
from tests.factories.organizations import UnitFactory

pytestmark = pytest.mark.django_db
START = reverse("admin:index")


def sections_of(client, person):
    """The sections of a person's start page, each with the kinds it shows."""
    client.force_login(person, "accounts.backends.UsernameOrPhone")
    shown = client.get(START).context["sections"]
    return {one.section: {str(kind.label): kind for kind in one.kinds} for one in shown}


def test_the_start_page_counts_what_its_reader_sees_and_offers_what_they_may_add(
    client, staff, east, west
):
    UnitFactory(host=east)

    kinds = sections_of(client, staff)[Section.ORGANIZATIONS]

    units = kinds["驻区单位"]
    assert (units.count, units.add_url) == (1, reverse("admin:organizations_unit_add"))


def test_a_role_finds_only_the_kinds_it_works_with(client):
    world = build_world()

    auditor = sections_of(client, world.people["auditor"])
    system_admin = sections_of(client, world.people["system_admin"])

    assert Section.PEOPLE not in {*auditor, *system_admin}
    assert Section.RULES in system_admin


def test_technical_kinds_are_folded_and_not_counted(client):
    world = build_world()

    kinds = sections_of(client, world.people["auditor"])[Section.SYSTEM]

    assert {kind.count for kind in kinds.values()} == {None}
    assert "<details" in client.get(START).content.decode()


def test_the_list_of_one_app_leads_to_the_start_page(client, staff):
    client.force_login(staff, "accounts.backends.UsernameOrPhone")

    answer = client.get(reverse("admin:app_list", args=["finance"]))

    assert answer.url == START


def test_a_list_is_headed_by_what_it_holds_and_a_form_by_its_record(
    client, staff, east
):
    client.force_login(staff, "accounts.backends.UsernameOrPhone")

    listed = client.get(reverse("admin:organizations_organization_changelist"))
    opened = client.get(
        reverse("admin:organizations_organization_change", args=[east.pk])
    )

    assert (listed.context["title"], opened.context["title"]) == ("党组织", str(east))


def test_fields_that_no_group_names_stay_on_the_form():
    folded = FieldGroup("住址", ("address", "gone"), folded=True)

    fieldsets = group_fields(["name", "address"], [folded])

    assert fieldsets == [
        (None, {"fields": ["name"]}),
        ("住址", {"fields": ["address"], "classes": ["collapse"]}),
    ]


def test_the_form_of_a_new_member_folds_what_is_rarely_used(client, staff):
    client.force_login(staff, "accounts.backends.UsernameOrPhone")

    form = client.get(reverse("admin:members_member_add")).context["adminform"]

    folded = {str(one.name): one.is_collapsible for one in form if one.name}
    assert folded == {
        "本人信息": False,
        "组织关系": False,
        "工作单位、住址和备注": True,
    }
