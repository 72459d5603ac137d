"""Work of the trail that comes round by itself."""

from accounts.actions import seal_entries
from core.chores import Chore, chores

chores.add(Chore("accounts.seal", seal_entries, every=2.0))
