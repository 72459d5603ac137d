"""Sum stored figures: one query, however many organizations lie below a place."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.db.models import Sum
from django.db.models.functions import Substr
from django.utils.translation import gettext as _

from core.dates import format_month
from core.db.querysets import Node
from core.db.tree import STEP
from core.months import month_of
from exchange.models import ChoreRun
from figures.definitions import indicators
from figures.models import Figure
from organizations.models import RecountRequest
from organizations.month_tree import OrganizationAt

Values = dict[str, Decimal]
ZERO = Decimal(0)
DAILY_RECOUNT = "figures.request_full_recount"
"""The chore that asks for a recount of everything, from last month on."""


def is_counted(month: dt.date) -> bool:
    """Whether figures of a month were counted: no figure at all is not a true 0.

    A figure of 0 has no row. So a month without any was counted if the daily recount of
    everything came round in it or later and nothing waits for it any more.
    """
    if Figure.objects.filter(month=month).exists():
        return True
    run = ChoreRun.objects.filter(key=DAILY_RECOUNT, done_on__gte=month).first()
    if run is None or run.done_on is None:
        return False
    if RecountRequest.objects.filter(month__lte=month).exists():
        return False
    return month >= (_first_month() or month_of(run.done_on))


def _first_month() -> dt.date | None:
    """Return the first month of which there is a figure: the records begin then."""
    return Figure.objects.order_by("month").values_list("month", flat=True).first()


def explain_uncounted(month: dt.date) -> str:
    """Say why a month has no stored figures; nothing for one that was counted.

    A month before the first figure of all has no records, and its zeros would be no
    numbers.
    """
    if is_counted(month):
        return ""
    first = _first_month()
    if first is not None and month < first:
        return _(
            "The records begin in %(first)s: of this month there are no numbers, which"
            " is no zero."
        ) % {"first": format_month(first)}
    return _(
        "Nothing was counted for this month yet: numbers that are stored are missing"
        " here and are no zeros. They are counted within the day."
    )


def additive_keys(keys: Iterable[str]) -> list[str]:
    """Return the figures that may be added up."""
    return [key for key in keys if not indicators.get(key).distinct]


def sum_by_child(
    organization: Node, month: dt.date, keys: Iterable[str]
) -> dict[str, Values]:
    """Sum additive figures for each path one level below a place, and at the place."""
    depth = len(organization.path) + STEP
    rows = (
        Figure.objects.own()
        .of(month, additive_keys(keys))
        .below(organization)
        .order_by()
        .annotate(part=Substr("path", 1, depth))
        .values_list("part", "indicator")
        .annotate(total=Sum("value"))
    )
    parts: dict[str, Values] = defaultdict(dict)
    for part, key, total in rows:
        parts[part][key] = total
    return parts


def read_distinct_figures(
    organizations: Iterable[OrganizationAt], month: dt.date, keys: Iterable[str]
) -> dict[int, Values]:
    """Return the figures that may not be summed, as recounted for each place."""
    distinct = [key for key in keys if indicators.get(key).distinct]
    values: dict[int, Values] = defaultdict(dict)
    if not distinct:
        return values
    rows = (
        Figure.objects.recounted()
        .of(month, distinct)
        .filter(organization__in=[organization.pk for organization in organizations])
    )
    for organization_id, key, value in rows.values_list(
        "organization_id", "indicator", "value"
    ):
        values[organization_id][key] = value
    return values


def add_values(parts: Iterable[Mapping[str, Decimal]], keys: Iterable[str]) -> Values:
    """Add parts up by key; a key that no part has is 0."""
    total = dict.fromkeys(keys, ZERO)
    for part in parts:
        for key in part.keys() & total.keys():
            total[key] += part[key]
    return total


def sum_figures(
    organization: OrganizationAt, month: dt.date, keys: Iterable[str]
) -> Values:
    """Return a place's figures of a month from the stored figures."""
    chosen = list(keys)
    total = add_values(sum_by_child(organization, month, chosen).values(), chosen)
    return total | read_distinct_figures([organization], month, chosen)[organization.pk]
