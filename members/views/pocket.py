"""Members whom nobody manages: the list, taking a line, and settling it."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from django_tables2 import SingleTableMixin

from accounts.http import reader
from core.text import StrOrPromise
from core.web.components import Link
from core.web.exports import ExportedPage
from core.web.views import ConfirmView, ReadFirstView
from members import actions, permissions
from members.forms import PocketOutcomeForm
from members.models import Member, PocketMember
from members.tables import UnmanagedTable
from members.unmanaged import Unmanaged, find_unmanaged, find_why


class PocketList(ExportedPage, UserPassesTestMixin, SingleTableMixin, TemplateView):
    """Everybody in the reader's area whom no organization manages, and why."""

    template_name = "core/list_page.html"
    table_class = UnmanagedTable
    paginate_by = 50

    def test_func(self) -> bool:
        return permissions.can_admit(self.request.user)

    def get_table_data(self) -> list[Unmanaged]:
        lines = find_unmanaged(reader(self.request))
        if self.request.GET.get("taken") == "no":
            return [line for line in lines if line.row is None]
        return lines

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=_("Members whom nobody manages"),
            empty_text=_("Everybody in your area is managed by an organization."),
            breadcrumbs=[
                Link(_("Members"), reverse("members:list")),
                Link(_("Members whom nobody manages")),
            ],
            **kwargs,
        )


class TakePocketMember(ConfirmView[Member]):
    """Take a line of the list: a case opens, and the reader deals with it."""

    model = Member
    title = _("Deal with this member")
    submit_label = _("Open the case")
    success_message = _("The case is open. Record what you do as steps.")
    danger = False

    def has_permission(self, obj: Member) -> bool:
        return permissions.can_change(self.request.user, obj)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = find_why(self.row)
        consequence: StrOrPromise = _("By now the records say who manages this member.")
        if found is not None:
            consequence = found.reason
        context = {
            "question": self.row.choice_label,
            "consequence": consequence,
            "impossible": found is None,
        }
        return super().get_context_data(**{**context, **kwargs})

    def run_action(self, form: Any) -> str:
        user = reader(self.request)
        row = actions.take_pocket_member(self.row, by=user, owner=user)
        return row.get_absolute_url()


class SettlePocketMember(ReadFirstView[PocketMember]):
    """Say what came of a member whom nobody managed."""

    read_with = ("case", "case.steps")
    model = PocketMember
    form_class = PocketOutcomeForm
    action = staticmethod(actions.settle_pocket_member)
    title = _("What came of it")
    submit_label = _("Settle")
    success_message = _("Settled.")

    def get_rows(self) -> Any:
        return super().get_rows().select_related("member", "case")

    def has_permission(self, obj: PocketMember) -> bool:
        return permissions.can_settle_pocket(self.request.user, obj)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row.member.name, **kwargs)
