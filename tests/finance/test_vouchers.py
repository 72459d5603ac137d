"""Entering vouchers, and what can be done before they are posted."""

import datetime as dt
from decimal import Decimal

import pytest

from accounts.models import AuditEntry
from communities.models import Project
from core.audit.presentation import present_changes
from core.errors import ConstraintViolated, FutureDay
from finance.actions import (
    amend_voucher,
    cancel_voucher,
    enter_income,
    open_fund,
    return_voucher,
    reverse_voucher,
)
from finance.enums import FundKind, IncomeSource, VoucherState
from finance.errors import (
    NotInThatState,
    PostedIsFinal,
    ProjectElsewhere,
    UseForbidden,
    UseOfAnotherFund,
)
from finance.models import FundUse, Voucher
from organizations.actions import end_organization
from organizations.errors import MonthIsClosed, OrganizationEnded
from tests.factories.finance import (
    DAY,
    ExpenditureFactory,
    FundFactory,
    IncomeFactory,
    approved,
    posted,
    reviewed,
    use_of,
)
from tests.factories.organizations import closed
from tests.messages import rule


def list_audited_actions():
    """Return this app's audited action names, oldest first."""
    entries = AuditEntry.objects.filter(action__startswith="finance.")
    return list(entries.order_by("pk").values_list("action", flat=True))


def test_a_fund_opens_empty(east, staff):
    fund = open_fund(east, kind=FundKind.DUES, name="党费", by=staff)

    assert (fund.balance, fund.last_number, list_audited_actions()) == (
        0,
        0,
        ["finance.open_fund"],
    )


def test_an_ended_organization_opens_no_fund(east):
    ended = end_organization(east, by=None, reason="撤销", on=dt.date(2026, 6, 1))

    with pytest.raises(OrganizationEnded):
        FundFactory(organization=ended)


def test_a_second_fund_of_that_name_is_refused_in_words(fund):
    with pytest.raises(
        ConstraintViolated, match=rule("fund_name_once_per_organization")
    ):
        FundFactory(organization=fund.organization, name=fund.name)


def test_an_entered_income_waits_and_has_moved_nothing(fund, accountant):
    voucher = enter_income(
        fund,
        by=accountant,
        happened_on=DAY,
        amount=Decimal("200000.00"),
        purpose="年度专项经费",
        source=IncomeSource.BUDGET,
        is_recurring=True,
    )

    fund.refresh_from_db()
    assert (voucher.state, voucher.month) == (
        VoucherState.SUBMITTED,
        DAY.replace(day=1),
    )
    assert (fund.balance, fund.lines.count()) == (0, 0)
    assert list_audited_actions() == ["finance.open_fund", "finance.enter_income"]


def test_a_draft_waits_for_nobody(fund):
    voucher = IncomeFactory(fund=fund, as_draft=True)

    assert voucher.state == VoucherState.DRAFT


def test_nothing_is_dated_in_the_future(fund):
    with pytest.raises(FutureDay):
        IncomeFactory(fund=fund, happened_on=dt.date(2026, 6, 21))


def test_a_closed_month_takes_no_new_voucher(fund, east):
    closed(east, dt.date(2026, 5, 1))

    with pytest.raises(MonthIsClosed):
        IncomeFactory(fund=fund, happened_on=dt.date(2026, 5, 31))

    assert Voucher.objects.count() == 0


@pytest.mark.parametrize("amount", ["0.00", "-1.00"])
def test_an_amount_is_above_zero(fund, amount):
    with pytest.raises(ConstraintViolated, match=rule("voucher_amount_above_zero")):
        IncomeFactory(fund=fund, amount=Decimal(amount))


def test_an_expenditure_without_a_decision_is_refused(fund):
    with pytest.raises(
        ConstraintViolated, match=rule("voucher_expenditure_says_use_and_decision")
    ):
        ExpenditureFactory(fund=fund, decision="")


@pytest.mark.parametrize(
    "name",
    ["办公费用", "人员工资补贴", "偿还债务", "办公场所新建和装修"],
)
def test_the_negative_list_blocks_a_use(fund, name):
    with pytest.raises(UseForbidden, match=name):
        ExpenditureFactory(fund=fund, use=use_of(fund, name=name))


def test_the_uses_of_another_fund_are_refused(fund):
    training = FundUse.objects.get(fund_kind=FundKind.DUES, name="培训党员")

    with pytest.raises(UseOfAnotherFund):
        ExpenditureFactory(fund=fund, use=training)


