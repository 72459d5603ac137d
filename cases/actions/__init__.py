"""Actions on cases."""

from cases.actions.chores import escalate_cases, release_cases
from cases.actions.closing import answer_case, close_case, void_case
from cases.actions.kinds import add_case_kind, change_case_kind
from cases.actions.steps import (
    change_deadline,
    hand_over_case,
    lock_case,
    move_case,
    open_case,
    record_step,
    take_case,
)

__all__ = [
    "add_case_kind",
    "answer_case",
    "change_case_kind",
    "change_deadline",
    "close_case",
    "escalate_cases",
    "hand_over_case",
    "lock_case",
    "move_case",
    "open_case",
    "record_step",
    "release_cases",
    "take_case",
    "void_case",
]
