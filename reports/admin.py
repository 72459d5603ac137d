"""Returns and figures in the browser admin: to look at, never to change."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from core.admin import ReadOnlyAdmin
from reports.models import (
    MonthlyReturn,
    PublishedMonth,
    ReturnForm,
    ReturnFormLine,
    ReturnLine,
    ReturnRound,
)


class Looking:
    """Rows below another one, to look at as well."""

    extra = 0
    can_delete = False

    def has_view_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Whoever sees the row above sees these."""
        return True

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Nobody adds here."""
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Nobody changes here."""
        return False


class FormLines(Looking, admin.TabularInline):
    """The lines of a form."""

    model = ReturnFormLine


class Lines(Looking, admin.TabularInline):
    """The lines of a return."""

    model = ReturnLine
    fields = ["form_line", "computed", "reported", "reason"]


@admin.register(ReturnForm)
class ReturnFormAdmin(ReadOnlyAdmin):
    """Forms, with their lines."""

    list_display = ["title", "code", "version", "starts_on"]
    inlines = [FormLines]


@admin.register(ReturnRound)
class ReturnRoundAdmin(ReadOnlyAdmin):
    """Rounds of the street."""

    list_display = ["organization", "in_month", "due_on", "form"]
    list_select_related = ["organization", "form"]
    date_hierarchy = "month"


@admin.register(MonthlyReturn)
class MonthlyReturnAdmin(ReadOnlyAdmin):
    """Returns, with their lines."""

    list_display = ["organization", "in_month", "state", "submitted_at", "decided_at"]
    list_filter = ["state"]
    list_select_related = ["organization"]
    date_hierarchy = "month"
    inlines = [Lines]


@admin.register(PublishedMonth)
class PublishedMonthAdmin(ReadOnlyAdmin):
    """What was published, with its hash."""

    list_display = [
        "organization",
        "in_month",
        "sha256",
        "published_at",
        "published_by",
    ]
    list_select_related = ["organization", "published_by"]
    date_hierarchy = "month"
    exclude = ["content"]
