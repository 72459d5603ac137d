"""Columns of the looks at a member's own record."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.log_rows import describe_action
from accounts.models import AccessEntry
from core.audit.presentation import actor_label
from core.web.tables import OrderedTable
from members.looks import offices_of_lookers


class OwnLookTable(OrderedTable):
    """When somebody looked, who, in which office, at what, and what for."""

    at = tables.DateTimeColumn(verbose_name=_("When"))
    actor_name = tables.Column(verbose_name=_("Who"), empty_values=(), orderable=False)
    office = tables.Column(
        verbose_name=_("Role then"), empty_values=(), orderable=False
    )
    action = tables.Column(
        verbose_name=pgettext_lazy("look", "What was done"), orderable=False
    )
    reason = tables.Column(verbose_name=_("Reason"), orderable=False, default="—")

    class Meta:
        model = AccessEntry
        fields = ("at", "actor_name", "office", "action", "reason")
        order_by = "-at"

    def render_actor_name(self, record: AccessEntry) -> str:
        """Show who looked, under the name they had then; or the system."""
        return actor_label(record.actor_name)

    def render_office(self, record: AccessEntry) -> str:
        """Show the roles that whoever looked held on that day."""
        return self.read_together(record, offices_of_lookers) or "—"

    def render_action(self, record: AccessEntry) -> str:
        """Show at what they looked; of a number which one, never the number."""
        return describe_action(record)
