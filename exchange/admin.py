"""Imports in the admin, read-only."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.admin import ReadOnlyAdmin, Section
from exchange.models import ImportBatch


@admin.register(ImportBatch)
class ImportBatchAdmin(ReadOnlyAdmin):
    """Imported sheets, by whom, and their outcome."""

    section = Section.SYSTEM
    list_display = [
        "file",
        "kind_name",
        "organization",
        "state",
        "uploaded_by",
        "uploaded_at",
    ]
    list_filter = ["state", ("organization", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["file", "organization", "uploaded_by"]
    fields = [
        *(
            "file",
            "kind_name",
            "organization",
            "state",
            "starts_on",
            "counts",
            "message",
        ),
        *("uploaded_by", "uploaded_at", "confirmed_by", "confirmed_at"),
    ]

    @admin.display(description=_("kind of sheet"), ordering="kind")
    def kind_name(self, obj: ImportBatch) -> str:
        """Return the label of the kind of sheet."""
        return obj.kind_label
