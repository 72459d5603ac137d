"""Ratios of co-building, each defined once."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cobuilding.indicators import PROGRESS
from cobuilding.models import Agreement
from core.db.querysets import ScopedQuerySet
from core.months import last_day
from figures.definitions import Column, Indicator, Kind, Source, indicators
from figures.ratios import Ratio, live_figure, ratios
from organizations.models import Unit


def _on_register(month: dt.date) -> ScopedQuerySet[Unit]:
    going_on = Q(ended_on=None) | Q(ended_on__gt=last_day(month))
    return Unit.objects.filter(going_on).select_related("host")


def has_agreement(month: dt.date) -> Q:
    """Return a condition on units with an agreement in force at the month's end."""
    rows = Agreement.objects.in_force_on(last_day(month))
    return Q(Exists(rows.filter(unit=OuterRef("pk"))))


UNITS = Source(
    "cobuilding.units",
    _("Resident units on the register"),
    _on_register,
    (
        Column(_("Unit"), "name", opens="self"),
        Column(_("Community"), "host.name"),
    ),
    organization="host",
)
REGISTERED = Indicator(
    "units",
    _("Resident units"),
    pgettext_lazy("unit", "units"),
    Kind.STOCK,
    UNITS,
)
WITH_AGREEMENT = live_figure(
    "units_with_agreement",
    _("Resident units with an agreement in force"),
    REGISTERED,
    has_agreement,
)
DUE = Indicator("targets_due", _("Targets due"), _("items"), Kind.STOCK, PROGRESS)
ratios.add(
    Ratio(
        "units_agreement_share",
        _("Share of units with an agreement"),
        _(
            "Units with an agreement in force at month end, among those on the"
            " register. The register has no day of entry: units are counted in every"
            " month before they left it."
        ),
        WITH_AGREEMENT,
        REGISTERED,
    ),
    Ratio(
        "targets_on_course_share",
        _("Share of targets on course"),
        _("Targets that had reached what was expected by month end, among those due."),
        indicators.get("targets_on_course"),
        DUE,
    ),
)
