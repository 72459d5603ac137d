"""Figures about money, each defined once."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.enums import ProjectTag
from core.db.querysets import ScopedQuerySet
from figures.breakdowns import Band, Breakdown, by_choices
from figures.definitions import Column, Indicator, Kind, Source, indicators
from finance.enums import FundKind, IncomeSource
from finance.models import Fund, Line, Voucher

YUAN = _("yuan")
BY_FUND_KIND = by_choices("fund", _("Kind of fund"), FundKind, "fund__kind")
RECURRING = Band(
    "recurring",
    _("comes every year"),
    Q(voucher__is_recurring=True) | Q(voucher__reverses__is_recurring=True),
)


def _spent(month: dt.date) -> ScopedQuerySet[Line]:
    rows = Line.objects.spending().filter(voucher__month=month)
    rows = rows.with_reversal(Voucher.objects.all())
    return rows.select_related("fund__organization", "voucher__reverses")


def _came_in(month: dt.date) -> ScopedQuerySet[Line]:
    rows = Line.objects.income().filter(voucher__month=month)
    rows = rows.with_reversal(Voucher.objects.all())
    return rows.select_related("fund__organization", "voucher__reverses")


def _held(month: dt.date) -> ScopedQuerySet[Fund]:
    rows = Fund.objects.with_balance_at(month, Line.objects.all())
    return rows.select_related("organization")


MOVEMENT = (
    Column(_("Date"), "voucher.booked_on"),
    Column(_("Fund"), "fund.name"),
    Column(_("Voucher summary"), "voucher.summary", opens="voucher"),
    Column(_("Reversed by voucher no."), "reversal_number"),
    Column(_("Amount (yuan)"), "net", decimals=2),
)
SPENDING = Source(
    "finance.spending",
    _("Paid expenditure and its reversals"),
    _spent,
    MOVEMENT,
    organization="fund__organization",
    project="voucher__project",
    breakdowns=(
        BY_FUND_KIND,
        by_choices("tag", _("Way of co-building"), ProjectTag, "voucher__project__tag"),
    ),
)
INCOME = Source(
    "finance.income",
    _("Income and its reversals"),
    _came_in,
    MOVEMENT,
    organization="fund__organization",
    breakdowns=(
        by_choices(
            "source",
            _("Source of income"),
            IncomeSource,
            "voucher__source",
            "voucher__reverses__source",
        ),  # S0-02
        Breakdown(
            "recurring",
            _("Comes every year"),
            lambda _month: [RECURRING],
            rest=_("once only"),
        ),  # S0-03
        BY_FUND_KIND,
    ),
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
    breakdowns=(by_choices("fund", _("Kind of fund"), FundKind, "kind"),),
)

indicators.add(
    Indicator(
        "income",
        _("Income"),
        YUAN,
        Kind.FLOW,
        INCOME,
        total="net",
        fixed=True,
        decimals=2,
    ),
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
