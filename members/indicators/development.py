"""Figures about the way to membership, and about probations (R-32, R-33)."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.db.querysets import ScopedQuerySet
from core.months import last_day
from core.text import StrOrPromise
from figures.breakdowns import by_age, by_choices, by_code_list
from figures.definitions import Column, Indicator, Kind, RowFilter, Source, indicators
from members.enums import DevelopmentStage, ProbationOutcome, Sex
from members.models import Development, ProbationDecision
from members.querysets import in_stage
from organizations.roles import MEETING_KEEPERS


def _under_way(month: dt.date) -> ScopedQuerySet[Development]:
    rows = Development.objects.open_on(last_day(month))
    return rows.select_related("organization")


def _decided_in(month: dt.date) -> ScopedQuerySet[ProbationDecision]:
    rows = ProbationDecision.all_objects.counted_in(month)
    return rows.select_related("member", "organization")


DEVELOPMENTS = Source(
    "members.developments",
    _("People on the way to membership"),
    _under_way,
    (
        Column(_("Name"), "name", opens="self", names_person=True),
        Column(_("Party organization"), "organization.name"),
        Column(_("Applied on"), "applied_on", names_person=True),
    ),
    names_read_by=MEETING_KEEPERS,
    breakdowns=(
        by_age("age", _("Age"), "age_bands", "birth_date"),
        by_choices("sex", _("Sex"), Sex, "sex"),
        by_code_list(
            "education", _("Education"), "education", "education", undated=True
        ),
    ),
)
DECISIONS = Source(
    "members.probation_decisions",
    _("Decisions on probations"),
    _decided_in,
    (
        Column(_("Name"), "member.name", opens="member", names_person=True),
        Column(_("Party organization"), "organization.name"),
        Column(
            _("Decision on the probation"), "get_outcome_display", names_person=True
        ),
        Column(_("Approved by the superior on"), "approved_on", names_person=True),
    ),
    day="approved_on",
    names_read_by=MEETING_KEEPERS,
    breakdowns=(
        by_age("age", _("Age"), "age_bands", "member__birth_date"),
        by_choices("sex", _("Sex"), Sex, "member__sex"),
    ),
)


def is_in_stage(stage: DevelopmentStage) -> RowFilter:
    """Return a condition on people in a stage at the month's end."""
    return lambda month: in_stage(stage, last_day(month))


def _stage(key: str, label: StrOrPromise, stage: DevelopmentStage) -> Indicator:
    return _figure(key, label, Kind.STOCK, DEVELOPMENTS, where=is_in_stage(stage))


def _figure(
    key: str, label: StrOrPromise, kind: Kind, source: Source, **values: Any
) -> Indicator:
    name = f"members_{key}"
    return Indicator(name, label, _("persons"), kind, source, fixed=True, **values)


def _outcome(key: str, label: StrOrPromise, outcome: ProbationOutcome) -> Indicator:
    return _figure(key, label, Kind.FLOW, DECISIONS, where=has_outcome(outcome))


def has_outcome(outcome: ProbationOutcome) -> RowFilter:
    """Return a condition on decisions of one outcome."""
    return lambda _month: Q(outcome=outcome)


S, P = DevelopmentStage, ProbationOutcome
indicators.add(
    _stage("applicants", _("Applicants for membership"), S.APPLICANT),
    _stage("activists", _("Activists being cultivated"), S.ACTIVIST),
    _stage("candidates", _("Candidates for development"), S.CANDIDATE),
    _outcome("became_full", _("Probationary members who became full"), P.PASSED),
    _outcome("probation_extended", _("Probations extended"), P.EXTENDED),
    _outcome(
        "probation_cancelled", _("Probationary memberships cancelled"), P.CANCELLED
    ),
)
