"""Every list × every order: equal rows have one place, page by page."""

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.main import ORDER_VAR
from django.db.models import F
from django.http import QueryDict
from django.test import RequestFactory
from django.urls import reverse
from django_tables2 import Table

from core.db.ordering import end_order_in_key
from core.web.tables import OrderedTable
from members.models import Affiliation, Member
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.test_list_pages import WITHOUT_TABLE
from tests.test_lists import LISTS
from tests.test_long_lists import OFFICE, _one_city, every_hand  # noqa: F401 -- a fixture

ROWS, A_PAGE = 5, 2
pytestmark = pytest.mark.django_db


def subclasses(kind):
    for one in kind.__subclasses__():
        yield one
        yield from subclasses(one)


def test_every_table_of_ours_is_an_ordered_one():
    ours = {
        t for t in subclasses(Table) if t.__module__.split(".")[0] in apps_of_ours()
    }

    assert {t for t in ours if not issubclass(t, OrderedTable)} == set()
    assert len(ours) > 10


def apps_of_ours():
    return {apps.get_app_config(label).name for label in settings.OUR_APPS}


def has_one_order(rows):
    """Whether the order ends in the key, or in another column that is unique."""
    order = rows.query.order_by or rows.model._meta.ordering
    last = str(order[-1]).lstrip("-")
    return last == "pk" or rows.model._meta.get_field(last).unique


def read_pages(client, address, sort):
    """The keys of a list's rows on all its pages, in one order; and its queryset."""
    keys, page, pages, rows = [], 1, 1, None
    while page <= pages:
        answer = client.get(address, {"sort": sort, "page": page})
        table = answer.context["table"]
        keys += [row.record.pk for row in table.paginated_rows]
        pages, rows = table.paginator.num_pages, table.data.data
        page += 1
    return keys, rows


@pytest.mark.parametrize("name", sorted({*OFFICE} - WITHOUT_TABLE))
def test_a_list_shows_each_row_once_in_every_order(client, city, name, monkeypatch):
    client.force_login(every_hand(city), "accounts.backends.UsernameOrPhone")
    address = reverse(name)
    for _row in range(ROWS):
        OFFICE[name]()
    first = client.get(address)
    monkeypatch.setattr(first.context["view"].__class__, "paginate_by", A_PAGE)
    table = first.context["table"]
    sorts = [""] + [
        f"{sign}{column.name}"
        for column in table.columns
        if column.orderable
        for sign in ("", "-")
    ]

    wrong = {}
    for sort in sorts:
        keys, rows = read_pages(client, address, sort)
        if len(keys) != len({*keys}) or len(keys) < ROWS or not has_one_order(rows):
            wrong[sort] = keys

    assert wrong == {}


@pytest.mark.parametrize("label", sorted(LISTS))
def test_a_list_of_the_admin_ends_every_order_in_the_key(label, street):
    request = RequestFactory().get("/admin/")
    request.user = holder(Role.STREET_STAFF, street)
    keeper = admin.site._registry[apps.get_model(label)]

    wrong = []
    for number in range(len(keeper.get_list_display(request)) + 1):
        for sort in (str(number), f"-{number}") if number else ("",):
            request.GET = QueryDict(f"{ORDER_VAR}={sort}" if sort else "")
            rows = keeper.get_changelist_instance(request).queryset
            if not has_one_order(rows):
                wrong.append(sort)

    assert wrong == []
    assert has_one_order(keeper.get_queryset(request))


def test_an_order_that_has_the_key_stays_as_it_is():
    by_key = Member.objects.order_by("name", "-pk")
    by_expression = Member.objects.order_by(F("name").desc())

    assert end_order_in_key(by_key) is by_key
    assert end_order_in_key(by_expression).query.order_by[-1] == "pk"
    assert end_order_in_key(Affiliation.objects.order_by()).query.order_by[-1] == "pk"
    assert end_order_in_key(by_expression[:3]).query.is_sliced
