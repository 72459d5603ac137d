"""Deeds on figures, rounds and returns."""

from reports.actions.figures import mark_everything, recount, recount_marked
from reports.actions.filing import (
    report_line,
    submit_return,
    withdraw_return,
    write_narrative,
)
from reports.actions.review import accept_return, return_for_correction
from reports.actions.rounds import open_current_rounds, open_round, remind

__all__ = [
    "accept_return",
    "mark_everything",
    "open_current_rounds",
    "open_round",
    "recount",
    "recount_marked",
    "remind",
    "report_line",
    "return_for_correction",
    "submit_return",
    "withdraw_return",
    "write_narrative",
]
