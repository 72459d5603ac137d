"""Deeds on people, duties, slips, notices and the trail."""

from accounts.actions.accounts import (
    change_account,
    create_account,
    let_in,
    note_lockout,
    note_sign_in,
)
from accounts.actions.duties import charge_with_duty, end_duty
from accounts.actions.notices import read_notices
from accounts.actions.slips import admit_by_slip, issue_slip, issue_slips
from accounts.actions.trail import note_access, seal_entries, write_entries

__all__ = [
    "admit_by_slip",
    "change_account",
    "charge_with_duty",
    "create_account",
    "end_duty",
    "issue_slip",
    "issue_slips",
    "let_in",
    "note_access",
    "note_lockout",
    "note_sign_in",
    "read_notices",
    "seal_entries",
    "write_entries",
]
