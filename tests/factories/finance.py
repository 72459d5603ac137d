"""Funds and vouchers, made by the actions that users run."""

import datetime as dt
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from accounts.models import RoleAssignment
from finance.actions import (
    approve_voucher,
    enter_expenditure,
    enter_income,
    open_fund,
    pay_voucher,
    review_voucher,
)
from finance.enums import FundKind, IncomeSource, VoucherKind
from finance.models import Fund, FundUse, Voucher
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.organizations import CommunityFactory

DAY = dt.date(2026, 6, 10)


class FundFactory(DjangoModelFactory):
    """An empty special fund of a new community, unless an organization is given."""

    class Meta:
        model = Fund

    organization = factory.SubFactory(CommunityFactory)
    kind = FundKind.PUBLIC_SERVICE
    name = factory.Sequence(lambda n: f"服务群众专项经费{n}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return open_fund(by=None, **kwargs)


def accountant_of(fund):
    """Return a person who enters the fund's vouchers."""
    return holder(Role.ACCOUNTANT, fund.organization)


def cashier_of(fund):
    """Return a person who pays the fund's expenditure."""
    return holder(Role.CASHIER, fund.organization)


def approver_of(fund):
    """Return a person who approves the fund's vouchers."""
    return holder(Role.STREET_STAFF, fund.organization)


def holder_of(role, fund, *, but=None):
    """Return who holds the role at the fund's organization, or a new person."""
    held = RoleAssignment.objects.filter(role=role, organization=fund.organization)
    held = held.exclude(user=but)
    first = held.order_by("pk").first()
    return first.user if first else holder(role, fund.organization)


def use_of(fund, *, name="居民自治"):
    """Return one of the uses on the list of the fund's kind."""
    return FundUse.objects.get(fund_kind=fund.kind, name=name)


class IncomeFactory(DjangoModelFactory):
    """An income that waits for review."""

    class Meta:
        model = Voucher

    fund = factory.SubFactory(FundFactory)
    by = factory.LazyAttribute(lambda o: accountant_of(o.fund))
    happened_on = DAY
    amount = Decimal("1000.00")
    purpose = "区级拨付专项经费"
    source = IncomeSource.SUPERIOR

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return enter_income(**kwargs)


class ExpenditureFactory(IncomeFactory):
    """An expenditure that waits for review; an empty fund is given the money."""

    source = None
    purpose = "楼道照明改造"
    decision = "6月5日居民代表会议"
    use = factory.LazyAttribute(lambda o: use_of(o.fund))

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        kwargs.pop("source")
        if kwargs.pop("fund_it", True) and not kwargs["fund"].lines.exists():
            filled(kwargs["fund"], 10_000, happened_on=kwargs["happened_on"])
        return enter_expenditure(**kwargs)


def reviewed(voucher, *, by=None):
    """Review a voucher, by another accountant of the fund unless a person is given."""
    other = by or holder_of(Role.ACCOUNTANT, voucher.fund, but=voucher.entered_by)
    return review_voucher(voucher, by=other)


def approved(voucher, *, by=None):
    """Review and approve a voucher: an income is posted, an expenditure to be paid."""
    approver = by or holder_of(Role.STREET_STAFF, voucher.fund)
    return approve_voucher(reviewed(voucher), by=approver)


def posted(voucher, *, by=None, paid_on=None):
    """Take a voucher all the way into the ledger; `by` takes the last step.

    An expenditure is paid on its own day unless another is given.
    """
    if voucher.kind != VoucherKind.EXPENDITURE:
        return approved(voucher, by=by)
    cashier = by or holder_of(Role.CASHIER, voucher.fund)
    return pay_voucher(
        approved(voucher), by=cashier, paid_on=paid_on or voucher.happened_on
    )


def filled(fund, amount, **values):
    """Give the fund this balance, and return it reloaded."""
    values = {"happened_on": DAY.replace(day=1), **values}
    posted(IncomeFactory(fund=fund, amount=Decimal(amount), **values))
    fund.refresh_from_db()
    return fund
