"""The numbers of a superior's form, or why there is none.

Zero, nothing recorded and not counted are three things: a cell of the last two stays
blank. What a submitted return reports goes before what the records say, as it does in
the month's workbook, so that two papers for the same superior agree.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Min
from django.utils.translation import gettext as _

from accounts.models import User
from core.dates import format_month
from core.months import month_of, months_between, shift_month, today
from figures.breakdowns import Breakdown
from figures.counting import count_figure
from figures.definitions import Indicator, Kind, indicators
from figures.models import Figure
from figures.permissions import can_open_bands
from figures.sums import ZERO, Values, sum_figures
from organizations.models import Organization
from organizations.month_tree import OrganizationAt, get_organization_at
from reports.enums import ADDED_UP, CellOutcome, CellPeriod
from reports.models import MappedCell
from reports.returns.balance import BALANCE
from reports.returns.year_totals import recount_distinct
from reports.superior_forms.rights import may_take_along
from reports.workbooks.summary import read_reported_differences


@dataclass(frozen=True, slots=True)
class CellNumber:
    """What came of a number: its value, or why it was left blank; and what to know."""

    state: CellOutcome
    value: Decimal = ZERO
    note: str = ""


def months_of(period: str, month: dt.date) -> list[dt.date]:
    """Return the months that a number of a period is of."""
    if period == CellPeriod.LAST_MONTH:
        return [shift_month(month, -1)]
    if period == CellPeriod.YEAR_AGO:
        return [shift_month(month, -12)]
    if period == CellPeriod.QUARTER:
        first = month.replace(month=month.month - (month.month - 1) % 3)
        return list(months_between(first, month))
    if period == CellPeriod.YEAR:
        return list(months_between(month.replace(month=1), month))
    return [month]


class Numbers:
    """Reads the numbers of a form for one reader; each place and month once."""

    def __init__(
        self, keys: Collection[str], reader: User, *, keeper: Organization
    ) -> None:
        wanted = dict.fromkeys([*keys, *BALANCE])
        self.keys = [key for key in wanted if key in indicators]
        self.reader = reader
        self.opened: dict[int, bool] = {}
        self.places: dict[tuple[int, dt.date], OrganizationAt | None] = {}
        self.values: dict[tuple[int, dt.date], Values | None] = {}
        first = Figure.objects.below(keeper).aggregate(month=Min("month"))["month"]
        self.began: dt.date | None = first

    def read(
        self, cell: MappedCell, organization: Organization, month: dt.date
    ) -> CellNumber:
        """Return the number that belongs into a cell, if the reader may have it."""
        if cell.indicator not in indicators:
            return CellNumber(CellOutcome.GONE)
        if not self._may_read(organization):
            return CellNumber(CellOutcome.WITHHELD)
        indicator = indicators.get(cell.indicator)
        months = months_of(cell.period, month)
        if cell.band:
            return self._read_band(cell, indicator, organization, months[0])
        if cell.period in ADDED_UP:
            return self._add_up(indicator, organization, months)
        return self._read_month(indicator, organization, months[0])

    def _read_month(
        self, indicator: Indicator, organization: Organization, month: dt.date
    ) -> CellNumber:
        place = self._place_in(organization, month)
        if place is None:
            return CellNumber(CellOutcome.NOT_THERE)
        values = self._values_of(place, month)
        if values is None:
            return CellNumber(CellOutcome.NOT_COUNTED)
        value = values.get(indicator.key, ZERO)
        if not value and _tells_only_what_is_recorded(indicator):
            rows = indicator.rows_within(place, month)
            if not rows.exists():
                return CellNumber(CellOutcome.NONE)
        return _as_number(value)

    def _add_up(
        self, indicator: Indicator, organization: Organization, months: list[dt.date]
    ) -> CellNumber:
        known = [
            one
            for one in months
            if (place := self._place_in(organization, one)) is not None
            and self._values_of(place, one) is not None
        ]
        counted = [one for one in months if self._is_counted(one)]
        if not known:
            outcome = CellOutcome.NOT_THERE if counted else CellOutcome.NOT_COUNTED
            return CellNumber(outcome)
        note = _tell_missing(months, counted, known)
        if indicator.distinct:
            return _as_number(recount_distinct(indicator, organization.pk, known), note)
        parts = (self._read_month(indicator, organization, one) for one in known)
        return _as_number(sum((part.value for part in parts), ZERO), note)

    def _read_band(
        self,
        cell: MappedCell,
        indicator: Indicator,
        organization: Organization,
        month: dt.date,
    ) -> CellNumber:
        chosen = find_band(indicator, cell.breakdown, cell.band, month)
        if chosen is None:
            return CellNumber(CellOutcome.GONE)
        if not can_open_bands(self.reader, indicator.source, organization):
            return CellNumber(CellOutcome.WITHHELD)
        place = self._place_in(organization, month)
        if place is None:
            return CellNumber(CellOutcome.NOT_THERE)
        if self._values_of(place, month) is None:
            return CellNumber(CellOutcome.NOT_COUNTED)
        value = count_figure(indicator.in_band(chosen, cell.band), place, month)
        past = chosen.undated and month < month_of(today())
        return _as_number(value, _("as recorded today") if past else "")

    def _may_read(self, organization: Organization) -> bool:
        """Whether the reader may take the numbers of a place along, as its summary."""
        key = organization.pk
        if key not in self.opened:
            self.opened[key] = may_take_along(self.reader, organization)
        return self.opened[key]

    def _place_in(
        self, organization: Organization, month: dt.date
    ) -> OrganizationAt | None:
        key = (organization.pk, month)
        if key not in self.places:
            self.places[key] = get_organization_at(organization.pk, month)
        return self.places[key]

    def _values_of(self, place: OrganizationAt, month: dt.date) -> Values | None:
        """Return the figures of a place; None if none was counted in the month."""
        key = (place.pk, month)
        if key not in self.values:
            self.values[key] = (
                read_values(place, month, self.keys)
                if self._is_counted(month)
                else None
            )
        return self.values[key]

    def _is_counted(self, month: dt.date) -> bool:
        """Whether the street has numbers of a month: not before its records began."""
        began = self.began is not None and self.began <= month
        return began and month <= month_of(today())


def read_values(place: OrganizationAt, month: dt.date, keys: Collection[str]) -> Values:
    """Return figures of a place, as returns report them where they do."""
    values = sum_figures(place, month, keys)
    for key, difference in read_reported_differences(place, month).items():
        if key in values:
            values[key] += difference
    return values


def _tell_missing(
    months: list[dt.date], counted: list[dt.date], known: list[dt.date]
) -> str:
    """Say which months a total is without: not counted yet, or no such place yet."""
    notes = []
    if len(counted) < len(months):
        words = _("from %(month)s on: nothing was counted before")
        notes.append(words % {"month": format_month(counted[0])})
    if absent := [format_month(one) for one in counted if one not in known]:
        words = _("without %(months)s: there was no such place yet")
        notes.append(words % {"months": "、".join(absent)})
    return "；".join(notes)


def _as_number(value: Decimal, note: str = "") -> CellNumber:
    return CellNumber(CellOutcome.FILLED if value else CellOutcome.ZERO, value, note)


def _tells_only_what_is_recorded(indicator: Indicator) -> bool:
    """Whether no rows mean that nobody recorded it: what is added up, not counted."""
    return indicator.kind == Kind.STOCK and bool(indicator.total)


def find_band(
    indicator: Indicator, breakdown: str, band: str, month: dt.date
) -> Breakdown | None:
    """Return the way of splitting that has the band; None if there is no longer one."""
    for one in indicator.breakdowns:
        if one.key == breakdown and any(b.key == band for b in one.bands_in(month)):
            return one
    return None
