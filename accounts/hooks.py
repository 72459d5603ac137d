"""What this app declares for others: sealing the audit log as a chore."""

from accounts.actions import seal_entries
from core.registries.chores import Chore, chores

chores.add(Chore("accounts.seal", seal_entries, every=2.0))
