"""Figures over the tables of `organizations`, which lies below this app."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.db.querysets import ScopedQuerySet
from core.months import last_day
from core.text import StrOrPromise
from figures.definitions import Column, Indicator, Kind, RowFilter, Source, indicators
from organizations.enums import FILING
from organizations.models import PlaceFact


def _facts_at_month_end(month: dt.date) -> ScopedQuerySet[PlaceFact]:
    rows = PlaceFact.objects.current(last_day(month))
    return rows.select_related("organization")


PLACE_FACTS = Source(
    "organizations.place_facts",
    _("Numbers of the communities that held at month end"),
    _facts_at_month_end,
    (
        Column(_("Community"), "organization.name", opens="self"),
        Column(_("Number"), "number"),
        Column(_("As of"), "taken_on"),
        Column(_("Source"), "source"),
    ),
)


def of_communities(kind: str) -> RowFilter:
    """Return a condition on the numbers of one kind that communities have.

    What a street or a city says of itself holds the same people once more.
    """
    return lambda _month: Q(kind=kind, organization__kind__in=FILING)


def _place_indicator(
    key: str, label: StrOrPromise, unit: StrOrPromise, kind: str, decimals: int = 0
) -> Indicator:
    return Indicator(
        key,
        label,
        unit,
        Kind.STOCK,
        PLACE_FACTS,
        of_communities(kind),
        total="value",
        decimals=decimals,
    )


indicators.add(
    _place_indicator(
        "population",
        _("Population of the communities"),
        _("persons"),
        "population",
    ),
    _place_indicator(
        "households",
        _("Households of the communities"),
        _("households"),
        "households",
    ),
    _place_indicator(
        "collective_income",
        _("Income of the collectives"),
        _("yuan"),
        "collective_income",
        decimals=2,
    ),
)
