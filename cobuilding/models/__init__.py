"""Rows of co-building."""

from cobuilding.models.agreement import Agreement
from cobuilding.models.project import Project
from cobuilding.models.target import Target, TargetProgress, measurable

__all__ = ["Agreement", "Project", "Target", "TargetProgress", "measurable"]
