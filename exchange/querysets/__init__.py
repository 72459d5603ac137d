"""Reads of the rows of this app."""

from exchange.querysets.documents import (
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
)

__all__ = [
    "AttachmentQuerySet",
    "BackupRunQuerySet",
    "DocumentQuerySet",
    "ImportBatchQuerySet",
    "ImportRowQuerySet",
    "JobQuerySet",
    "KnownDayQuerySet",
    "ListExportQuerySet",
    "PublicationQuerySet",
]
