"""A fund's detailed account adds up by day: on the page, on paper and in Excel."""

import datetime as dt
import random
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import AccessEntry
from figures.definitions import indicators, values_by_organization
from finance.account import build_account
from finance.actions import reverse_voucher
from organizations.roles import Role
from tests.client import Browser
from tests.factories.finance import (
    ExpenditureFactory,
    FundFactory,
    IncomeFactory,
    filled,
    holder_of,
    posted,
)
from tests.messages import translated

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


def put_back(voucher, day):
    """Reverse a posted voucher on a day."""
    return posted(
        reverse_voucher(
            voucher,
            by=holder_of(Role.ACCOUNTANT, voucher.fund),
            reason="错记",
            happened_on=day,
        )
    )


def sums_by_sql(fund):
    """Income and expenditure of a fund by plain SQL, without what was put back."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT original.kind, SUM(CASE WHEN own.id = original.id THEN 1 ELSE -1 END
                * own.amount) FROM finance_voucher own JOIN finance_voucher original
            ON original.id = COALESCE(own.reverses_id, own.id)
            WHERE own.state = 'posted' AND own.fund_id = %s GROUP BY original.kind
            """,
            [fund.pk],
        )
        sums = dict(cursor.fetchall())
    return tuple(Decimal(sums.get(kind, 0)) / 100 for kind in ("income", "expenditure"))


@pytest.mark.parametrize("seed", range(4))
def test_what_was_put_back_is_taken_off_the_column_in_which_it_stood(
    east, secretary, seed
):
    """The list, the paper, the workbook and the figure agree with plain SQL."""
    chance = random.Random(seed)
    fund = filled(FundFactory(organization=east), "5000.00")
    for __ in range(6):
        day = dt.date(2026, 6, chance.randint(2, 10))
        factory = chance.choice([IncomeFactory, ExpenditureFactory])
        amount = Decimal(chance.randint(1, 50_000)) / 100
        voucher = posted(factory(fund=fund, amount=amount, happened_on=day))
        if chance.random() < 0.6:
            put_back(voucher, day + dt.timedelta(days=chance.randint(0, 5)))
    put_back(
        posted(ExpenditureFactory(fund=fund, happened_on=dt.date(2026, 6, 3))),
        dt.date(2026, 6, 5),
    )

    browser = as_reader(secretary)
    query = "?since=2026-06-01&until=2026-06-30"
    page = browser.get(reverse("finance:fund", args=[fund.pk]) + query)
    paper = browser.get(reverse("finance:print_account", args=[fund.pk]) + query)
    book = browser.get(reverse("finance:download_account", args=[fund.pk]) + query)
    rows = list(load_workbook(BytesIO(book.content)).active.iter_rows(values_only=True))
    listed = list(page.context["table"].data.data)
    account = paper.context["account"]
    expected = sums_by_sql(fund)
    assert (
        sum(line.income for line in listed),
        sum(line.expenditure for line in listed),
    ) == expected
    assert (account.total.income, account.total.expenditure) == expected
    labels = {translated("Total of the month"), translated("Year to date")}
    totals = [row[3:5] for row in rows if row[2:3] and row[2] in labels]
    assert [tuple(round(Decimal(one), 2) for one in row) for row in totals] == [
        expected,
        expected,
    ]
    june = [indicators.get("spending")], dt.date(2026, 6, 1)
    assert values_by_organization(*june, [east.pk])[east.pk]["spending"] == expected[1]


def test_an_account_costs_the_same_queries_whatever_its_length(
    moved, django_assert_max_num_queries
):
    with django_assert_max_num_queries(3):
        account = build_account(moved, dt.date(2025, 1, 1), LAST_DAY)

        assert [entry.line.summary for m in account.months for entry in m.entries]
