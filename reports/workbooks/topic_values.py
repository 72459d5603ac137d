"""Read the numbers of a topic: of a place's parts, over the months of a period.

What happened within the months is added up, a number at month end is that of the last
counted month. Parts are the places directly below, as the tree was in the last month;
what was counted elsewhere below stands at the place itself.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from core.actors import Actor
from core.dates import format_month
from core.months import shift_month
from core.text import StrOrPromise
from figures.breakdowns import Breakdown
from figures.composition import Composition, Part, compose
from figures.definitions import Indicator, Kind, indicators
from figures.permissions import can_open_bands
from figures.ratios import Ratio, RatioValue, count_by_child, read_ratios
from figures.sums import ZERO, Values, is_counted, sum_by_child
from organizations.models import Organization
from organizations.month_tree import OrganizationAt, children_of, get_organization_at
from reports.workbooks.period_parts import in_period
from reports.workbooks.periods import Period

END_OF_MONTH = "本月末"
"""What labels say of a month's end: they are shown in Chinese on official sheets."""
ITSELF = 0
"""The key of what is counted at the place itself."""


@dataclass(frozen=True, slots=True)
class TopicPeriod:
    """A place over a period: the months that were counted, and its parts at the end."""

    organization: Organization
    place: OrganizationAt
    period: Period
    months: Sequence[dt.date]
    children: Sequence[OrganizationAt]

    @property
    def last(self) -> dt.date:
        """The last month that was counted."""
        return self.months[-1]

    def name_figure(self, figure: Indicator) -> str:
        """Return what a figure is called here.

        The end of November is not the end of the year: where the period goes on, or was
        not counted to its end, the label names the last month.
        """
        label = figure.label_in(self.last)
        if self.last != self.period.last:
            return label.replace(END_OF_MONTH, f"{format_month(self.last)}末")
        return in_period(label, self.period.kind)


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One part of a place and its numbers by column."""

    name: str
    values: Mapping[str, Decimal]


def read_topic_period(organization: Organization, period: Period) -> TopicPeriod | None:
    """Return a place over a period; None if none of its months was counted."""
    months = [
        month
        for month in period.months
        if get_organization_at(organization.pk, month) and is_counted(month)
    ]
    if not months:
        return None
    place = get_organization_at(organization.pk, months[-1])
    if place is None:
        return None
    children = children_of(place, months[-1])
    return TopicPeriod(organization, place, period, months, children)


def read_lines(over: TopicPeriod, figures: Sequence[Indicator]) -> list[PlaceLine]:
    """Return the figures of each part over the period."""
    found: dict[int, Values] = defaultdict(lambda: defaultdict(Decimal))
    for month in over.months:
        chosen = [one for one in figures if one.kind == Kind.FLOW or month == over.last]
        _add(found, over, month, chosen)
    return _lines(over, found, [one.key for one in figures])


def read_opening(over: TopicPeriod, stock: Indicator) -> list[PlaceLine] | None:
    """Return a stock at the end of the month before; None where nothing was counted."""
    before = shift_month(over.months[0], -1)
    if not is_counted(before):
        return None
    found: dict[int, Values] = defaultdict(lambda: defaultdict(Decimal))
    _add(found, over, before, [stock])
    return _lines(over, found, [stock.key])


def _add(
    found: dict[int, Values],
    over: TopicPeriod,
    month: dt.date,
    figures: Sequence[Indicator],
) -> None:
    """Add the figures of one month, by that month's tree."""
    place = get_organization_at(over.organization.pk, month)
    if place is None:
        return
    children = {child.path: child.pk for child in children_of(place, month)}
    kept = {child.pk for child in over.children}
    stored = [one.key for one in figures if one.key in indicators]
    live = [one for one in figures if one.key not in indicators]
    for sums in (
        sum_by_child(place, month, stored),
        count_by_child(live, place, list(children), month),
    ):
        for path, values in sums.items():
            pk = children.get(path, ITSELF)
            for key, value in values.items():
                found[pk if pk in kept else ITSELF][key] += value


def _lines(
    over: TopicPeriod, found: Mapping[int, Values], keys: Sequence[str]
) -> list[PlaceLine]:
    """Return a line for each part; one for the place itself where it has numbers."""
    named = [(child.pk, child.name) for child in over.children]
    if any(found.get(ITSELF, {}).values()) or not named:
        named.append((ITSELF, _("At this level itself")))
    return [
        PlaceLine(name, {key: found.get(pk, {}).get(key, ZERO) for key in keys})
        for pk, name in named
    ]


@dataclass(frozen=True, slots=True)
class SplitLines:
    """A figure split by bands: the columns, and a line for each part."""

    labels: Mapping[str, StrOrPromise]
    lines: Sequence[PlaceLine]


def read_split(
    over: TopicPeriod, figure: Indicator, breakdown: Breakdown, reader: Actor
) -> SplitLines | None:
    """Return a figure by bands, those that are empty left out; None if too few people.

    Who may not read names gets small parts together, as on the page.
    """
    readable = can_open_bands(reader, figure.source, over.organization)
    months = over.months if figure.kind == Kind.FLOW else [over.last]
    found: dict[int, Values] = defaultdict(lambda: defaultdict(Decimal))
    small = ""
    for month in months:
        place = get_organization_at(over.organization.pk, month)
        if place is None:
            continue
        composition = compose(figure, breakdown, place, month, readable=readable)
        if composition.withheld:
            return None
        for part in _parts_of(composition):
            pk = _key_of(part, over)
            small = part.name if pk is None else small
            for band, value in part.values.items():
                found[-1 if pk is None else pk][band] += value
    return _split_lines(over, breakdown, found, small)


def _parts_of(composition: Composition) -> Sequence[Part]:
    return composition.parts or [composition.whole]


def _key_of(part: Part, over: TopicPeriod) -> int | None:
    """Return the key of a part at the period's end; None for small parts together."""
    if part.organization is None:
        return None
    kept = {child.pk for child in over.children}
    pk = part.organization.pk
    return pk if pk in kept and not part.itself else ITSELF


def _split_lines(
    over: TopicPeriod, breakdown: Breakdown, found: Mapping[int, Values], small: str
) -> SplitLines:
    labels = {
        band.key: band.label
        for band in breakdown.bands_in(over.last)
        if any(values.get(band.key) for values in found.values())
    }
    named = [(c.pk, c.name) for c in over.children if c.pk in found]
    named += [(pk, name) for pk, name in ((-1, small),) if pk in found]
    if any(found.get(ITSELF, {}).values()):
        named.append((ITSELF, _("At this level itself")))
    lines = [
        PlaceLine(name, {key: found[pk].get(key, ZERO) for key in labels})
        for pk, name in named
    ]
    return SplitLines(labels, lines)


def read_ratio_lines(
    over: TopicPeriod, wanted: Sequence[Ratio]
) -> list[tuple[str, Mapping[str, RatioValue]]]:
    """Return the ratios of each part at the end of the period, the whole last."""
    found = read_ratios(wanted, over.place, over.children, over.last)
    lines: list[tuple[str, Mapping[str, RatioValue]]] = [
        (child.name, found.by_child[child.path]) for child in over.children
    ]
    if any(one.numerator or one.denominator for one in found.itself.values()):
        lines.append((_("At this level itself"), found.itself))
    return [*lines, ("", found.whole)]
