"""Forms, rounds, returns and published months in the browser admin: read-only."""

from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from core.admin import ReadOnlyAdmin, Section
from figures.formatting import format_figure
from reports.models import (
    MonthlyReturn,
    PublishedMonth,
    ReturnComment,
    ReturnForm,
    ReturnFormLine,
    ReturnLine,
    ReturnRound,
    ReturnSubmission,
)
from reports.querysets import decode_figures


def format_with_form_unit(line: ReturnFormLine, value: Decimal) -> str:
    """Return a line's number as the form prints it, always with the form's unit."""
    return f"{format_figure(line.indicator, value, line.divisor)} {line.unit}"


class ReadOnlyInline:
    """Rows shown with their parent, read-only as well."""

    extra = 0
    can_delete = False

    def has_view_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """People who see the parent see these rows."""
        return True

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Nobody adds rows here."""
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Nobody changes rows here."""
        return False


class ReturnFormLineInline(ReadOnlyInline, admin.TabularInline):
    """The lines of a form."""

    model = ReturnFormLine
    fields = [
        *("position", "heading", "subheading", "printed_label", "unit", "divisor"),
        *("official", "most"),
    ]
    readonly_fields = ["printed_label"]

    @admin.display(description=_("label"))
    def printed_label(self, obj: ReturnFormLine) -> str:
        """Return the label as it is printed this month."""
        return str(obj)


class ReturnLineInline(ReadOnlyInline, admin.TabularInline):
    """The lines of a return."""

    model = ReturnLine
    fields = ["form_line", "computed_with_unit", "reported_with_unit", "reason"]
    readonly_fields = ["computed_with_unit", "reported_with_unit"]

    @admin.display(description=_("computed"))
    def computed_with_unit(self, obj: ReturnLine) -> str:
        """Return the computed number as the form prints it, with its unit."""
        return format_with_form_unit(obj.form_line, obj.computed)

    @admin.display(description=_("reported"))
    def reported_with_unit(self, obj: ReturnLine) -> str:
        """Return the reported number as the form prints it, with its unit."""
        return format_with_form_unit(obj.form_line, obj.reported)


class ReturnSubmissionInline(ReadOnlyInline, admin.TabularInline):
    """The submissions of a return."""

    model = ReturnSubmission
    fields = ["number", "submitted_at", "submitted_by", "returned_for", "answer"]
    readonly_fields = ["number"]


class ReturnCommentInline(ReadOnlyInline, admin.TabularInline):
    """The comments on numbers of a return."""

    model = ReturnComment
    fields = ["form_line", "text", "made_at", "made_by", "answer", "settled_at"]


@admin.register(ReturnForm)
class ReturnFormAdmin(ReadOnlyAdmin):
    """Forms, with their lines."""

    section = Section.RULES
    list_display = ["title", "version", "starts_on"]
    fields = ["title", "version", "starts_on"]
    inlines = [ReturnFormLineInline]


@admin.register(ReturnRound)
class ReturnRoundAdmin(ReadOnlyAdmin):
    """Rounds of the street."""

    section = Section.RETURNS
    list_display = ["organization", "in_month", "due_on", "form"]
    list_select_related = ["organization", "form"]
    date_hierarchy = "month"


@admin.register(MonthlyReturn)
class MonthlyReturnAdmin(ReadOnlyAdmin):
    """Returns, with their lines."""

    section = Section.RETURNS
    list_display = ["organization", "in_month", "state", "submitted_at", "decided_at"]
    list_filter = ["state"]
    list_select_related = ["organization"]
    date_hierarchy = "month"
    inlines = [ReturnLineInline, ReturnSubmissionInline, ReturnCommentInline]


@admin.register(PublishedMonth)
class PublishedMonthAdmin(ReadOnlyAdmin):
    """Published months, with their hashes."""

    list_display = [
        "organization",
        "in_month",
        "sha256",
        "published_at",
        "published_by",
    ]
    list_select_related = ["organization", "published_by"]
    date_hierarchy = "month"
    fields = [
        *("monthly_return", "organization", "in_month", "sha256"),
        *("published_at", "published_by", "reported"),
    ]
    readonly_fields = ["in_month", "reported"]

    @admin.display(description=_("reported figures"))
    def reported(self, obj: PublishedMonth) -> str:
        """Return the published numbers, one a line, with their units."""
        figures = decode_figures(obj.figures)
        lines = (
            (
                line.label_in(obj.month),
                format_with_form_unit(line, figures[line.indicator]),
            )
            for line in obj.monthly_return.round.form.lines.all()
            if line.indicator in figures
        )
        return format_html_join(mark_safe("<br>"), "{} {}", lines)
