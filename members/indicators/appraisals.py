"""Figures about the yearly appraisal of members (R-44)."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.db.querysets import ScopedQuerySet
from core.text import StrOrPromise
from figures.definitions import (
    Column,
    Indicator,
    Kind,
    RowFilter,
    Source,
    indicators,
    match_all,
)
from members.enums import Grade
from members.models import Appraisal
from organizations.roles import MEETING_KEEPERS


def _appraisals_counted_in(month: dt.date) -> ScopedQuerySet[Appraisal]:
    rows = Appraisal.objects.counted_in(month)
    return rows.select_related("member", "round__organization")


APPRAISED = Source(
    "members.appraised",
    _("Members graded in appraisals"),
    _appraisals_counted_in,
    (
        Column(_("Name"), "member.name", opens="member", names_person=True),
        Column(_("Party organization"), "round.organization.name"),
        Column(_("Year appraised"), "round.year"),
        Column(_("Grade"), "get_grade_display", names_person=True),
    ),
    organization="round__organization",
    names_read_by=MEETING_KEEPERS,
)


def is_graded(grade: Grade) -> RowFilter:
    """Return a condition on appraisals with a grade (R-44)."""
    return lambda _month: Q(grade=grade)


def _appraisal_indicator(
    key: str, label: StrOrPromise, where: RowFilter = match_all
) -> Indicator:
    name = f"members_{key}"
    return Indicator(name, label, _("persons"), Kind.FLOW, APPRAISED, where, fixed=True)


indicators.add(
    _appraisal_indicator("appraised", _("Members graded in appraisals")),
    _appraisal_indicator(
        "appraised_excellent", _("Graded excellent"), is_graded(Grade.EXCELLENT)
    ),
    _appraisal_indicator(
        "appraised_unqualified", _("Graded unqualified"), is_graded(Grade.UNQUALIFIED)
    ),
)
