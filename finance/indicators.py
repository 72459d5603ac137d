"""Figures about money, each defined once."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from core.db.querysets import ScopedQuerySet
from figures.definitions import Column, Indicator, Kind, Source, indicators
from finance.models import Fund, Line, Voucher

YUAN = _("yuan")


def _spent(month: dt.date) -> ScopedQuerySet[Line]:
    rows = Line.objects.spending().filter(voucher__month=month)
    rows = rows.with_reversal(Voucher.objects.all())
    return rows.select_related("fund__organization", "voucher__reverses")


def _held(month: dt.date) -> ScopedQuerySet[Fund]:
    rows = Fund.objects.with_balance_at(month, Line.objects.all())
    return rows.select_related("organization")


SPENDING = Source(
    "finance.spending",
    _("Paid expenditure and its reversals"),
    _spent,
    (
        Column(_("Date"), "voucher.booked_on"),
        Column(_("Fund"), "fund.name"),
        Column(_("Voucher summary"), "voucher.summary", opens="voucher"),
        Column(_("Reversed by voucher no."), "reversal_number"),
        Column(_("Amount (yuan)"), "net", decimals=2),
    ),
    organization="fund__organization",
    project="voucher__project",
)
BALANCES = Source(
    "finance.balances",
    _("Fund balances at month end"),
    _held,
    (
        Column(_("Fund"), "name", opens="self"),
        Column(_("Organization"), "organization.name"),
        Column(_("Balance (yuan)"), "balance_then", decimals=2),
    ),
)

indicators.add(
    Indicator(
        "spending",
        _("Expenditure"),
        YUAN,
        Kind.FLOW,
        SPENDING,
        total="net",
        fixed=True,
        decimals=2,
    ),
    Indicator(
        "fund_balance",
        _("Fund balance"),
        YUAN,
        Kind.STOCK,
        BALANCES,
        total="balance_then",
        fixed=True,
        decimals=2,
    ),
)
