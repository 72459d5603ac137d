"""Tables of returns."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.web.tables import OrderedTable
from reports.models import MonthlyReturn


def describe_lateness(days: int) -> str:
    """Return in words how many days late a return was filed."""
    text = ngettext("filed %(days)s day late", "filed %(days)s days late", days)
    return text % {"days": days}


class ReturnTable(OrderedTable):
    """Returns with their community, month, state and lateness."""

    organization = tables.Column(
        verbose_name=_("Community"),
        linkify=lambda record: record.get_absolute_url(),  # not the community's page
        order_by="organization__path",
    )
    month = tables.DateColumn(format="YEAR_MONTH_FORMAT", verbose_name=_("Month"))
    state = tables.Column(verbose_name=_("State"))
    due_on = tables.DateColumn(accessor="round__due_on", verbose_name=_("Due on"))
    submitted_at = tables.DateTimeColumn(verbose_name=_("Submitted at"))

    class Meta:
        model = MonthlyReturn
        fields = ("organization", "month", "state", "due_on", "submitted_at")
        order_by = ("-month", "organization")

    def render_state(self, value: str, record: MonthlyReturn) -> str:
        """Return the state, with the lateness of a late return."""
        if record.is_overdue:
            return _("%(state)s (late)") % {"state": value}
        if days := record.days_late:
            return f"{value} · {describe_lateness(days)}"
        return value
