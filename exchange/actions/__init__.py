"""Actions on files and jobs."""

from exchange.actions.files import (
    erase_file,
    erase_run_out_files,
    keep_file,
    record_download,
    record_refused_rows_download,
)
from exchange.actions.jobs import queue_job, run_job, run_next_job, sweep_jobs

__all__ = [
    "erase_file",
    "erase_run_out_files",
    "keep_file",
    "queue_job",
    "record_download",
    "record_refused_rows_download",
    "run_job",
    "run_next_job",
    "sweep_jobs",
]
