"""The other names of an organization, edited in the admin."""

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from organizations.actions import create_organizations, set_aliases
from organizations.models import Organization, OrganizationVersion
from organizations.naming import NameBook
from tests.factories.organizations import BranchFactory


@pytest.fixture
def browser(client, staff):
    """赵敏, signed in."""
    client.force_login(staff, backend="accounts.backends.UsernameOrPhone")
    return client


def address(node):
    return reverse("admin:organizations_organization_change", args=[node.pk])


def filled(browser, node, **changes):
    """The data that a browser would send from the organization's form."""
    form = browser.get(address(node)).context["adminform"].form
    sent = {b.html_name: "" if b.value() is None else b.value() for b in form}
    return {**sent, **changes}


def test_staff_enter_another_name_and_sheets_are_read_by_it(browser, staff, branch):
    before = AuditEntry.objects.count(), OrganizationVersion.objects.count()

    browser.post(address(branch), filled(browser, branch, other_names="老年支部\r\n"))

    match = NameBook().find("老年支部", chosen=branch.parent, can_manage=lambda _: True)
    entry = AuditEntry.objects.about(branch)[0]
    assert match == branch
    assert (entry.action, entry.actor) == ("organizations.set_aliases", staff)
    assert (entry.before["aliases"], entry.after["aliases"]) == ([], ["老年支部"])
    assert AuditEntry.objects.count() - before[0] == 1
    assert OrganizationVersion.objects.count() == before[1]


def test_a_name_is_removed_again(browser, branch):
    set_aliases(branch, ["老年支部", "一支部"], by=None)

    browser.post(address(branch), filled(browser, branch, other_names="一支部"))

    assert branch.other_names == ["一支部"]


def test_names_sent_back_unchanged_change_nothing(browser, branch):
    set_aliases(branch, ["老年支部", "一支部"], by=None)
    before = AuditEntry.objects.count()

    browser.post(address(branch), filled(browser, branch))

    assert AuditEntry.objects.count() == before


def test_another_street_s_names_are_not_changed(client, stranger, branch):
    client.force_login(stranger, backend="accounts.backends.UsernameOrPhone")

    answer = client.post(address(branch), {"other_names": "老年支部"})

    assert answer.status_code != 200
    assert branch.other_names == []


def test_names_valid_in_one_place_only_stay(db):
    rows = [
        {"code": "c", "name": "市", "full_name": "市", "kind": "city", "parent": None},
        {"code": "s", "name": "街", "full_name": "街", "kind": "street", "parent": "c"},
    ]
    rows[1]["aliases_within"] = {"c": ["街上"]}
    street = create_organizations(rows, by=None)["s"]

    set_aliases(street, ["街道办"], by=None)
    set_aliases(street, [], by=None)

    node = Organization.objects.get(pk=street.pk)
    assert list(node.aliases.values_list("name", flat=True)) == ["街上"]


def test_an_alias_is_no_longer_than_its_column(browser, branch):
    sent = filled(browser, branch, other_names="长" * 121)

    answer = browser.post(address(branch), sent)

    assert "other_names" in answer.context["adminform"].form.errors
    assert branch.other_names == []


def test_a_name_with_a_nul_character_is_refused(browser, branch):
    answer = browser.post(
        address(branch), filled(browser, branch, other_names="老年\0支部")
    )

    assert "other_names" in answer.context["adminform"].form.errors
    assert branch.other_names == []


def test_setting_the_same_names_records_nothing(branch):
    set_aliases(branch, ["老年支部"], by=None)
    before = AuditEntry.objects.count()

    set_aliases(branch, ["老年支部"], by=None)

    assert AuditEntry.objects.count() == before


def test_a_sibling_s_name_cannot_be_an_alias(browser, branch, east):
    other = BranchFactory(name="第二支部", parent=east)

    answer = browser.post(
        address(branch), filled(browser, branch, other_names=other.name)
    )

    assert "第二支部" in str(answer.context["adminform"].form.non_field_errors())
    assert branch.other_names == []


def test_a_name_used_elsewhere_may_be_an_alias_here(branch, foreign):
    BranchFactory(name="第二支部", parent=foreign)

    set_aliases(branch, ["第二支部"], by=None)

    assert branch.other_names == ["第二支部"]
