"""Actions on files and jobs."""

from exchange.actions.files import (
    erase_expired_files,
    erase_file,
    record_download,
    record_refused_rows_download,
    store_file,
)
from exchange.actions.jobs import queue_job, run_job, run_next_job, sweep_jobs

__all__ = [
    "erase_expired_files",
    "erase_file",
    "queue_job",
    "record_download",
    "record_refused_rows_download",
    "run_job",
    "run_next_job",
    "store_file",
    "sweep_jobs",
]
