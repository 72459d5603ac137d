"""What the lines of a return must say, computed anew or from counted figures."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from core.months import shift_month
from figures.definitions import indicators
from organizations.models import Organization
from organizations.month_tree import OrganizationAt, place_of
from reports.balance import ADJUSTMENT, BALANCE, CLOSING, completed
from reports.errors import NotYetFounded
from reports.models import MonthlyReturn, PublishedMonth, ReturnFormLine, ReturnLine

Count = Callable[[OrganizationAt, dt.date, Iterable[str]], Mapping[str, Decimal]]


def place_in(organization: Organization, month: dt.date) -> OrganizationAt:
    """Return where a community lay in the month; refuse months before it existed."""
    place = place_of(organization.pk, month)
    if place is None:
        raise NotYetFounded(name=organization.name, month=f"{month:%Y-%m}")
    return place


def counted_keys(lines: Iterable[ReturnFormLine]) -> list[str]:
    """Return the indicators a form needs, those of its balance included."""
    keys = [line.indicator for line in lines]
    if ADJUSTMENT not in keys:
        return keys
    extra = [key for key in BALANCE if key not in keys]
    return [key for key in keys if key != ADJUSTMENT] + extra


def carried(organization_id: int, month: dt.date) -> Decimal | None:
    """Return the closing that was published for the month before, if one was."""
    before = PublishedMonth.objects.filter(
        organization=organization_id, month=shift_month(month, -1)
    )
    figures = before.values_list("figures", flat=True).first()
    return Decimal(figures[CLOSING]) if figures and CLOSING in figures else None


def filled(
    lines: Iterable[ReturnFormLine],
    values: Mapping[str, Decimal],
    opening: Decimal | None,
) -> dict[str, Decimal]:
    """Return what each line of a form says, by its indicator."""
    wanted = [line.indicator for line in lines]
    full = completed(values, opening) if ADJUSTMENT in wanted else dict(values)
    return {key: full[key] for key in wanted}


def computed(monthly_return: MonthlyReturn, count: Count) -> dict[str, Decimal]:
    """Return what each line of a return says at this moment, by its indicator."""
    month = monthly_return.month
    lines = list(monthly_return.round.form.lines.all())
    place = place_in(monthly_return.organization, month)
    values = count(place, month, counted_keys(lines))
    opening = carried(monthly_return.organization_id, month)
    return filled(lines, values, opening)


def is_fixed(line: ReturnFormLine) -> bool:
    """Whether a line may only say what the records say: members and money."""
    return line.indicator == ADJUSTMENT or indicators.get(line.indicator).fixed


def places_of(line: ReturnFormLine) -> int:
    """Return to how many decimals a line's figure is known."""
    if line.indicator == ADJUSTMENT:
        return 0
    return indicators.get(line.indicator).decimals


def reported(
    form_line: ReturnFormLine, written: ReturnLine | None, value: Decimal
) -> Decimal:
    """Return what a line reports: an explained number stands, all others follow."""
    if written is None or not written.reason or is_fixed(form_line):
        return value
    return written.reported
