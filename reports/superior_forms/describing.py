"""What belongs into a cell, in words."""

import datetime as dt

from django.utils.translation import gettext as _

from core.months import month_of, today
from figures.definitions import indicator_label, indicators
from reports.enums import CellContent, CellPeriod
from reports.models import MappedCell
from reports.superior_forms.numbers import find_band

TEN_THOUSAND = 10_000


def describe_cell(cell: MappedCell, month: dt.date | None = None) -> str:
    """Return in words what belongs into a cell."""
    if cell.content == CellContent.TEXT:
        return _("text: “%(text)s”") % {"text": cell.text}
    if cell.content != CellContent.FIGURE:
        return str(cell.get_content_display())
    month = month or month_of(today())
    parts = [describe_figure(cell, month)]
    if cell.place is not None:
        parts.insert(0, cell.place.name)
    if cell.period != CellPeriod.MONTH:
        parts.append(str(cell.get_period_display()))
    if cell.divisor != 1:
        parts.append(describe_divisor(cell))
    return " · ".join(parts)


def describe_figure(cell: MappedCell, month: dt.date) -> str:
    """Return the label of a cell's number, with its band."""
    label = indicator_label(cell.indicator, month)
    if not cell.band or cell.indicator not in indicators:
        return label
    indicator = indicators.get(cell.indicator)
    breakdown = find_band(indicator, cell.breakdown, cell.band, month)
    if breakdown is None:
        return label
    band = next(b for b in breakdown.bands_in(month) if b.key == cell.band)
    return f"{label}（{breakdown.label}：{band.label}）"


def describe_divisor(cell: MappedCell) -> str:
    """Return in which unit a number is filled in."""
    if cell.divisor == TEN_THOUSAND:
        return _("in units of ten thousand")
    return _("divided by %(divisor)s") % {"divisor": cell.divisor}
