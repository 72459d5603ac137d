"""Who may do what with imports, documents and publications."""

from exchange.permissions.documents import (
    can_approve,
    can_enter_documents,
    can_keep_document,
    can_keep_publication,
    can_see_documents,
)
from exchange.permissions.imports import (
    can_import,
    can_import_for,
    can_see_running,
    can_work_on,
    kinds_for,
    organizations_for,
)

__all__ = [
    "can_approve",
    "can_enter_documents",
    "can_import",
    "can_import_for",
    "can_keep_document",
    "can_keep_publication",
    "can_see_documents",
    "can_see_running",
    "can_work_on",
    "kinds_for",
    "organizations_for",
]
