"""What this app declares for others: recounting as a chore."""

from core.registries.chores import Chore, chores
from figures.actions import mark_everything, recount_marked

chores.add(
    Chore("figures.recount", recount_marked, every=2.0),
    Chore("figures.mark_everything", mark_everything, daily_at=(0, 10)),
)
