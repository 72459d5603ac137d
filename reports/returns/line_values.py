"""Compute what the lines of a return say, from rows or from stored figures."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from core.dates import format_month
from core.months import shift_month
from figures.definitions import indicators
from organizations.models import Organization
from organizations.month_tree import OrganizationAt, get_organization_at
from reports.errors import NotYetFounded
from reports.models import MonthlyReturn, PublishedMonth, ReturnFormLine, ReturnLine
from reports.returns.balance import ADJUSTMENT, BALANCE, CLOSING, complete_balance

Count = Callable[[OrganizationAt, dt.date, Iterable[str]], Mapping[str, Decimal]]


def require_organization_at(
    organization: Organization, month: dt.date
) -> OrganizationAt:
    """Return where a community lay in the month; refuse months before it existed."""
    found = get_organization_at(organization.pk, month)
    if found is None:
        raise NotYetFounded(name=organization.name, month=format_month(month))
    return found


def required_indicators(lines: Iterable[ReturnFormLine]) -> list[str]:
    """Return the indicators that a form needs, including those of its balance."""
    keys = [line.indicator for line in lines]
    if ADJUSTMENT not in keys:
        return keys
    extra = [key for key in BALANCE if key not in keys]
    return [key for key in keys if key != ADJUSTMENT] + extra


def published_opening(organization_id: int, month: dt.date) -> Decimal | None:
    """Return the closing that was published for the month before, if one was."""
    return published_openings([organization_id], month).get(organization_id)


def published_openings(ids: Iterable[int], month: dt.date) -> dict[int, Decimal]:
    """Return the closings that were published for the month before, by organization."""
    before = PublishedMonth.objects.filter(
        organization__in=list(ids), month=shift_month(month, -1)
    )
    return {pk: f[CLOSING] for pk, _month, f in before.read_figures() if CLOSING in f}


def fill_lines(
    lines: Iterable[ReturnFormLine],
    values: Mapping[str, Decimal],
    opening: Decimal | None,
) -> dict[str, Decimal]:
    """Return the value of each line of a form, by its indicator."""
    keys = [line.indicator for line in lines]
    all_values = (
        complete_balance(values, opening) if ADJUSTMENT in keys else dict(values)
    )
    return {key: all_values[key] for key in keys}


def compute_lines(monthly_return: MonthlyReturn, count: Count) -> dict[str, Decimal]:
    """Return the present value of each line of a return, by its indicator."""
    month = monthly_return.month
    lines = list(monthly_return.round.form.lines.all())
    organization = require_organization_at(monthly_return.organization, month)
    values = count(organization, month, required_indicators(lines))
    opening = published_opening(monthly_return.organization_id, month)
    return fill_lines(lines, values, opening)


def is_fixed(line: ReturnFormLine) -> bool:
    """Whether a line is always reported as computed: members and money."""
    return line.indicator == ADJUSTMENT or indicators.get(line.indicator).fixed


def decimals_of(line: ReturnFormLine) -> int:
    """Return how many decimals a line's figure has."""
    if line.indicator == ADJUSTMENT:
        return 0
    return indicators.get(line.indicator).decimals


def is_possible(line: ReturnFormLine, value: Decimal) -> bool:
    """Whether a line can have a number: by its sign, its decimals and its bound."""
    smallest = Decimal(1).scaleb(-decimals_of(line))
    return value % smallest == 0 and 0 <= value <= Decimal(line.most)


def reported_value(
    form_line: ReturnFormLine, line: ReturnLine | None, value: Decimal
) -> Decimal:
    """Return what a line reports: the explained number, otherwise the computed one."""
    if line is None or not line.reason or is_fixed(form_line):
        return value
    reported: Decimal = line.reported
    return reported
