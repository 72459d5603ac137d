"""Figures about co-building, each defined once."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cobuilding.models import Agreement, TargetProgress
from communities.enums import ProjectTag
from core.db.querysets import ScopedQuerySet
from core.months import last_day
from figures.breakdowns import by_choices, by_code_list
from figures.definitions import Column, Indicator, Kind, Source, indicators


def _measured(month: dt.date) -> ScopedQuerySet[TargetProgress]:
    rows = TargetProgress.objects.counting_in(month)
    return rows.select_related("target__agreement__unit", "target__project")


def _in_force(month: dt.date) -> ScopedQuerySet[Agreement]:
    rows = Agreement.objects.in_force_on(last_day(month))
    return rows.select_related("unit", "organization")


def on_course(_month: dt.date) -> Q:
    """Match targets that had reached the expected value by the month's end."""
    return Q(on_course=True)


PROGRESS = Source(
    "cobuilding.progress",
    _("Targets due of agreements in force"),
    _measured,
    (
        Column(_("Target"), "target", opens="target"),
        Column(_("Unit"), "target.agreement.unit.name"),
        Column(_("Agreement"), "target.agreement.title", opens="target.agreement"),
        Column(_("So far"), "value", decimals=0),
        Column(_("Expected by then"), "expected", decimals=0),
        Column(_("Goal"), "target.goal", decimals=0),
    ),
    organization="target__agreement__organization",
    breakdowns=(
        by_code_list(
            "sector",
            _("Sector of the unit"),
            "org_sectors",
            "target__agreement__unit__sector",
            undated=True,
        ),
        by_choices("tag", _("Way of co-building"), ProjectTag, "target__project__tag"),
    ),
)
AGREEMENTS = Source(
    "cobuilding.agreements",
    _("Agreements in force at month end"),
    _in_force,
    (
        Column(_("Agreement"), "title", opens="self"),
        Column(_("Unit"), "unit.name"),
        Column(_("Community"), "organization.name"),
        Column(_("In force since"), "in_force_on"),
    ),
    breakdowns=(
        by_code_list(
            "sector",
            _("Sector of the unit"),
            "org_sectors",
            "unit__sector",
            undated=True,
        ),
    ),
)
indicators.add(
    Indicator(
        "targets_on_course",
        _("Targets on course"),
        _("items"),
        Kind.STOCK,
        PROGRESS,
        on_course,
    ),
    Indicator(
        "agreements_in_force",
        _("Agreements in force"),
        _("agreements"),
        Kind.STOCK,
        AGREEMENTS,
        fixed=True,
    ),
)
