"""The bands of a figure with their shares, as lines and as a chart."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.numbers import percent_of
from core.text import StrOrPromise
from figures.breakdowns import Breakdown
from figures.composition import Composition
from figures.composition_table import LinkedNumber, cells
from figures.definitions import Indicator
from figures.drilldown import breakdown_url
from organizations.models import Organization


@dataclass(frozen=True, slots=True)
class ShareLine:
    """One band of a place: its number, and its share where the whole is over zero."""

    label: StrOrPromise
    cell: LinkedNumber
    share: str


@dataclass(frozen=True, slots=True)
class BreakdownLink:
    """One way to split a figure, and whether it is the one that is shown."""

    label: StrOrPromise
    url: str
    chosen: bool


def share_lines(
    composition: Composition, indicator: Indicator, breakdown: Breakdown, month: dt.date
) -> list[ShareLine]:
    """Return the bands of the whole with their shares."""
    whole = composition.whole
    found = cells(composition, whole, indicator, breakdown, month)
    return [
        ShareLine(band.label, cell, format_share(cell.value, whole.total))
        for band, cell in zip(composition.bands, found.values(), strict=False)
    ]


def format_share(value: Decimal, whole: Decimal) -> str:
    """Return a part of a whole in per cent; nothing if there is no whole.

    Money that was put back makes a part negative: it has no share of the whole.
    """
    percent = percent_of(value, whole)
    return "" if percent is None or value < 0 else f"{percent} %"


def bar_chart(
    title: str, indicator: Indicator, lines: Sequence[ShareLine]
) -> dict[str, object]:
    """Return the chart of the bands, as `core/_charts.html` describes it."""
    values = [float(line.cell.value) for line in lines]
    urls = [line.cell.url or None for line in lines]
    return {
        "title": title,
        "unit": str(indicator.unit),
        "kind": "bar",
        "labels": [str(line.label) for line in lines],
        "series": [{"name": title, "values": values, "urls": urls}],
    }


def breakdown_links(
    organization: Organization,
    month: dt.date,
    indicator: Indicator,
    chosen: Breakdown | None = None,
) -> list[BreakdownLink]:
    """Return the ways to split a figure, each with its page."""
    return [
        BreakdownLink(
            one.label,
            breakdown_url(organization.pk, month, indicator.key, one.key),
            one is chosen,
        )
        for one in indicator.breakdowns
    ]
