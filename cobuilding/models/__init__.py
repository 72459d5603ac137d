"""Rows of co-building."""

from cobuilding.models.project import Project

__all__ = ["Project"]
