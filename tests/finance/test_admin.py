"""Funds in the browser admin: opened there by street staff, looked at, never moved."""

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from finance.enums import FundKind
from finance.models import Fund, Voucher
from tests.factories.finance import FundFactory, IncomeFactory, posted
from tests.messages import rule, says


@pytest.fixture
def desk(client, staff):
    """The browser of 赵敏, who keeps the records of the street."""
    client.force_login(staff, backend="accounts.backends.UsernameOrPhone")
    return client


def test_street_staff_open_a_fund_and_leave_one_audit_entry(desk, east):
    before = AuditEntry.objects.count()

    desk.post(
        reverse("admin:finance_fund_add"),
        {"organization": east.pk, "kind": FundKind.DUES, "name": "东社区党费"},
    )

    fund = Fund.objects.get()
    assert (fund.organization, fund.kind, fund.balance) == (east, FundKind.DUES, 0)
    assert AuditEntry.objects.count() == before + 1


def test_a_fund_of_another_street_is_not_opened_here(desk, foreign):
    desk.post(
        reverse("admin:finance_fund_add"),
        {"organization": foreign.pk, "kind": FundKind.DUES, "name": "党费"},
    )

    assert Fund.objects.count() == 0


def test_a_second_fund_of_that_name_is_refused_on_the_form(desk, fund):
    answer = desk.post(
        reverse("admin:finance_fund_add"),
        {"organization": fund.organization_id, "kind": fund.kind, "name": fund.name},
    )

    assert says(answer.content.decode(), rule("fund_name_once_per_organization"))
    assert Fund.objects.count() == 1


@pytest.mark.parametrize("name", ["fund", "voucher", "line"])
def test_what_stands_is_looked_at_and_not_changed(desk, fund, name):
    posted(IncomeFactory(fund=fund))
    rows = {"fund": Fund, "voucher": Voucher, "line": fund.lines.model}[name]
    url = reverse(f"admin:finance_{name}_change", args=[rows.objects.earliest("pk").pk])

    page = desk.get(url)
    desk.post(url, {"name": "改名", "amount": "1", "debit": "1"})

    assert page.context["has_change_permission"] is False
    assert list(Fund.objects.values_list("name", flat=True)) == [fund.name]
    assert list(Voucher.objects.values_list("amount", flat=True)) == [1000]


@pytest.mark.parametrize("name", ["fund", "voucher", "line", "funduse", "duesrate"])
def test_each_list_opens_and_shows_the_street_s_own_rows(desk, fund, foreign, name):
    posted(IncomeFactory(fund=fund))
    posted(IncomeFactory(fund=FundFactory(organization=foreign, name="柳岸经费")))

    page = desk.get(reverse(f"admin:finance_{name}_changelist"))

    assert page.status_code == 200
    assert "柳岸经费" not in page.content.decode()


def test_who_keeps_money_has_no_business_in_the_admin(client, fund, accountant):
    client.force_login(accountant, backend="accounts.backends.UsernameOrPhone")

    answer = client.get(reverse("admin:finance_voucher_changelist"))

    assert answer.status_code == 403
