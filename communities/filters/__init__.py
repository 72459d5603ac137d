"""Filters above the lists of meetings, projects and bodies."""

from communities.filters.activity import ActivityFilter
from communities.filters.bodies import (
    BodyFilter,
    ElectionFilter,
    HolderFilter,
    MeetingFilter,
    ProjectFilter,
    visible_communities,
)
from communities.filters.covers import CoverFilter
from communities.filters.decisions import ResolutionFilter
from communities.filters.facilities import FacilityFilter, MissingFilter
from communities.filters.honours import HonourFilter
from communities.filters.staffing import (
    LeaverFilter,
    PayFilter,
    RecruitmentFilter,
    ReserveFilter,
    ServedFilter,
)
from communities.filters.visit_months import VisitMonthsFilter
from communities.filters.visits import VisitFilter

__all__ = [
    "ActivityFilter",
    "BodyFilter",
    "CoverFilter",
    "ElectionFilter",
    "FacilityFilter",
    "HolderFilter",
    "HonourFilter",
    "LeaverFilter",
    "MeetingFilter",
    "MissingFilter",
    "PayFilter",
    "ProjectFilter",
    "RecruitmentFilter",
    "ReserveFilter",
    "ResolutionFilter",
    "ServedFilter",
    "VisitFilter",
    "VisitMonthsFilter",
    "visible_communities",
]
