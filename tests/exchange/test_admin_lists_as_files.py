"""Lists of the admin leave as Excel and CSV, as the site's lists do."""

import pytest
from django.urls import reverse

from accounts.models import AccessEntry
from tests.exports import body, read_book, read_csv
from tests.factories.members import MemberFactory
from tests.factories.organizations import UnitFactory

pytestmark = pytest.mark.django_db
UNITS = reverse("admin:organizations_unit_changelist")


@pytest.fixture
def desk(client, staff):
    """The browser of 赵敏, who keeps the records of the street."""
    client.force_login(staff, backend="accounts.backends.UsernameOrPhone")
    return client


def test_a_list_leaves_with_the_rows_and_columns_that_it_shows(desk, east, foreign):
    UnitFactory(host=east, name="城东小学")
    UnitFactory(host=foreign, name="别处医院")

    rows = read_book(body(desk.get(UNITS, {"export": "xlsx"})))

    assert [row["名称"] for row in rows] == ["城东小学"]
    assert [row["所在社区"] for row in rows] == [str(east)]


def test_filter_and_search_of_the_list_hold_for_its_file(desk, branch):
    MemberFactory(organization=branch, name="王芳")
    MemberFactory(organization=branch, name="李雷")
    address = reverse("admin:members_member_changelist")

    rows = read_csv(body(desk.get(address, {"q": "王芳", "export": "csv"})))

    assert [row["姓名"] for row in rows] == ["王芳"]
    assert not any("出生日期" in row for row in rows)


def test_a_list_that_left_is_in_the_log_of_accesses(desk, east):
    UnitFactory(host=east)
    before = AccessEntry.objects.count()

    desk.get(UNITS, {"export": "csv"})

    assert AccessEntry.objects.count() == before + 1


def test_the_page_offers_both_files_with_its_filter(desk, east):
    UnitFactory(host=east, name="城东小学")

    page = desk.get(UNITS, {"q": "城东"}).content.decode()

    assert "export=xlsx" in page
    assert "q=%E5%9F%8E%E4%B8%9C" in page


def test_whoever_may_not_open_the_list_gets_no_file(client, secretary):
    client.force_login(secretary, backend="accounts.backends.UsernameOrPhone")

    assert client.get(UNITS, {"export": "csv"}).status_code == 403
