"""The two logs: who looked at whose data, and who changed what."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.filters import AccessFilter, ChangeFilter
from accounts.http import reader
from accounts.log_rows import LogReader
from accounts.models import AccessEntry, AuditEntry, User
from accounts.permissions import can_read_logs, can_read_proof
from accounts.tables import ChangeTable, LogTable
from core.actors import scope_of
from core.web.components import Link
from core.web.list_pages import ListPage
from organizations.roles import Role


def describe_reach(user: User) -> str:
    """Return whose entries the person reads in the logs."""
    scope = scope_of(user)
    if scope.has_role({Role.AUDITOR}):
        return gettext("All entries of the installation.")
    if scope.has_role({Role.STREET_STAFF}):
        return gettext("The entries of your area.")
    return gettext("What you did yourself.")


class LogPage(UserPassesTestMixin, ListPage):
    """One log, the latest entries first."""

    page_name = ""
    other_title: Any = ""
    other_name = ""
    empty_text = _(
        "No entry matches. Ask for other days, or for part of what is asked."
    )

    def test_func(self) -> bool:
        return can_read_logs(reader(self.request))

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("organization", "actor")

    def get_table_kwargs(self) -> dict[str, Any]:
        return {"reader": self.log_reader}

    @property
    def log_reader(self) -> LogReader:
        """The reader, and whether they named whom they ask about."""
        return LogReader(reader(self.request), self.filterset.asks_for_name)

    def with_query(self, name: str) -> str:
        """Return another page's address with what was asked for here."""
        return f"{reverse(name)}?{self.request.GET.urlencode()}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page_actions = [
            Link(self.other_title, reverse(self.other_name)),
        ]
        if can_read_proof(reader(self.request)):
            proof = reverse("accounts:proof")
            page_actions.append(Link(_("Is the log whole?"), proof))
        lead = describe_reach(reader(self.request))
        return super().get_context_data(lead=lead, page_actions=page_actions, **kwargs)


class AccessLog(LogPage):
    """Who looked at whose data, or took it along, and why."""

    model = AccessEntry
    table_class = LogTable
    filterset_class = AccessFilter
    title = _("Log of accesses")
    page_name = "accounts:access_log"
    other_title = _("Log of changes")
    other_name = "accounts:change_log"


class ChangeLog(LogPage):
    """Who changed what."""

    model = AuditEntry
    table_class = ChangeTable
    filterset_class = ChangeFilter
    title = _("Log of changes")
    page_name = "accounts:change_log"
    other_title = _("Log of accesses")
    other_name = "accounts:access_log"
