"""The bands of one figure, for a place and for what lies directly below it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from core.db.querysets import join_lookup
from core.db.tree import STEP
from figures.breakdowns import Band, Breakdown
from figures.definitions import Indicator
from figures.sums import ZERO, Values, add_values
from organizations.month_tree import OrganizationAt, children_of, paths_within

FEWEST = 10
"""Fewer people than this are shown to nobody who may not read their names: where a
branch has four members, the one over 60 is known to everybody."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one place contributes; `organization` is none where several are together."""

    name: str
    organization: OrganizationAt | None
    values: Values
    itself: bool = False

    @property
    def total(self) -> Decimal:
        """The figure of the part: every row is in one band."""
        return sum(self.values.values(), ZERO)


@dataclass(frozen=True, slots=True)
class Composition:
    """A figure of a place by bands.

    `parts` are its children and, where it has rows of its own, the place itself;
    together they make `whole`. `readable` is whether the numbers may be opened to their
    rows; `withheld`, whether they are too few people for this reader.
    """

    bands: list[Band]
    whole: Part
    parts: list[Part]
    readable: bool
    withheld: bool = False


def compose(
    indicator: Indicator,
    breakdown: Breakdown,
    organization: OrganizationAt,
    month: dt.date,
    *,
    readable: bool,
) -> Composition:
    """Split a figure of a place, counted from the rows in one query.

    If its numbers are not `readable`, parts of less than `FEWEST` people are put
    together.
    """
    bands = breakdown.bands_in(month)
    keys = [band.key for band in bands]
    parts = _split(indicator, breakdown, organization, month, keys)
    whole = Part(
        organization.name,
        organization,
        add_values((part.values for part in parts), keys),
    )
    if not whole.values[keys[-1]]:
        bands = bands[:-1]
    if readable:
        return Composition(bands, whole, parts, readable)
    if whole.total < FEWEST:
        return Composition(bands, whole, [], readable, withheld=whole.total > 0)
    return Composition(bands, whole, put_small_parts_together(parts, keys), readable)


def _split(
    indicator: Indicator,
    breakdown: Breakdown,
    organization: OrganizationAt,
    month: dt.date,
    keys: Sequence[str],
) -> list[Part]:
    """Return the children's parts in the order of the tree, and that of the place."""
    name = join_lookup(indicator.source.organization, "pk")
    rows = (
        indicator.rows_within(organization, month)
        .order_by()
        .annotate(figure_band=breakdown.expression(month))
        .values_list(name, "figure_band")
        .annotate(figure_value=indicator.aggregate(month))
    )
    path_of, depth = paths_within([organization], month), len(organization.path) + STEP
    found: dict[str, dict[str, Decimal]] = {}
    for organization_id, band, value in rows:
        part = found.setdefault(path_of[organization_id][:depth], {})
        part[band] = part.get(band, ZERO) + indicator.exact(value)
    children = children_of(organization, month)
    parts = [
        Part(child.name, child, add_values([found.pop(child.path, {})], keys))
        for child in children
    ]
    if found:
        own = add_values(found.values(), keys)
        parts.append(Part(_("At this level itself"), organization, own, itself=True))
    return parts


def put_small_parts_together(parts: Iterable[Part], keys: Sequence[str]) -> list[Part]:
    """Return the parts, those of few people as one part of at least `FEWEST`.

    If one part alone would be left out, its numbers would follow from the others; so
    what is put together is never one part, and never few people.
    """
    chosen = [part for part in parts if part.total]
    small = [part for part in chosen if part.total < FEWEST]
    if not small:
        return chosen
    large = sorted(
        (part for part in chosen if part.total >= FEWEST), key=lambda part: part.total
    )
    while large and (len(small) == 1 or sum(p.total for p in small) < FEWEST):
        small.append(large.pop(0))
    kept = [part for part in chosen if part in large]
    together = add_values((part.values for part in small), keys)
    name = _("%(count)s places with few people") % {"count": len(small)}
    return [*kept, Part(name, None, together)]
