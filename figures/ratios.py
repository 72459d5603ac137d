"""Ratios: two figures over one set, of a place and of what lies directly below it.

A ratio is data over figures that exist: it needs no table and no migration, and both
of its numbers open to their rows. Where it is a share, the rows of its numerator are
rows of its denominator as well, so that it is never above 100 %.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.numbers import format_number, percent_of
from core.registries.registry import Registry
from core.text import StrOrPromise
from figures.definitions import (
    Indicator,
    RowFilter,
    group_by_source,
    indicators,
    match_all,
    values_by_organization,
)
from figures.sums import ZERO, Values, add_values, sum_by_child
from organizations.month_tree import OrganizationAt, paths_within

NO_DENOMINATOR = _("nothing to divide by")
DOES_NOT_FIT = _("being counted again")
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Ratio:
    """Two figures of one month, the first divided by the second.

    `per` is the unit of a rate, such as members per worker. Without it the ratio is a
    share: the numerator is a part of the denominator. `definition` says in words what
    is divided by what.
    """

    key: str
    label: StrOrPromise
    definition: StrOrPromise
    numerator: Indicator
    denominator: Indicator
    per: StrOrPromise = ""

    @property
    def is_share(self) -> bool:
        """Whether one is a part of the other."""
        return not self.per

    @property
    def is_stored(self) -> bool:
        """Whether both figures are stored; otherwise both are counted from the rows."""
        return self.numerator.key in indicators and self.denominator.key in indicators


ratios: Registry[Ratio] = Registry("Ratio")


def live_figure(
    key: str, label: StrOrPromise, whole: Indicator, where: RowFilter = match_all
) -> Indicator:
    """Return a figure of a part of another's rows, counted when somebody looks.

    It is no indicator: neither stored nor reported, only part of ratios.
    """

    def both(month: dt.date) -> Q:
        return whole.where(month) & where(month)

    return replace(whole, key=key, label=label, where=both, label_values={})


def find_figure(key: str) -> Indicator | None:
    """Return an indicator, or a figure that only ratios have."""
    if key in indicators:
        return indicators.get(key)
    both = (one for ratio in ratios for one in (ratio.numerator, ratio.denominator))
    return next((one for one in both if one.key == key), None)


@dataclass(frozen=True, slots=True)
class RatioValue:
    """A ratio of one place in one month."""

    ratio: Ratio
    numerator: Decimal = ZERO
    denominator: Decimal = ZERO

    @property
    def value(self) -> Decimal | None:
        """The ratio; None where nothing is to be divided by.

        A share is rounded down: 100.0 is all of them; one below a hundredth has two
        decimals. Between two recounts a part may be above its whole: that is no share.
        """
        if self.denominator <= 0 or self.numerator < 0:
            return None
        if not self.ratio.is_share:
            rate = self.numerator / self.denominator
            return rate.quantize(HUNDREDTH, ROUND_HALF_UP)
        if self.numerator > self.denominator:
            return None
        is_small = 0 < self.numerator * 100 < self.denominator
        decimals = 2 if is_small else 1
        return percent_of(self.numerator, self.denominator, decimals, rounded_down=True)

    @property
    def text(self) -> str:
        """The ratio as it is printed; a dash where it has no value."""
        if self.value is None:
            return "—"
        if self.ratio.is_share:
            return f"{self.value} %"
        return f"{format_number(self.value)} {self.ratio.per}"

    @property
    def why_none(self) -> StrOrPromise:
        """Why there is no ratio; nothing where there is one."""
        if self.value is not None:
            return ""
        return NO_DENOMINATOR if self.denominator <= 0 else DOES_NOT_FIT


@dataclass(frozen=True, slots=True)
class RatiosAt:
    """The ratios of a place, of its children by path, and of the place by itself."""

    whole: dict[str, RatioValue]
    by_child: dict[str, dict[str, RatioValue]]
    itself: dict[str, RatioValue]


def read_ratios(
    wanted: Iterable[Ratio],
    place: OrganizationAt,
    children: Sequence[OrganizationAt],
    month: dt.date,
) -> RatiosAt:
    """Return ratios of a place and its children: a query a source, however many."""
    chosen = list(wanted)
    stored = [one for one in chosen if one.is_stored]
    live = [one for one in chosen if not one.is_stored]
    figures = [one for ratio in live for one in (ratio.numerator, ratio.denominator)]
    paths = [child.path for child in children]
    values = _join(
        _read_stored(stored, place, month), count_by_child(figures, place, paths, month)
    )
    whole = _divide(chosen, values.values())
    by_child = {
        path: _divide(chosen, [values[path]] if path in values else [])
        for path in paths
    }
    rest = [found for path, found in values.items() if path not in by_child]
    return RatiosAt(whole, by_child, _divide(chosen, rest))


def _keys(wanted: Iterable[Ratio]) -> list[str]:
    found = (key for one in wanted for key in (one.numerator.key, one.denominator.key))
    return list(dict.fromkeys(found))


def _read_stored(
    wanted: Sequence[Ratio], place: OrganizationAt, month: dt.date
) -> dict[str, Values]:
    return sum_by_child(place, month, _keys(wanted)) if wanted else {}


def count_by_child(
    wanted: Iterable[Indicator],
    place: OrganizationAt,
    paths: Sequence[str],
    month: dt.date,
) -> dict[str, Values]:
    """Count figures from the rows, by the path of the child or of the place itself."""
    figures = {one.key: one for one in wanted}
    path_of = paths_within([place], month) if figures else {}
    depth = max((len(path) for path in paths), default=0)
    children, found = set(paths), dict[str, Values]()
    for group in group_by_source(figures.values()).values():
        for pk, values in values_by_organization(group, month, path_of).items():
            part = path_of[pk][:depth]
            at = part if part in children else place.path
            found[at] = add_values([found.get(at, {}), values], figures)
    return found


def _join(
    stored: dict[str, Values], live: dict[str, Values]
) -> dict[str, dict[str, dict[str, Decimal]]]:
    """Keep both apart by path: a figure may be stored here and counted there."""
    return {
        path: {"stored": stored.get(path, {}), "live": live.get(path, {})}
        for path in stored.keys() | live.keys()
    }


def _divide(
    wanted: Iterable[Ratio], parts: Iterable[dict[str, dict[str, Decimal]]]
) -> dict[str, RatioValue]:
    """Return each ratio of some parts put together."""
    chosen, both = list(parts), dict[str, RatioValue]()
    for one in wanted:
        kind = "stored" if one.is_stored else "live"
        keys = (one.numerator.key, one.denominator.key)
        total = add_values((part[kind] for part in chosen), keys)
        both[one.key] = RatioValue(one, total[keys[0]], total[keys[1]])
    return both
