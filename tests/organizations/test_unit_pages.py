"""Secretaries keep the register of the resident units of their own community."""

from django.urls import reverse

from accounts.models import AuditEntry, RoleAssignment
from core.months import today
from core.registries.invariants import invariants
from core.web.edit_conflicts import VERSION_TOKEN
from organizations.actions import end_unit
from organizations.models import Unit
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.organizations import UnitFactory
from tests.html import hidden
from tests.messages import message, says


def address(name, *args):
    return reverse(f"organizations:{name}", args=args)


def test_a_secretary_enters_a_unit_of_the_own_community(browser, secretary, east):
    browser.post(
        address("enter_unit"),
        {"name": "第一中学", "host": east.pk, "address": "长安路1号"},
    )

    unit = Unit.objects.get()
    assert (unit.name, unit.host, unit.address) == ("第一中学", east, "长安路1号")
    assert AuditEntry.objects.about(unit)[0].actor == secretary


def test_the_own_community_is_chosen_and_others_are_not_offered(browser, east, west):
    field = browser.get(address("enter_unit")).context["form"].fields["host"]

    assert (field.initial, list(field.queryset)) == (east, [east])


def test_a_secretary_corrects_a_unit(browser, east):
    unit = UnitFactory(name="第一中学", host=east)
    url = address("change_unit", unit.pk)
    token = hidden(browser.get(url), VERSION_TOKEN)

    browser.post(url, {"name": "第一高级中学", "host": east.pk, VERSION_TOKEN: token})

    unit.refresh_from_db()
    assert unit.name == "第一高级中学"


def test_a_second_unit_of_one_name_is_refused_on_the_form(browser, east):
    UnitFactory(name="第一中学", host=east)

    answer = browser.post(address("enter_unit"), {"name": "第一中学", "host": east.pk})

    assert answer.context["form"].errors
    assert Unit.objects.count() == 1


def test_a_secretary_takes_a_unit_off_the_register(browser, east):
    unit = UnitFactory(host=east)

    browser.post(address("end_unit", unit.pk), {"reason": "迁出"})

    unit.refresh_from_db()
    assert unit.ended_on is not None
    assert browser.get(address("change_unit", unit.pk)).status_code == 404


def test_the_register_shows_the_own_area_and_finds_a_unit_by_name(browser, east, west):
    UnitFactory(name="第一中学", host=east)
    UnitFactory(name="第二中学", host=east)
    UnitFactory(name="第三中学", host=west)

    rows = browser.get(address("units"), {"name": "第一"}).context["table"].rows

    assert [str(row.record) for row in rows] == ["第一中学"]
    page = browser.get(address("units")).content.decode()
    assert "第二中学" in page
    assert "第三中学" not in page


def test_a_unit_off_the_register_offers_no_change(browser, east):
    unit = UnitFactory(host=east)
    end_unit(unit, by=None, reason="迁出")

    page = browser.get(unit.get_absolute_url()).content.decode()

    assert address("change_unit", unit.pk) not in page


def test_the_liaisons_of_a_unit_that_leaves_lose_their_role_and_the_page_says_so(
    browser, east
):
    unit, other = UnitFactory(host=east), UnitFactory(host=east)
    one = holder(Role.LIAISON, unit=unit)
    holder(Role.LIAISON, unit=other)

    answer = browser.post(address("end_unit", unit.pk), {"reason": "迁出"}, follow=True)

    settled = message("roles of liaisons ended: %(count)s", count=1)
    (said,) = map(str, answer.context["messages"])
    assert says(said, settled)
    assert not one.role_assignments.current().exists()
    assert RoleAssignment.objects.current().filter(unit=other).count() == 1


def test_verify_finds_a_liaison_of_a_unit_that_has_left(east):
    unit = UnitFactory(host=east)
    role = holder(Role.LIAISON, unit=unit).role_assignments.get()
    proof = invariants.get("organizations.ended_units")
    assert list(proof.broken()) == []

    Unit.objects.filter(pk=unit.pk).update(ended_on=today())

    assert list(proof.broken()) == [f"accounts.liaisons {role.pk}"]
