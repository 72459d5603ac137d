"""Rows of meetings."""

from communities.models.meeting import Attendance, Meeting

__all__ = ["Attendance", "Meeting"]
