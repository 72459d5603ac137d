"""Uses of funds and rates of dues: rules that begin and end on days."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from finance.enums import FundKind, Payer, VoucherState
from finance.errors import DuesBandsOverlap, FundUseSpent, RuleNotBegun, RuleRuns
from finance.models import DuesRate, FundUse, Voucher

USE_COLUMNS = ("fund_kind", "name", "is_allowed", "basis", "position", "starts_on")
RATE_COLUMNS = (
    *("payer", "above", "up_to", "percent", "least", "most", "bands_of"),
    "starts_on",
)


@action(label=_("Use of funds recorded"))
def add_fund_use(
    *,
    fund_kind: FundKind,
    name: str,
    starts_on: dt.date,
    by: Actor | None,
    is_allowed: bool = True,
    basis: str = "",
    position: int = 0,
) -> FundUse:
    """Let a kind of fund be spent on something from a day on, or forbid it (R-60)."""
    same = FundUse.objects.select_for_update().filter(fund_kind=fund_kind, name=name)
    if (running := same.filter(ends_on=None).first()) is not None:
        raise RuleRuns(name=running.name, day=running.starts_on)
    use = FundUse(
        fund_kind=fund_kind,
        name=name,
        is_allowed=is_allowed,
        basis=basis,
        position=position,
        starts_on=starts_on,
    )
    validate(use)
    use.save()
    audit.record(use, by=by, after=audit.snapshot(use, *USE_COLUMNS))
    return use


@action(label=_("Use of funds ended"))
def end_fund_use(use: FundUse, *, on: dt.date, reason: str, by: Actor | None) -> None:
    """End a use from a day on; what was spent on it before stays as it is."""
    use = FundUse.objects.select_for_update().get(pk=use.pk)
    spent = Voucher.objects.filter(use=use, happened_on__gte=on)
    last = spent.exclude(state=VoucherState.CANCELLED).order_by("happened_on").last()
    if last is not None:
        raise FundUseSpent(name=use.name, day=last.happened_on)
    _end(use, on=on, reason=reason, by=by)


@action(label=_("Rate of dues recorded"))
def add_dues_rate(
    *, payer: Payer, starts_on: dt.date, by: Actor | None, **values: Any
) -> DuesRate:
    """Record a rate of dues from a day on; the same band before it ends that day.

    Bands of one payer never overlap (R-50): one with other bounds is ended first.
    """
    rate = DuesRate(payer=payer, starts_on=starts_on, **values)
    others = DuesRate.objects.select_for_update().filter(payer=payer)
    for other in others.filter(ends_on=None):
        if (other.above, other.up_to) == (rate.above, rate.up_to):
            if starts_on <= other.starts_on:
                raise RuleRuns(name=str(other), day=other.starts_on)
            with audit.recording(other, "ends_on", by=by):
                other.ends_on = starts_on
                other.save(update_fields=["ends_on"])
    validate(rate)
    for other in others.exclude(ends_on__lte=starts_on):
        if _overlap(rate, other):
            raise DuesBandsOverlap(other=describe_band(other))
    rate.save()
    audit.record(rate, by=by, after=audit.snapshot(rate, *RATE_COLUMNS))
    return rate


@action(label=_("Rate of dues ended"))
def end_dues_rate(
    rate: DuesRate, *, on: dt.date, reason: str, by: Actor | None
) -> None:
    """End a rate from a day on; dues calculated for earlier days stay."""
    rate = DuesRate.objects.select_for_update().get(pk=rate.pk)
    _end(rate, on=on, reason=reason, by=by)


def describe_band(rate: DuesRate) -> str:
    """Name a rate by the base it is for."""
    if rate.above is None:
        return str(rate)
    upper = "" if rate.up_to is None else f"{rate.up_to:g}"
    return f"{rate.get_payer_display()} {rate.above:g}–{upper}"


def _overlap(rate: DuesRate, other: DuesRate) -> bool:
    """Whether some base would be calculated by both; a fixed rate is for any base."""
    if rate.above is None or other.above is None:
        return True
    infinite = Decimal("Infinity")
    begins = max(rate.above, other.above)
    return bool(begins < min(rate.up_to or infinite, other.up_to or infinite))


def _end(
    rule: FundUse | DuesRate, *, on: dt.date, reason: str, by: Actor | None
) -> None:
    if rule.ends_on is not None or on <= rule.starts_on:
        raise RuleNotBegun(name=str(rule), day=rule.starts_on)
    rule.ends_on = on
    validate(rule)
    rule.save(update_fields=["ends_on"])
    audit.record(
        rule,
        by=by,
        reason=reason,
        before={"ends_on": None},
        after=audit.snapshot(rule, "ends_on"),
    )
