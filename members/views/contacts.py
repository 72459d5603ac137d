"""Contacts with absent members: recording one, and whom to call."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from django_tables2 import SingleTableMixin

from accounts.http import reader
from core.web.components import Link
from core.web.exports import ExportedPage
from members import actions, permissions
from members.absences.silence import SilentMember, list_silent
from members.enums import Silence
from members.errors import NoOpenAffiliation
from members.forms import LogContactForm
from members.tables import SilentMemberTable
from members.views.changes import CurrentMemberView


class SilentMemberList(
    ExportedPage, UserPassesTestMixin, SingleTableMixin, TemplateView
):
    """Absent members of the reader's area who are to be called, the first due first."""

    template_name = "core/list_page.html"
    table_class = SilentMemberTable
    paginate_by = 50

    def test_func(self) -> bool:
        return permissions.can_admit(self.request.user)

    def get_table_data(self) -> list[SilentMember]:
        lines = list_silent(reader(self.request))
        asked = self.request.GET.get("why", "")
        if asked in (Silence.FIRST, Silence.REPORT, Silence.ABROAD):
            return [line for line in lines if line.asks == asked]
        if asked == Silence.OVERDUE:
            silent = (Silence.REMIND, Silence.OVERDUE)
            return [line for line in lines if line.asks in silent]
        return lines

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title = _("Absent members to get in touch with")
        return super().get_context_data(
            title=title,
            empty_text=_("All absent members of your area have been in touch."),
            breadcrumbs=[Link(_("Members"), reverse("members:list")), Link(title)],
            **kwargs,
        )


class LogContact(CurrentMemberView):
    """Record a contact with a member: two taps on a phone, the day is today."""

    form_class = LogContactForm
    action = staticmethod(actions.log_contact)
    title = _("Record a contact")
    submit_label = _("Record the contact")
    success_message = _("The contact is on record.")
    compared = ()

    def refuse_beforehand(self) -> None:
        super().refuse_beforehand()
        if self.row.organization_id is None:
            raise NoOpenAffiliation(name=self.row.name)
