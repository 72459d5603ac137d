"""Registrations of this app: the chore that seals the audit log."""

from accounts.actions import seal_entries
from core.registries.chores import Chore, chores

chores.add(Chore("accounts.seal", seal_entries, every=2.0))
