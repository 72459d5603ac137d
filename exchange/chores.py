"""What comes round by itself: dead workers' jobs, files whose time is over."""

from core.chores import Chore, chores
from exchange.actions import erase_run_out_files, sweep_jobs

chores.add(
    Chore("exchange.sweep_jobs", sweep_jobs, every=20.0),
    Chore("exchange.erase_files", erase_run_out_files, daily_at=(3, 40)),
)
