"""Figures of rooms, squares and points of service."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from communities.models import Facility
from core.db.querysets import ScopedQuerySet
from core.months import last_day
from figures.breakdowns import by_code_list
from figures.definitions import Column, Indicator, Kind, Source, indicators


def _in_use_at_month_end(month: dt.date) -> ScopedQuerySet[Facility]:
    return Facility.objects.in_use(last_day(month)).select_related("organization")


FACILITIES = Source(
    "communities.facilities",
    _("Facilities in use at month end"),
    _in_use_at_month_end,
    (
        Column(_("Name of the facility"), "name", opens="self"),
        Column(_("Party organization"), "organization.name"),
        Column(_("Square metres"), "area"),
    ),
    breakdowns=(by_code_list("kind", _("Kind of facility"), "facility_kinds", "kind"),),
)
indicators.add(
    Indicator("facilities", _("Facilities"), _("places"), Kind.STOCK, FACILITIES)
)
