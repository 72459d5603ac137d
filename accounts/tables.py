"""The two logs as lists."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.log_rows import (
    LogReader,
    describe_action,
    describe_origin,
    describe_subject,
)
from accounts.models import AuditEntry
from accounts.models.audit import Entry
from core.audit.presentation import actor_label
from core.web.tables import OrderedTable


class LogTable(OrderedTable):
    """Entries: when, who, what, about whom, why, and where from."""

    at = tables.DateTimeColumn(verbose_name=_("When"))
    actor_name = tables.Column(verbose_name=_("Who"), empty_values=())
    action = tables.Column(verbose_name=_("Action taken"), orderable=False)
    subject = tables.Column(
        verbose_name=_("About"), accessor="subject_type", orderable=False
    )
    organization = tables.Column(
        verbose_name=_("Organization"), orderable=False, default="—"
    )
    reason = tables.Column(verbose_name=_("Reason"), orderable=False, default="—")
    origin = tables.Column(
        verbose_name=_("Where from"), accessor="channel", orderable=False
    )

    class Meta:
        order_by = "-at"

    def __init__(self, *args: Any, reader: LogReader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader

    def render_actor_name(self, record: Entry) -> str:
        """Show who did it, under the name they had then; or the system."""
        return actor_label(record.actor_name)

    def render_action(self, record: Entry) -> str:
        """Show the action by its label."""
        return describe_action(record)

    def render_subject(self, record: Entry) -> str:
        """Show whom or what the entry is about, as far as the reader may know."""
        return describe_subject(record, self.reader)

    def render_origin(self, record: Entry) -> str:
        """Show the channel and the address."""
        return describe_origin(record)


def entry_page(record: AuditEntry) -> str:
    """Return the page with the values before and after."""
    return reverse("admin:accounts_auditentry_change", args=[record.pk])


class ChangeTable(LogTable):
    """Changes; each opens to its values before and after."""

    at = tables.DateTimeColumn(verbose_name=_("When"), linkify=entry_page)
