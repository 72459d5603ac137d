"""Sums over counted figures: one query, however many organizations."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.db.models import Sum
from django.db.models.functions import Substr

from core.db.querysets import Node
from core.db.tree import STEP
from figures.definitions import indicators
from figures.models import Figure
from organizations.month_tree import OrganizationAt

Values = dict[str, Decimal]
ZERO = Decimal(0)


def summed_keys(keys: Iterable[str]) -> list[str]:
    """Return the figures that may be added up."""
    return [key for key in keys if not indicators.get(key).distinct]


def parts_of(place: Node, month: dt.date, keys: Iterable[str]) -> dict[str, Values]:
    """Sum what may be summed for each path one level below a place, and at it."""
    depth = len(place.path) + STEP
    rows = (
        Figure.objects.own()
        .of(month, summed_keys(keys))
        .below(place)
        .order_by()
        .annotate(part=Substr("path", 1, depth))
        .values_list("part", "indicator")
        .annotate(total=Sum("value"))
    )
    parts: dict[str, Values] = defaultdict(dict)
    for part, key, total in rows:
        parts[part][key] = total
    return parts


def recounted(
    places: Iterable[OrganizationAt], month: dt.date, keys: Iterable[str]
) -> dict[int, Values]:
    """Return what may not be summed, as it was recounted for each of the places."""
    apart = [key for key in keys if indicators.get(key).distinct]
    found: dict[int, Values] = defaultdict(dict)
    if not apart:
        return found
    rows = (
        Figure.objects.recounted()
        .of(month, apart)
        .filter(organization__in=[place.pk for place in places])
    )
    for organization_id, key, value in rows.values_list(
        "organization_id", "indicator", "value"
    ):
        found[organization_id][key] = value
    return found


def added(parts: Iterable[Mapping[str, Decimal]], keys: Iterable[str]) -> Values:
    """Add parts up; what no part has is nought."""
    total = dict.fromkeys(keys, ZERO)
    for part in parts:
        for key in part.keys() & total.keys():
            total[key] += part[key]
    return total


def values_at(place: OrganizationAt, month: dt.date, keys: Iterable[str]) -> Values:
    """Return a place's figures of a month, from what was counted."""
    wanted = list(keys)
    total = added(parts_of(place, month, wanted).values(), wanted)
    return total | recounted([place], month, wanted)[place.pk]
