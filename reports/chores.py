"""Counting and opening that come round by themselves."""

from core.chores import Chore, chores
from reports.actions import mark_everything, open_current_rounds, recount_marked

chores.add(
    Chore("reports.figures", recount_marked, every=2.0),
    Chore("reports.everything", mark_everything, daily_at=(0, 10)),
    Chore("reports.rounds", open_current_rounds, daily_at=(0, 5)),
)
