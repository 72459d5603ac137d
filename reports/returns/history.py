"""What was done with a return: by whom, when, why, and what it changed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from accounts.queries import list_steps
from core.audit.presentation import action_label
from reports.models import MonthlyReturn
from reports.returns.changed_records import Change
from reports.returns.submissions import changes_between, list_submissions

SUBMITTED = "reports.submit_return"
STEPS = (
    SUBMITTED,
    "reports.withdraw_return",
    "reports.return_for_correction",
    "reports.accept_return",
)


@dataclass(frozen=True, slots=True)
class Event:
    """One step of a return on its way to acceptance.

    `changes` is what a submission says otherwise than the one before; None for the
    first submission and for every other step. `answer` is what it answers the street.
    """

    label: str
    at: dt.datetime
    by: str
    reason: str
    answer: str = ""
    changes: Sequence[Change] | None = None


def list_history(row: MonthlyReturn) -> list[Event]:
    """Return every submission, withdrawal, return and acceptance, the first one first.

    Each submission kept is the one of its step: both are written together.
    """
    submissions, number, events = list_submissions(row), 0, list[Event]()
    for step in list_steps(row, STEPS):
        answer, changes, at = "", None, step.at
        if step.action == SUBMITTED and number < len(submissions):
            answer, at = submissions[number].answer, submissions[number].submitted_at
            if number:
                changes = changes_between(
                    row, submissions[number - 1], submissions[number]
                )
            number += 1
        label = str(action_label(step.action))
        events.append(Event(label, at, step.by, step.reason, answer, changes))
    return events
