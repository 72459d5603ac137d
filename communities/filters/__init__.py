"""Filters above the lists of meetings, projects and bodies."""

from communities.filters.bodies import (
    BodyFilter,
    ElectionFilter,
    HolderFilter,
    MeetingFilter,
    ProjectFilter,
    visible_communities,
)
from communities.filters.staffing import RecruitmentFilter

__all__ = [
    "BodyFilter",
    "ElectionFilter",
    "HolderFilter",
    "MeetingFilter",
    "ProjectFilter",
    "RecruitmentFilter",
    "visible_communities",
]
