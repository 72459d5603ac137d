"""Rows of the tree, of resident units, of places, of months and of rules."""

from organizations.models.changes import OrganizationChange
from organizations.models.codes import CodeItem, Threshold, WorkdayOverride
from organizations.models.facts import PlaceFact
from organizations.models.months import MonthState, RecountRequest
from organizations.models.tree import (
    Organization,
    OrganizationAlias,
    OrganizationVersion,
)
from organizations.models.units import Unit

__all__ = [
    "CodeItem",
    "MonthState",
    "Organization",
    "OrganizationAlias",
    "OrganizationChange",
    "OrganizationVersion",
    "PlaceFact",
    "RecountRequest",
    "Threshold",
    "Unit",
    "WorkdayOverride",
]
