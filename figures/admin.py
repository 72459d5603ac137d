"""Figures in the browser admin: read-only."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.admin import ReadOnlyAdmin, Section
from figures.definitions import indicator_label
from figures.formatting import format_with_unit
from figures.models import Figure


@admin.register(Figure)
class FigureAdmin(ReadOnlyAdmin):
    """Counted figures."""

    section = Section.SYSTEM
    list_display = ["organization", "in_month", "label", "tier", "formatted_value"]
    list_filter = ["tier"]
    list_select_related = ["organization"]
    date_hierarchy = "month"
    fields = ["organization", "in_month", "label", "tier", "formatted_value"]
    readonly_fields = ["in_month", "label", "formatted_value"]

    @admin.display(description=_("indicator"), ordering="indicator")
    def label(self, obj: Figure) -> str:
        """Return the indicator's label; the key if it is no longer declared."""
        return indicator_label(obj.indicator, obj.month)

    @admin.display(description=_("value"), ordering="value")
    def formatted_value(self, obj: Figure) -> str:
        """Return the number with its unit."""
        return format_with_unit(obj.indicator, obj.value)
