"""Actions on accounts, role assignments, slips, notices and the audit log."""

from accounts.actions.accounts import (
    change_account,
    correct_username,
    create_account,
    record_sign_in,
    set_password,
)
from accounts.actions.audit import record_access, seal_entries, write_entries
from accounts.actions.calendars import (
    make_calendar_address,
    revoke_calendar_address,
)
from accounts.actions.consents import agree_to_slip, ask_consent
from accounts.actions.dormant import close_unused_account, close_unused_accounts
from accounts.actions.keys import encrypt_rows_again, record_key_rotation
from accounts.actions.locks import forget_old_attempts, lift_lock, lock_sign_in
from accounts.actions.notices import read_notices
from accounts.actions.proof import record_verification
from accounts.actions.roles import assign_role, end_role_assignment
from accounts.actions.slips import admit_by_slip, issue_slip, issue_slips

__all__ = [
    "admit_by_slip",
    "agree_to_slip",
    "ask_consent",
    "assign_role",
    "change_account",
    "close_unused_account",
    "close_unused_accounts",
    "correct_username",
    "create_account",
    "encrypt_rows_again",
    "end_role_assignment",
    "forget_old_attempts",
    "issue_slip",
    "issue_slips",
    "lift_lock",
    "lock_sign_in",
    "make_calendar_address",
    "read_notices",
    "record_access",
    "record_key_rotation",
    "record_sign_in",
    "record_verification",
    "revoke_calendar_address",
    "seal_entries",
    "set_password",
    "write_entries",
]
