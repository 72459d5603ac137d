"""A fund's detailed account adds up by day: on the page, on paper and in Excel."""

import datetime as dt
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import AccessEntry
from finance.account import build_account
from tests.client import Browser
from tests.factories.finance import (
    ExpenditureFactory,
    FundFactory,
    IncomeFactory,
    filled,
    posted,
)

LAST_DAY = dt.date(2026, 6, 30)


@pytest.fixture
def moved(east):
    """A fund whose vouchers were posted in another order than that of their days."""
    fund = filled(
        FundFactory(organization=east), "1000.00", happened_on=dt.date(2025, 12, 30)
    )
    for day, amount in [((5, 20), "300.00"), ((4, 8), "100.00"), ((6, 2), "50.00")]:
        paper = ExpenditureFactory(
            fund=fund, amount=Decimal(amount), happened_on=dt.date(2026, *day)
        )
        posted(paper)
    posted(
        IncomeFactory(
            fund=fund, amount=Decimal("70.00"), happened_on=dt.date(2026, 5, 3)
        )
    )
    return fund


def as_reader(user):
    """A browser in which the person has signed in."""
    browser = Browser()
    browser.force_login(user)
    return browser


def balances(account):
    """What the account says after each of its entries, by day."""
    return [
        (entry.line.voucher.booked_on.strftime("%m-%d"), entry.balance)
        for month in account.months
        for entry in month.entries
    ]


def test_the_balance_follows_the_days_not_the_order_of_posting(moved):
    account = build_account(moved, dt.date(2026, 1, 1), LAST_DAY)

    assert (account.opening, account.closing) == (1000, Decimal(620))
    assert balances(account) == [
        ("04-08", Decimal(900)),
        ("05-03", Decimal(970)),
        ("05-20", Decimal(670)),
        ("06-02", Decimal(620)),
    ]


def test_months_and_the_year_to_date_are_totalled(moved):
    account = build_account(moved, dt.date(2026, 5, 9), LAST_DAY)

    totals = [
        (one.month.month, one.total.income, one.total.expenditure, one.balance)
        for one in account.months
    ]
    to_date = [
        (one.year_to_date.income, one.year_to_date.expenditure)
        for one in account.months
    ]
    assert (account.since, account.opening) == (dt.date(2026, 5, 1), Decimal(900))
    assert totals == [(5, 70, 300, 670), (6, 0, 50, 620)]
    assert to_date == [(70, 400), (70, 450)]


@pytest.mark.parametrize("query", ["", "?since=2026-05-01&until=2026-05-31"])
def test_the_list_shows_what_was_held_after_each_day(moved, secretary, query):
    url = reverse("finance:fund", args=[moved.pk])

    page = as_reader(secretary).get(f"{url}{query}")

    shown = [
        (line.voucher.booked_on.strftime("%m-%d"), line.balance)
        for line in page.context["table"].data.data
    ]
    expected = balances(build_account(moved, dt.date(2025, 1, 1), LAST_DAY))[::-1]
    wanted = [one for one in expected if not query or one[0].startswith("05")]
    assert shown == wanted


def test_paper_and_workbook_say_the_same(moved, secretary):
    browser = as_reader(secretary)
    query = "?since=2026-04-01&until=2026-06-30"
    paper = browser.get(reverse("finance:print_account", args=[moved.pk]) + query)
    book = browser.get(reverse("finance:download_account", args=[moved.pk]) + query)

    sheet = load_workbook(BytesIO(book.content)).active
    rows = [row for row in sheet.iter_rows(values_only=True) if len(row) == 6]
    written = [row[5] for row in rows if isinstance(row[5], int | float)]
    account = paper.context["account"]
    assert written[0] == account.opening
    assert written[-1] == account.closing
    assert len(written) == 1 + 4 + 2 * 3
    entry = AccessEntry.objects.latest("pk")
    assert entry.details == {"since": "2026-04-01", "until": "2026-06-30"}


def test_an_account_costs_the_same_queries_whatever_its_length(
    moved, django_assert_max_num_queries
):
    with django_assert_max_num_queries(3):
        account = build_account(moved, dt.date(2025, 1, 1), LAST_DAY)

        assert [entry.line.summary for m in account.months for entry in m.entries]
