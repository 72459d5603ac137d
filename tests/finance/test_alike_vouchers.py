"""A voucher that may be of the same paper as another is asked about, and marked."""

import datetime as dt

import pytest
from django.urls import reverse

from finance.actions import cancel_voucher
from finance.models import Voucher
from tests.client import Browser
from tests.factories.finance import ExpenditureFactory, filled, use_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]

DAY = dt.date(2026, 6, 10)
PAPER = {
    "amount": "500.50",
    "purpose": "慰问物资",
    "counterparty": "鲜果店",
    "papers": "1",
}
ASKED = "已经录入"
MARKED = "可能是同一张凭据"


@pytest.fixture
def enter(fund, accountant):
    """Enter a voucher; returns the page's text and how many vouchers there are."""
    filled(fund, "9000.00", happened_on=dt.date(2026, 6, 1))
    browser = Browser()
    browser.force_login(accountant)

    def entered(kind="expenditure", day=DAY, **more):
        own = {
            "expenditure": {"decision": "6月1日支委会", "use": use_of(fund).pk},
            "income": {"source": "other"},
        }
        typed = {"happened_on": f"{day}", **PAPER, **own[kind], **more}
        before = Voucher.objects.count()
        url = reverse(f"finance:enter_{kind}", args=[fund.pk])
        page = browser.post(url, typed).content.decode()
        return ASKED in page, Voucher.objects.count() - before

    return entered


@pytest.mark.parametrize("kind", ["expenditure", "income"])
@pytest.mark.parametrize("days", [0, 7, -7])
def test_the_same_paper_within_a_week_is_asked_about_once(enter, kind, days):
    assert enter(kind) == (False, 1)

    again = {"day": DAY + dt.timedelta(days=days), "purpose": "慰问困难党员"}

    assert enter(kind, **again) == (True, 0)
    assert enter(kind, **again, confirmed="on") == (False, 1)


@pytest.mark.parametrize(
    "other",
    [
        {"day": DAY + dt.timedelta(days=8)},
        {"amount": "500.51"},
        {"counterparty": "粮油店"},
    ],
)
def test_another_paper_is_not_asked_about(enter, other):
    enter()

    assert enter(**other) == (False, 1)


@pytest.mark.parametrize(("purpose", "asked"), [("慰问物资", True), ("茶水", False)])
def test_without_a_payee_the_summary_tells(enter, purpose, asked):
    enter(counterparty="")

    assert enter(counterparty="", purpose=purpose)[0] == asked


def test_a_cancelled_voucher_is_not_asked_about(enter, accountant):
    enter()
    cancel_voucher(Voucher.objects.latest("pk"), by=accountant, reason="重复录入")

    assert enter() == (False, 1)


def test_correcting_a_voucher_does_not_compare_it_with_itself(fund, accountant):
    voucher = ExpenditureFactory(fund=fund, by=accountant, as_draft=True)
    browser = Browser()
    browser.force_login(accountant)
    url = reverse("finance:amend_voucher", args=[voucher.pk])
    form = browser.get(url).context["form"]
    values = {field.html_name: field.value() for field in form}
    typed = {name: "" if value is None else value for name, value in values.items()}

    page = browser.post(url, {**typed, "purpose": "更正摘要"})

    assert page.status_code == 302
    voucher.refresh_from_db()
    assert voucher.purpose == "更正摘要"


def test_who_signs_sees_the_other_voucher(enter, fund, secretary):
    enter()
    enter(confirmed="on")
    first, second = Voucher.objects.filter(counterparty="鲜果店").order_by("pk")
    reader = Browser()
    reader.force_login(secretary)

    pages = [reader.get(v.get_absolute_url()).content.decode() for v in (first, second)]

    assert all(MARKED in page for page in pages)
    assert first.get_absolute_url() in pages[1]
    cancel_voucher(first, by=first.entered_by, reason="重复录入")
    assert MARKED not in reader.get(second.get_absolute_url()).content.decode()
