"""Rows of imports, attachments and jobs."""

from exchange.models.batches import ImportBatch, ImportRow
from exchange.models.exports import ListExport
from exchange.models.files import Attachment
from exchange.models.jobs import Job
from exchange.models.running import BackupRun, ChoreRun, KnownDay

__all__ = [
    "Attachment",
    "BackupRun",
    "ChoreRun",
    "ImportBatch",
    "ImportRow",
    "Job",
    "KnownDay",
    "ListExport",
]
