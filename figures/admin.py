"""Figures in the browser admin: read-only."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.admin import ReadOnlyAdmin
from figures.definitions import indicators
from figures.formatting import format_figure
from figures.models import Figure


@admin.register(Figure)
class FigureAdmin(ReadOnlyAdmin):
    """Counted figures."""

    list_display = ["organization", "in_month", "figure_said", "tier", "value_said"]
    list_filter = ["tier"]
    list_select_related = ["organization"]
    date_hierarchy = "month"

    @admin.display(description=_("indicator"), ordering="indicator")
    def figure_said(self, obj: Figure) -> str:
        """Return what the form calls the figure."""
        known = obj.indicator in indicators
        return str(indicators.get(obj.indicator).label) if known else obj.indicator

    @admin.display(description=_("value"), ordering="value")
    def value_said(self, obj: Figure) -> str:
        """Return the number as its unit is written."""
        return format_figure(obj.indicator, obj.value)
