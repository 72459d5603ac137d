"""Deeds on files, imports and long work."""

from exchange.actions.batches import (
    confirm_batch,
    discard_batch,
    plan_batch,
    upload_batch,
)
from exchange.actions.entering import commit_batch, take_in
from exchange.actions.files import erase_file, erase_run_out_files, keep_file
from exchange.actions.jobs import queue_job, run_job, run_next_job, sweep_jobs

__all__ = [
    "commit_batch",
    "confirm_batch",
    "discard_batch",
    "erase_file",
    "erase_run_out_files",
    "keep_file",
    "plan_batch",
    "queue_job",
    "run_job",
    "run_next_job",
    "sweep_jobs",
    "take_in",
    "upload_batch",
]
