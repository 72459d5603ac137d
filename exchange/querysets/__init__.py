"""Reads of the rows of this app."""

from exchange.querysets.documents import (
    DecisionDocumentQuerySet,
    DocumentQuerySet,
    PublicationQuerySet,
)
from exchange.querysets.files import (
    AttachmentQuerySet,
    BackupRunQuerySet,
    BulkRunQuerySet,
    ImportBatchQuerySet,
    ImportRowQuerySet,
    JobQuerySet,
    KnownDayQuerySet,
    ListExportQuerySet,
    OrderedDecisionQuerySet,
)
from exchange.querysets.saved_views import SavedViewQuerySet

__all__ = [
    "AttachmentQuerySet",
    "BackupRunQuerySet",
    "BulkRunQuerySet",
    "DecisionDocumentQuerySet",
    "DocumentQuerySet",
    "ImportBatchQuerySet",
    "ImportRowQuerySet",
    "JobQuerySet",
    "KnownDayQuerySet",
    "ListExportQuerySet",
    "OrderedDecisionQuerySet",
    "PublicationQuerySet",
    "SavedViewQuerySet",
]
