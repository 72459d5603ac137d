"""A decision that reaches into two streets is voided by whoever decides on both."""

import pytest
from django.urls import reverse

from organizations.actions import (
    merge_organization,
    move_organization,
)
from organizations.models import OrganizationChange
from organizations.permissions import can_name_documents, can_void
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.documents import DocumentFactory
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory
from tests.organizations.test_voided_decisions import WHY, decide, split_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def of_both(city):
    """孙岚 keeps the records of the whole city, both streets included."""
    return holder(Role.STREET_STAFF, city, name="孙岚")


@pytest.fixture(params=["moved", "merged"])
def across(request, branch, foreign):
    """A decision by which a branch of 长安街道 went to 望江街道."""
    if request.param == "moved":
        return decide(move_organization, branch, parent=foreign)
    target = BranchFactory(name="柳岸支部", parent=foreign)
    return decide(merge_organization, branch, target=target)


def test_the_staff_of_one_street_alone_do_not_void_it(across, staff, stranger):
    assert not can_void(staff, across)
    assert not can_void(stranger, across)


def test_whoever_decides_on_both_streets_voids_it(client, across, of_both):
    client.force_login(of_both)
    url = reverse("organizations:void_decision", args=[across.pk])
    assert url in client.get(across.get_absolute_url()).text

    client.post(url, {"reason": WHY})

    assert OrganizationChange.all_objects.get(pk=across.pk).void_reason == WHY


def test_the_street_that_received_it_finds_no_button_and_no_way(
    client, across, stranger
):
    client.force_login(stranger)
    url = reverse("organizations:void_decision", args=[across.pk])

    assert url not in client.get(across.get_absolute_url()).text
    assert client.post(url, {"reason": WHY}).status_code == 403
    assert OrganizationChange.objects.filter(pk=across.pk).exists()


def test_documents_behind_it_are_named_by_whoever_decides_on_both(
    client, across, stranger, of_both, foreign
):
    paper = DocumentFactory(organization=foreign)
    name = reverse("exchange:link_document", args=["decision", across.pk])
    client.force_login(stranger)

    assert not can_name_documents(stranger, across)
    assert can_name_documents(of_both, across)
    assert client.post(name, {"document": paper.pk}).status_code in {403, 404}


def test_a_split_is_not_voided_where_the_former_branch_has_left_the_street(
    branch, foreign, staff, of_both
):
    chosen, _stays = (MemberFactory(organization=branch) for _ in range(2))
    change = split_off(branch, chosen)
    assert can_void(staff, change)
    decide(move_organization, branch, parent=foreign)
    change.refresh_from_db()

    assert not can_void(staff, change)
    assert can_void(of_both, change)


def test_within_one_street_its_staff_void_what_they_decided(branch, west, staff):
    assert can_void(staff, decide(move_organization, branch, parent=west))
