"""Powers passed down, each with the document by which it was."""

import datetime as dt

import pytest
from django.urls import reverse

from core.errors import ConstraintViolated
from organizations.models import Organization
from organizations.roles import Role
from tests.client import Browser
from tests.exports import body, read_book
from tests.factories.accounts import holder
from tests.factories.documents import DocumentFactory
from tests.factories.organizations import CommunityFactory, StreetFactory

pytestmark = pytest.mark.django_db
POWER = "对派驻人员的考核建议权。"


@pytest.fixture
def street():
    """A street that passed one power down to its communities."""
    place = StreetFactory(name="红旗街道")
    DocumentFactory(
        organization=place,
        kind="delegation",
        title="赋权清单",
        number="红党〔2026〕7号",
        text=POWER,
        handed_down=True,
    )
    return place


@pytest.fixture
def secretary(street):
    """The browser of the secretary of a community of the street."""
    client = Browser()
    community = CommunityFactory(parent=street)
    DocumentFactory(organization=community, kind="rule", title="议事规则")
    user = holder(Role.SECRETARY, organization=community)
    client.force_login(user, backend="accounts.backends.UsernameOrPhone")
    return client


@pytest.mark.mission("S4-33")
def test_a_community_reads_which_powers_it_has_from_whom_and_by_what(secretary):
    url = reverse("exchange:powers")

    place = Organization.objects.get(parent__name="红旗街道")

    (row,) = read_book(body(secretary.get(url, {"export": "xlsx"})))

    assert row["标题"] == "赋权清单"
    assert row["文号"] == "红党〔2026〕7号"
    assert row["下放的职权"] == POWER
    assert row["由谁下放"] == "红旗街道"
    assert row["下放给"] == f"{place.name}及其下级组织"
    page = secretary.get(url).content.decode()
    assert f"{reverse('exchange:enter_document')}?kind=delegation" in page


def test_powers_in_force_are_printed_and_former_ones_are_not(secretary, street):
    DocumentFactory(
        organization=street,
        kind="delegation",
        title="旧清单",
        handed_down=True,
        ends_on=dt.date(2026, 1, 2),
    )

    paper = secretary.get(reverse("exchange:powers_paper")).content.decode()

    assert POWER in paper
    assert "旧清单" not in paper
    past = secretary.get(reverse("exchange:powers"), {"which": "past"})
    assert "旧清单" in past.content.decode()


def test_the_documents_lead_to_the_register(secretary):
    page = secretary.get(reverse("exchange:documents")).content.decode()

    assert f'href="{reverse("exchange:powers")}"' in page


def test_an_office_without_any_reads_what_to_enter():
    client = Browser()
    user = holder(Role.STREET_STAFF, organization=StreetFactory())
    client.force_login(user, backend="accounts.backends.UsernameOrPhone")

    assert "赋权清单" in client.get(reverse("exchange:powers")).content.decode()


@pytest.mark.mission("S4-33")
def test_a_list_of_powers_says_what_is_passed_down(street):
    values = {"organization": street, "kind": "delegation", "title": "空清单"}

    with pytest.raises(ConstraintViolated, match="下放了什么"):
        DocumentFactory(**values, number="", text="")

    assert DocumentFactory(**values, number="", text="考核权").pk


@pytest.mark.mission("S4-33")
def test_a_power_of_a_later_day_is_marked_as_not_yet_in_force(secretary, street):
    DocumentFactory(
        organization=street,
        kind="delegation",
        title="明年清单",
        handed_down=True,
        starts_on=dt.date(2027, 1, 1),
    )

    page = secretary.get(reverse("exchange:powers")).content.decode()

    assert "2027年1月1日（尚未生效）" in page
