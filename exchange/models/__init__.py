"""Rows of imports, attachments and jobs."""

from exchange.models.batches import ImportBatch, ImportRow
from exchange.models.files import Attachment
from exchange.models.jobs import Job

__all__ = ["Attachment", "ImportBatch", "ImportRow", "Job"]
