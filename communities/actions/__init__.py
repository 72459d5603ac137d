"""Actions on meetings and projects."""

from communities.actions.meetings import (
    change_meeting,
    record_meeting,
    void_meeting,
)
from communities.actions.projects import (
    change_project,
    end_project,
    kinds_naming,
    start_project,
    void_project,
)
from communities.actions.roll import Roll, has_vote, is_quorate, roll_of

__all__ = [
    "Roll",
    "change_meeting",
    "change_project",
    "end_project",
    "has_vote",
    "is_quorate",
    "kinds_naming",
    "record_meeting",
    "roll_of",
    "start_project",
    "void_meeting",
    "void_project",
]
