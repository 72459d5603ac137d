"""Deeds on meetings."""

from communities.actions.meetings import (
    change_meeting,
    record_meeting,
    withdraw_meeting,
)
from communities.actions.roll import Roll, is_quorate, roll_of

__all__ = [
    "Roll",
    "change_meeting",
    "is_quorate",
    "record_meeting",
    "roll_of",
    "withdraw_meeting",
]
