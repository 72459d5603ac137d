"""Rows of co-building."""

from cobuilding.models.agreement import Agreement
from cobuilding.models.target import Target, TargetProgress, measurable, work_of_unit

__all__ = ["Agreement", "Target", "TargetProgress", "measurable", "work_of_unit"]
