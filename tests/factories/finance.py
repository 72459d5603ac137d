"""Funds and vouchers, made by the actions that users run."""

import datetime as dt
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from finance.actions import (
    approve_voucher,
    enter_expenditure,
    enter_income,
    open_fund,
)
from finance.enums import FundKind, IncomeSource
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
    """Return a person who approves the fund's vouchers."""
    return holder(Role.CASHIER, fund.organization)


def use_of(fund, *, name="居民自治"):
    """Return one of the uses on the list of the fund's kind."""
    return FundUse.objects.get(fund_kind=fund.kind, name=name)


class IncomeFactory(DjangoModelFactory):
    """An income that waits for the cashier."""

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
    """An expenditure that waits for the cashier."""

    source = None
    purpose = "楼道照明改造"
    decision = "6月5日居民代表会议"
    use = factory.LazyAttribute(lambda o: use_of(o.fund))

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        kwargs.pop("source")
        return enter_expenditure(**kwargs)


def posted(voucher, *, by=None):
    """Approve a voucher, by a new cashier unless one is given."""
    return approve_voucher(voucher, by=by or cashier_of(voucher.fund))


def filled(fund, amount):
    """Give the fund this balance, and return it reloaded."""
    posted(IncomeFactory(fund=fund, amount=Decimal(amount)))
    fund.refresh_from_db()
    return fund
