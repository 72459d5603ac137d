"""Figures of visits to organizations and units."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from communities.models import Visit
from core.db.querysets import ScopedQuerySet
from core.months import last_day
from figures.breakdowns import by_code_list
from figures.definitions import Column, Indicator, Kind, Source, indicators


def _visits_in(month: dt.date) -> ScopedQuerySet[Visit]:
    rows = Visit.objects.filter(visited_on__range=(month, last_day(month)))
    return rows.that_count().select_related("organization", "unit")


VISITS = Source(
    "communities.visits",
    _("Visits within the month"),
    _visits_in,
    (
        Column(_("Place or unit visited"), "visited", opens="self"),
        Column(_("Visited on"), "visited_on"),
        Column(_("What the visit found"), "seen"),
    ),
    organization="organization",
    day="visited_on",
    breakdowns=(by_code_list("kind", _("Kind of visit"), "visit_kinds", "kind"),),
)
indicators.add(Indicator("visits", _("Visits"), _("times"), Kind.FLOW, VISITS))
