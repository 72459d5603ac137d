"""Actions on accounts, role assignments, slips, notices and the audit log."""

from accounts.actions.accounts import (
    change_account,
    correct_username,
    create_account,
    record_lockout,
    record_sign_in,
    set_password,
)
from accounts.actions.audit import record_access, seal_entries, write_entries
from accounts.actions.logs import record_log_export
from accounts.actions.notices import read_notices
from accounts.actions.proof import record_verification
from accounts.actions.roles import assign_role, end_role_assignment
from accounts.actions.slips import admit_by_slip, issue_slip, issue_slips

__all__ = [
    "admit_by_slip",
    "assign_role",
    "change_account",
    "correct_username",
    "create_account",
    "end_role_assignment",
    "issue_slip",
    "issue_slips",
    "read_notices",
    "record_access",
    "record_lockout",
    "record_log_export",
    "record_sign_in",
    "record_verification",
    "seal_entries",
    "set_password",
    "write_entries",
]
