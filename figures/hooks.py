"""Declares recounting as a chore, and what is done when a month closes."""

from core.registries.chores import Chore, chores
from figures.actions import (
    digest_closed_figures,
    recount_requested,
    request_full_recount,
)
from organizations.month_closers import MonthCloser, month_closers

chores.add(
    Chore("figures.recount", recount_requested, every=2.0),
    Chore("figures.request_full_recount", request_full_recount, daily_at=(0, 10)),
)
month_closers.add(MonthCloser("figures.closed", digest_closed_figures))
