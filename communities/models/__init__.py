"""Rows of meetings and projects."""

from communities.models.meeting import Attendance, Meeting
from communities.models.project import Project

__all__ = ["Attendance", "Meeting", "Project"]
