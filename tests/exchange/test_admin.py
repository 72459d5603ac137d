"""Imports in the admin, and the links to them."""

import pytest
from django.urls import reverse

from exchange.imports import plan_batch
from tests.factories.exchange import ImportBatchFactory, person
from tests.factories.members import identity_number

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client, staff):
    """A browser in which the street's staff have signed in."""
    client.force_login(staff, backend="accounts.backends.UsernameOrPhone")
    return client


def test_the_list_of_members_leads_to_the_upload(office):
    page = office.get(reverse("admin:members_member_changelist")).content.decode()

    assert f'href="{reverse("exchange:upload")}"' in page


def test_an_import_is_read_only_in_the_admin(office, east, branch, secretary):
    batch = ImportBatchFactory(organization=east, by=secretary)
    plan_batch(batch, by=secretary)
    address = reverse("admin:exchange_importbatch_change", args=[batch.pk])

    page = office.get(address)
    office.post(address, {"state": "committed"})

    assert page.context["has_change_permission"] is False
    batch.refresh_from_db()
    assert batch.state == "planned"


def test_the_admin_lists_imports_of_one_s_own_area_alone(
    office, east, branch, foreign, secretary
):
    own = ImportBatchFactory(organization=east, by=secretary)
    ImportBatchFactory(organization=foreign, by=secretary)

    page = office.get(reverse("admin:exchange_importbatch_changelist"))

    assert list(page.context["cl"].queryset) == [own]


def test_the_admin_never_shows_a_whole_number(office, east, branch, secretary):
    batch = ImportBatchFactory(
        rows=[person(1), person(2, 性别="女")], organization=east, by=secretary
    )
    plan_batch(batch, by=secretary)
    address = reverse("admin:exchange_importbatch_change", args=[batch.pk])

    page = office.get(address).content.decode()

    assert identity_number(1) not in page
    assert identity_number(2) not in page
