"""Deeds on people, duties, slips, notices and the trail."""

from accounts.actions.people import (
    admit_by_slip,
    charge_with_duty,
    create_account,
    end_duty,
    issue_slip,
    let_in,
)
from accounts.actions.trail import note_access, seal_entries, write_entries

__all__ = [
    "admit_by_slip",
    "charge_with_duty",
    "create_account",
    "end_duty",
    "issue_slip",
    "let_in",
    "note_access",
    "seal_entries",
    "write_entries",
]
