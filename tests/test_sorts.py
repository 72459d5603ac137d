"""Every list × every order that an address may ask for: sorted, or left as it was."""

import re

import pytest
from django.contrib.admin.views.main import ORDER_VAR
from django.urls import reverse
from django_tables2 import Table

from organizations.roles import Role
from tests.exports import exported_names
from tests.factories.accounts import holder
from tests.factories.organizations import CommunityFactory
from tests.test_access_matrix import ACCESS, signed_in
from tests.test_lists import LISTS

pytestmark = pytest.mark.django_db

NONSENSE = ("", "-", "--", ",", "no_such_column", "-pk", "password", "user__password")
NONSENSE_OF_ADMIN = ("", "-", "x", "99", "-99", "1.99", "1.x", ".", "9" * 30)


def tables_of(answer):
    """Every table that a page was given, whatever it is called there."""
    contexts = answer.context or []
    values = [v for layer in contexts for one in layer for v in one.values()]
    return {id(v): v for v in values if isinstance(v, Table)}.values()


def orders_of(tables):
    """Each table's parameter with each of its columns, both ways, and nonsense."""
    for table in tables:
        names = [column.name for column in table.columns]
        for order in (*NONSENSE, *(f"{sign}{n}" for n in names for sign in ("", "-"))):
            yield {table.prefixed_order_by_field: order}


@pytest.mark.both
@pytest.mark.parametrize("name", sorted({*exported_names()}))
def test_a_list_is_shown_whatever_order_is_asked_for(name, world):
    access = ACCESS[name]
    client = signed_in(world.people[access.openers[0]])
    client.raise_request_exception = False
    address = reverse(name, args=access.args(world)[0])
    tables = tables_of(client.get(address))

    found = {
        str(query): client.get(address, query).status_code
        for query in orders_of(tables)
    }

    assert len(found) > len(NONSENSE)
    assert {query: status for query, status in found.items() if status != 200} == {}


@pytest.mark.parametrize("label", sorted(LISTS))
def test_a_list_of_the_admin_is_shown_whatever_order_is_asked_for(label, client):
    address = reverse(f"admin:{label.lower().replace('.', '_')}_changelist")
    city = CommunityFactory().parent.parent
    readers = (holder(Role.STREET_STAFF, city), holder(Role.AUDITOR))
    client.raise_request_exception = False
    found = {}
    for person in readers:
        client.force_login(person, "accounts.backends.UsernameOrPhone")
        if client.get(address).status_code == 200:
            found |= {
                order: client.get(address, {ORDER_VAR: order}, follow=True).status_code
                for order in NONSENSE_OF_ADMIN
            }

    assert found == dict.fromkeys(NONSENSE_OF_ADMIN, 200)


ORDER_OFFERED = re.compile(r'<details class="sort-choice.*?</details>', re.DOTALL)
ORDER_LINK = re.compile(r'href="\?([^"]*)"\s+aria-label')


@pytest.mark.parametrize("name", sorted({*exported_names()}))
def test_a_list_offers_its_orders_beside_its_headings(name, world):
    """A phone hides the headings, so each order has a link of its own."""
    access = ACCESS[name]
    client = signed_in(world.people[access.openers[0]])
    address = reverse(name, args=access.args(world)[0])
    answer = client.get(address, {"page": 1})

    expected = {
        f"{table.prefixed_order_by_field}={sign}{column.name}"
        for table in tables_of(answer)
        if len(table.rows)
        for column in table.columns
        if column.orderable
        for sign in ("", "-")
    }

    parts = ORDER_OFFERED.findall(answer.content.decode())
    offered = {link for part in parts for link in ORDER_LINK.findall(part)}
    assert offered == expected
