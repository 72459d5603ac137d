"""The rows of a figure: their format, their marks and their links."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from communities.actions import void_meeting
from core.months import month_of
from core.numbers import format_number
from figures.formatting import format_figure
from members.actions import void_member
from members.enums import StartReason
from organizations.actions import close_month
from tests.factories.communities import MeetingFactory
from tests.factories.finance import ExpenditureFactory, FundFactory, filled, posted
from tests.factories.members import MemberFactory
from tests.factories.reports import JUNE
from tests.factories.volunteering import ClaimFactory, PostFactory

MAY = dt.date(2026, 5, 1)


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("members_closing", "584.00", "584"),
        ("members_closing", "12584", "12,584"),
        ("adjustment", "-3.00", "−3"),
        ("service_hours", "12.00", "12.0"),
        ("service_hours", "1234.5", "1,234.5"),
        ("spending", "12345.6700000000", "12,345.67"),
        ("spending", "0", "0.00"),
    ],
)
def test_a_number_has_the_decimals_of_its_unit(key, value, text):
    assert format_figure(key, Decimal(value)) == text


def test_a_divided_number_has_two_decimals():
    assert format_number(Decimal("12345.67"), 2, 10000) == "1.23"


def cells(client, organization, key, month=JUNE):
    """The rows of a figure as the page shows them, one string for each cell."""
    url = reverse("figures:rows", args=[organization.pk, month, key])
    table = client.get(url).context["table"]
    return [[str(cell) for cell in row.cells] for row in table.paginated_rows]


def test_rows_of_a_figure_keep_their_order_whatever_the_query_string(
    client, secretary, east, branch
):
    MeetingFactory(organization=branch, held_on=JUNE)
    client.force_login(secretary)
    url = reverse("figures:rows", args=[east.pk, JUNE, "meetings_members"])

    answers = [client.get(url, {"sort": f"column{place}"}) for place in range(6)]

    assert [answer.status_code for answer in answers] == [200] * 6
    assert "?sort=" not in client.get(url).content.decode()


def test_a_fact_of_an_earlier_month_is_marked_where_it_counts(
    client, secretary, east, branch
):
    close_month(east, MAY, by=None)
    for name, day in (("李早", MAY), ("王准", JUNE)):
        MemberFactory(
            name=name,
            organization=branch,
            starts_on=day,
            reason=StartReason.TRANSFERRED_IN,
        )
    client.force_login(secretary)

    rows = cells(client, east, "members_in")

    late = {"补记" in " ".join(row): row[0] for row in rows}
    assert [("李早" in late[True]), ("王准" in late[False])] == [True, True]


@pytest.mark.parametrize("kind", ["meeting", "member"])
def test_what_was_voided_after_its_month_closed_is_marked_where_it_counted(
    client, secretary, east, branch, kind
):
    if kind == "meeting":
        key, row = "meetings_members", MeetingFactory(organization=branch)
        MeetingFactory(organization=branch, held_on=dt.date(2026, 6, 3))
        void = void_meeting
    else:
        key, member = "members_closing", MemberFactory(organization=branch)
        row = member
        MemberFactory(organization=branch)
        void = void_member
    close_month(east, JUNE, by=None)
    void(row, by=None, reason="录入重复")
    client.force_login(secretary)

    rows = cells(client, east, key)

    assert sum("已作废" in " ".join(row) for row in rows) == 1, rows
    assert len(rows) == 2


def test_rows_link_to_the_records_that_the_reader_may_open(
    client, secretary, east, roll
):
    client.force_login(secretary)

    rows = cells(client, east, "members_closing")

    assert [roll[i].get_absolute_url() in rows[i][0] for i in range(3)] == [True] * 3


def test_a_record_that_the_reader_may_not_open_has_no_link(
    client, secretary, east, foreign_branch
):
    guest = MemberFactory(name="周远", organization=foreign_branch)
    claim = ClaimFactory(shift__post=PostFactory(organization=east), member=guest)
    client.force_login(secretary)

    [row] = cells(client, east, "claims_made", month_of(localdate(claim.claimed_at)))

    assert row[0] == "周远"
    assert claim.shift.post.get_absolute_url() in row[1]


def test_money_of_a_row_has_two_decimals(client, secretary, east):
    fund = filled(FundFactory(organization=east), "20000")
    spent = ExpenditureFactory(fund=fund, amount=Decimal("12345.67"), happened_on=JUNE)
    posted(spent)
    client.force_login(secretary)

    rows = cells(client, east, "spending")

    assert [(row[4], spent.get_absolute_url() in row[2]) for row in rows] == [
        ("12,345.67", True)
    ]
