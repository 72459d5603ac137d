"""Imports in the admin, to be looked at."""

from django.contrib import admin

from core.admin import LookAdmin
from exchange.models import ImportBatch


@admin.register(ImportBatch)
class ImportBatchAdmin(LookAdmin):
    """Sheets brought in, by whom, and what came of them."""

    list_display = [
        "file",
        "kind",
        "organization",
        "state",
        "uploaded_by",
        "uploaded_at",
    ]
    list_filter = ["state", ("organization", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["file", "organization", "uploaded_by"]
    fields = [
        *("file", "kind", "organization", "state", "starts_on", "counts", "message"),
        *("uploaded_by", "uploaded_at", "confirmed_by", "confirmed_at"),
    ]
