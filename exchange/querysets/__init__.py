"""Reads of the rows of this app."""

from exchange.querysets.documents import (
    DecisionDocumentQuerySet,
    DocumentQuerySet,
    PublicationQuerySet,
)
from exchange.querysets.files import (
    AttachmentQuerySet,
    BackupRunQuerySet,
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
