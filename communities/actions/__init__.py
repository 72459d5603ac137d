"""Deeds on meetings."""

from communities.actions.meetings import (
    change_meeting,
    record_meeting,
    withdraw_meeting,
)
from communities.actions.roll import Roll

__all__ = ["Roll", "change_meeting", "record_meeting", "withdraw_meeting"]
