"""What changed against the month before and a year ago, and what made it so."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.months import months_between, shift_month
from core.text import StrOrPromise
from figures.definitions import Indicator, Kind, indicators
from figures.drilldown import rows_url
from figures.models import Figure
from figures.sums import (
    ZERO,
    Values,
    add_values,
    is_counted,
    read_distinct_figures,
    sum_by_child,
)
from organizations.month_tree import (
    OrganizationAt,
    children_of,
    get_organization_at,
    paths_over,
)
from reports.returns.balance import CLOSING, GAINS, LOSSES

NAMED = 3
"""So many places are named under a difference; the others are put together."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Something that made a difference: what, by how much, and the page of its rows."""

    label: StrOrPromise
    difference: Decimal
    url: str = ""


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure of a place beside what it was; None where nothing was counted.

    `this_year` is the sum since January, for figures that may be added up. `reasons`
    add up to `difference`; a figure that counts people once has none.
    """

    indicator: Indicator
    value: Decimal
    before: Decimal | None
    year_ago: Decimal | None
    this_year: Decimal | None
    reasons: Sequence[Reason]

    @property
    def difference(self) -> Decimal | None:
        """By how much it is more than in the month before."""
        return None if self.before is None else self.value - self.before

    @property
    def over_the_year(self) -> Decimal | None:
        """By how much it is more than in the same month a year ago."""
        return None if self.year_ago is None else self.value - self.year_ago


@dataclass(frozen=True, slots=True)
class Moment:
    """A place and its parts in one month; `parts` are its children by key."""

    organization: OrganizationAt
    whole: Values
    parts: dict[int, tuple[str, Values]]
    itself: Values


def build_changes(
    organization: OrganizationAt, month: dt.date, keys: Sequence[str]
) -> list[FigureChange]:
    """Return how figures of a place changed; the queries are constant."""
    now = _read_moment(organization, month, [*keys, *GAINS, *LOSSES])
    before = _read_counted(organization.pk, shift_month(month, -1), keys)
    year_ago = _read_counted(organization.pk, shift_month(month, -12), keys)
    this_year = _sum_since_january(organization.pk, month, keys)
    return [
        FigureChange(
            indicators.get(key),
            now.whole[key],
            before.whole[key] if before else None,
            year_ago.whole[key] if year_ago else None,
            this_year.get(key, ZERO) if _may_be_added(key) else None,
            list(_reasons(key, now, before, month)) if before else [],
        )
        for key in keys
    ]


def compare_with_last_month(
    organization: OrganizationAt, month: dt.date, values: Values
) -> Values:
    """Return the differences of some figures to the month before; none if uncounted."""
    before = _read_counted(organization.pk, shift_month(month, -1), list(values))
    if before is None:
        return {}
    return {key: value - before.whole[key] for key, value in values.items()}


def _may_be_added(key: str) -> bool:
    indicator = indicators.get(key)
    return indicator.kind == Kind.FLOW and not indicator.distinct


def _read_counted(pk: int, month: dt.date, keys: Sequence[str]) -> Moment | None:
    """Return a place in a month; None before it was founded or anything counted."""
    organization = get_organization_at(pk, month)
    if organization is None or not is_counted(month):
        return None
    return _read_moment(organization, month, keys)


def _read_moment(
    organization: OrganizationAt, month: dt.date, keys: Sequence[str]
) -> Moment:
    """Read a place and its children in a month, by that month's tree."""
    sums = sum_by_child(organization, month, keys)
    total = add_values(sums.values(), keys)
    distinct = read_distinct_figures([organization], month, keys)[organization.pk]
    parts = {
        child.pk: (child.name, sums.pop(child.path, {}))
        for child in children_of(organization, month)
    }
    return Moment(
        organization, total | distinct, parts, add_values(sums.values(), keys)
    )


def _sum_since_january(pk: int, month: dt.date, keys: Iterable[str]) -> Values:
    """Sum flows over the year, each month at the path the place had in it."""
    months = months_between(month.replace(month=1), month)
    flows = [key for key in keys if _may_be_added(key)]
    rows = Figure.objects.own().along(paths_over(pk, months))
    rows = rows.filter(indicator__in=flows).order_by()
    return dict(rows.values_list("indicator").annotate(total=Sum("value")))


def _reasons(key: str, now: Moment, before: Moment, month: dt.date) -> Iterator[Reason]:
    if key == CLOSING:
        yield from _moves(now, before, month)
    elif not indicators.get(key).distinct:
        yield from _largest(_by_place(key, now, before, month))


def _moves(now: Moment, before: Moment, month: dt.date) -> Iterator[Reason]:
    """Return what members came by and left by, and what neither explains."""
    rest = now.whole[CLOSING] - before.whole[CLOSING]
    for keys, sign in ((GAINS, 1), (LOSSES, -1)):
        for key in keys:
            if value := now.whole[key] * sign:
                rest -= value
                url = rows_url(now.organization.pk, month, key)
                yield Reason(indicators.get(key).label_in(month), value, url)
    if rest:
        yield Reason(_("corrections and organizations moved here or away"), rest)


def _by_place(
    key: str, now: Moment, before: Moment, month: dt.date
) -> Iterator[Reason]:
    """Return what each child made of a difference, and the place itself."""
    for pk in now.parts | before.parts:
        name, values = now.parts.get(pk) or before.parts[pk]
        _name, earlier = before.parts.get(pk) or (name, {})
        value = values if pk in now.parts else {}
        if difference := value.get(key, ZERO) - earlier.get(key, ZERO):
            yield Reason(name, difference, rows_url(pk, month, key))
    if (now.parts or before.parts) and (
        difference := now.itself.get(key, ZERO) - before.itself.get(key, ZERO)
    ):
        url = rows_url(now.organization.pk, month, key, itself=True)
        yield Reason(_("At this level itself"), difference, url)


def _largest(reasons: Iterable[Reason]) -> Iterator[Reason]:
    """Return the largest differences, the others put together."""
    chosen = sorted(reasons, key=lambda reason: -abs(reason.difference))
    named = chosen if len(chosen) <= NAMED + 1 else chosen[:NAMED]
    yield from named
    if others := chosen[len(named) :]:
        label = format_lazy(_("{count} others"), count=len(others))
        yield Reason(label, sum((one.difference for one in others), ZERO))
