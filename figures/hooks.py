"""Declares recounting as a chore."""

from core.registries.chores import Chore, chores
from figures.actions import recount_requested, request_full_recount

chores.add(
    Chore("figures.recount", recount_requested, every=2.0),
    Chore("figures.request_full_recount", request_full_recount, daily_at=(0, 10)),
)
