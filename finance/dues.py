"""The rates of dues in words, for the page that calculates with them."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finance.models import Due, DuesRate
from finance.money import format_yuan

#
RULES: tuple[Promise, ...] = (
    gettext_lazy(
        "One rate applies to the whole base, so that the amount leaps at each bound."
    ),
    gettext_lazy(
        "Probationary members pay from the day of the meeting that accepted them."
    ),
    gettext_lazy(
        "The amount is fixed each January and normally stays for the year; when the"
        " wage changes, the reason is recorded."
    ),
    gettext_lazy(
        "Dues are paid monthly to one's branch; what is paid later goes back no further"
        " than six months."
    ),
    gettext_lazy(
        "A voluntary payment of 1,000 yuan or more at once goes wholly to the centre."
    ),
    gettext_lazy(
        "Members in hardship pay less or nothing when their branch has discussed it"
        " and the committee above has approved."
    ),
)


@dataclass(frozen=True, slots=True)
class Band:
    """One line of the table of rates, in words."""

    base: str
    rate: str
    applies: bool = False


def describe_rates(rates: list[DuesRate], applied: DuesRate | None) -> list[Band]:
    """Return the rates in words; the one that was applied is marked."""
    return [Band(_base(rate), _rate(rate), rate == applied) for rate in rates]


def format_due(due: Due) -> str:
    """Return what is due for a month; a range where the rule leaves one."""
    if due.least == due.most:
        return format_yuan(due.least)
    return f"{format_yuan(due.least)}—{format_yuan(due.most)}"


def _base(rate: DuesRate) -> str:
    if rate.above is None:
        return _("any")
    values = {"above": format_yuan(rate.above), "up_to": format_yuan(rate.up_to)}
    if rate.up_to is None:
        return _("above %(above)s yuan") % values
    if not rate.above:
        return _("up to %(up_to)s yuan") % values
    return _("above %(above)s, up to %(up_to)s yuan") % values


def _rate(rate: DuesRate) -> str:
    if rate.percent is not None:
        return f"{Decimal(rate.percent).normalize():f}%"
    least, most = rate.least or Decimal(), rate.most or Decimal()
    return _("%(amount)s yuan") % {"amount": format_due(Due(least, most))}
