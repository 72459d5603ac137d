"""The bands of one figure, for a place and for what lies directly below it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Count
from django.db.models.functions import Substr
from django.utils.translation import gettext as _

from core.db.querysets import join_lookup
from core.db.tree import STEP
from figures.breakdowns import Band, Breakdown
from figures.definitions import Indicator
from figures.sums import ZERO, Values, add_values
from organizations.month_tree import OrganizationAt, children_of, paths_within

FEWEST = 10
"""No page splits fewer people than this for a reader who may not read their names: of
four members of a branch, everybody there knows the one over 60.

No threshold that an office may set: whoever lowered it could read what it withholds."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one organization contributes; none is named where several are together.

    `people` is how many people its rows are about; it is counted only where that
    matters to the reader.
    """

    name: str
    organization: OrganizationAt | None
    values: Values
    itself: bool = False
    people: int = 0

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
    people = _count_people(indicator, organization, month)
    if sum(people.values()) < FEWEST:
        return Composition(bands, whole, [], readable, withheld=bool(people))
    counted = _with_people(parts, people)
    return Composition(bands, whole, put_small_parts_together(counted, keys), readable)


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


def _count_people(
    indicator: Indicator, organization: OrganizationAt, month: dt.date
) -> dict[str, int]:
    """Return how many people the rows are about, by the path of the part.

    Hours and times are not people: where a source says whose work a row is, each
    person counts once.
    """
    depth = len(organization.path) + STEP
    path = join_lookup(join_lookup(indicator.source.organization, "versions"), "path")
    rows = (
        indicator.rows_within(organization, month)
        .order_by()
        .annotate(figure_part=Substr(path, 1, depth))
        .values_list("figure_part")
        .annotate(people=Count(indicator.source.member or "pk", distinct=True))
    )
    return dict(rows)


def _with_people(parts: list[Part], people: dict[str, int]) -> list[Part]:
    """Return the parts with the number of their people; the rest is at no child."""
    of_children = {
        part.organization.path: people.pop(part.organization.path, 0)
        for part in parts
        if part.organization is not None and not part.itself
    }
    rest = sum(people.values())
    return [
        replace(part, people=rest)
        if part.organization is None or part.itself
        else replace(part, people=of_children[part.organization.path])
        for part in parts
    ]


def put_small_parts_together(parts: Iterable[Part], keys: Sequence[str]) -> list[Part]:
    """Return the parts, those of few people as one part of at least `FEWEST`.

    What is put together is never one part, whose numbers would follow from the others
    on the same page. Whoever subtracts several pages from one another can still find
    out about few people.
    """
    chosen = [part for part in parts if part.people]
    small = [part for part in chosen if part.people < FEWEST]
    if not small:
        return chosen
    large = sorted(
        (part for part in chosen if part.people >= FEWEST), key=lambda part: part.people
    )
    while large and (len(small) == 1 or sum(p.people for p in small) < FEWEST):
        small.append(large.pop(0))
    kept = [part for part in chosen if part in large]
    together = add_values((part.values for part in small), keys)
    name = _("%(count)s organizations with few people") % {"count": len(small)}
    people = sum(part.people for part in small)
    return [*kept, Part(name, None, together, people=people)]
