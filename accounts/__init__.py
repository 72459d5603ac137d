"""Accounts, role assignments, sign-in, and the audit log."""
