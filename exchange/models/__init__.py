"""Rows of imports, attachments, jobs, documents and publications."""

from exchange.models.batches import ImportBatch, ImportRow
from exchange.models.bulk_runs import BulkRun
from exchange.models.documents import DecisionDocument, Document, DocumentLink
from exchange.models.exports import ListExport
from exchange.models.files import Attachment
from exchange.models.jobs import Job
from exchange.models.ordered_decisions import OrderedDecision
from exchange.models.publications import Publication
from exchange.models.running import BackupRun, ChoreRun, KnownDay
from exchange.models.saved_views import SavedView

__all__ = [
    "Attachment",
    "BackupRun",
    "BulkRun",
    "ChoreRun",
    "DecisionDocument",
    "Document",
    "DocumentLink",
    "ImportBatch",
    "ImportRow",
    "Job",
    "KnownDay",
    "ListExport",
    "OrderedDecision",
    "Publication",
    "SavedView",
]