def test_a_use_is_refused_on_days_it_is_not_in_force(fund):
    use = use_of(fund)
    use.ends_on = DAY
    use.save(update_fields=["ends_on"])

    with pytest.raises(UseOfAnotherFund):
        ExpenditureFactory(fund=fund, use=use, happened_on=DAY)


def project_of(organization):
    return Project.objects.create(
        organization=organization, name="银龄课堂", tag="x", starts_on=DAY
    )


def test_an_expenditure_may_be_for_a_project_of_the_community(fund, east):
    voucher = ExpenditureFactory(fund=fund, project=project_of(east))

    assert voucher.project.name == "银龄课堂"


def test_money_is_not_charged_to_another_community_s_project(fund, west):
    with pytest.raises(ProjectElsewhere):
        ExpenditureFactory(fund=fund, project=project_of(west))


def test_a_returned_voucher_says_why_and_comes_back_amended(fund, accountant, cashier):
    voucher = IncomeFactory(fund=fund, by=accountant)

    returned = return_voucher(voucher, by=cashier, reason="金额与进账单不符")
    amended = amend_voucher(voucher, by=accountant, amount=Decimal("999.50"))

    assert returned.return_reason == "金额与进账单不符"
    assert (amended.state, amended.return_reason) == (VoucherState.SUBMITTED, "")
    assert Voucher.objects.get().amount == Decimal("999.50")
    assert list_audited_actions()[-2:] == [
        "finance.return_voucher",
        "finance.amend_voucher",
    ]


def test_amending_moves_a_voucher_to_the_month_of_its_new_day(fund, accountant):
    voucher = IncomeFactory(fund=fund)

    amended = amend_voucher(voucher, by=accountant, happened_on=dt.date(2026, 4, 30))

    assert amended.month == dt.date(2026, 4, 1)


def test_amending_obeys_the_rules_of_entering(fund, accountant):
    voucher = ExpenditureFactory(fund=fund)

    with pytest.raises(UseForbidden):
        amend_voucher(voucher, by=accountant, use=use_of(fund, name="办公费用"))

    assert Voucher.objects.get(pk=voucher.pk).use.name == "居民自治"


def test_who_amends_has_entered_it(fund, accountant):
    voucher = IncomeFactory(fund=fund)

    assert amend_voucher(voucher, by=accountant).entered_by == accountant


def test_a_posted_voucher_is_neither_amended_nor_cancelled_nor_returned(
    fund, accountant, cashier
):
    voucher = posted(IncomeFactory(fund=fund))

    with pytest.raises(PostedIsFinal):
        amend_voucher(voucher, by=accountant, amount=Decimal(1))
    with pytest.raises(PostedIsFinal):
        cancel_voucher(voucher, by=accountant, reason="重复")
    with pytest.raises(NotInThatState):
        return_voucher(voucher, by=cashier, reason="有误")


def test_a_cancelled_voucher_stays_on_record_and_is_never_reopened(fund, accountant):
    voucher = IncomeFactory(fund=fund)

    cancelled = cancel_voucher(voucher, by=accountant, reason="重复录入")

    assert cancelled.state == VoucherState.CANCELLED
    assert AuditEntry.objects.order_by("-pk")[0].reason == "重复录入"
    with pytest.raises(NotInThatState):
        amend_voucher(voucher, by=accountant)


@pytest.mark.parametrize("step", [reviewed, approved])
@pytest.mark.parametrize("change", [amend_voucher, return_voucher, cancel_voucher])
def test_signatures_are_taken_back_when_a_voucher_is_changed(fund, step, change):
    voucher = step(ExpenditureFactory(fund=fund))
    why = {} if change is amend_voucher else {"reason": "金额有误"}

    changed = change(voucher, by=voucher.entered_by, **why)

    changed.refresh_from_db()
    assert (changed.reviewed_by, changed.approved_by) == (None, None)


@pytest.mark.parametrize("amount", ["100000000.00", "999999999999.99"])
def test_a_mistyped_amount_is_refused_in_words(fund, amount):
    with pytest.raises(ConstraintViolated, match=rule("voucher_amount_bounds")):
        IncomeFactory(fund=fund, amount=Decimal(amount))


def test_the_log_names_a_posted_voucher_by_its_number(fund, accountant):
    IncomeFactory(fund=fund)  # no number before it is posted
    second = posted(IncomeFactory(fund=fund))
    reversal = reverse_voucher(second, by=accountant, reason="收入重复入账")

    entries = [AuditEntry.objects.about(row).first() for row in (reversal, second)]

    shown = present_changes(entries[0].subject_type, {}, entries[0].after)
    [named] = [line.after for line in shown if line.label == "冲销对象"]
    assert second.pk != second.number
    assert named.startswith(f"第{second.number}号 ")
