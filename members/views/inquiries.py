"""Inquiries at former units: the list, the letter, and the answer (S2-40)."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.http import reader
from core.months import today
from core.web.components import Link
from core.web.list_pages import ListPage
from core.web.views import PermittedObjectMixin, ReadFirstView, ReasonView, RowFormView
from members import actions, permissions
from members.errors import InquiryIsOver
from members.filters import InquiryFilter
from members.forms import InquiryAnswerForm, InquiryForm
from members.models import UnitInquiry
from members.tables import InquiryTable
from members.views.changes import CurrentMemberView
from organizations.queries import street_above


class InquiryList(UserPassesTestMixin, ListPage):
    """The inquiries of the reader's area, the last sent first."""

    model = UnitInquiry
    table_class = InquiryTable
    filterset_class = InquiryFilter
    title = _("Inquiries at former units")
    empty_text = _(
        "No former unit has been asked. Send an inquiry from the page of the member."
    )

    def test_func(self) -> bool:
        return permissions.can_view_members(self.request.user)

    def get_queryset(self) -> Any:
        rows = super().get_queryset().select_related("member", "case__organization")
        return rows.defer("member__id_number", "member__phone")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        members = Link(_("Members"), reverse("members:list"))
        return super().get_context_data(
            breadcrumbs=[members, Link(self.title)], **kwargs
        )


class SendInquiry(CurrentMemberView):
    """Ask the former unit of a member whether it manages them."""

    form_class = InquiryForm
    title = _("Ask the former unit")
    submit_label = _("Record the inquiry")
    success_message = _("On record. The letter can be printed from this page.")
    compared = ()

    def get_initial(self) -> dict[str, Any]:
        employer = self.row.employer
        return {"unit": employer.name if employer is not None else ""}

    def run_action(self, form: Any) -> str:
        user = reader(self.request)
        row = actions.send_inquiry(
            self.row, by=user, owner=user, **form.action_values()
        )
        return row.get_absolute_url()


class PrintInquiry(PermittedObjectMixin[UnitInquiry], TemplateView):
    """The letter to the former unit on A4, with the part for its answer."""

    model = UnitInquiry
    template_name = "members/inquiry.html"

    def get_rows(self) -> Any:
        return super().get_rows().select_related("member", "case__organization")

    def has_permission(self, obj: UnitInquiry) -> bool:
        return permissions.can_view_members(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.get_permitted_object()
        place = row.case.organization
        return super().get_context_data(
            title=_("Inquiry about a Party member"),
            inquiry=row,
            member=row.member,
            sender=street_above(place) or place,
            place=place,
            back_url=row.get_absolute_url(),
            printed_on=today(),
            **kwargs,
        )


class InquiryFormView(RowFormView[UnitInquiry]):
    """Base of forms over an inquiry that waits for its answer."""

    model = UnitInquiry

    def get_rows(self) -> Any:
        return super().get_rows().select_related("member", "case")

    def has_permission(self, obj: UnitInquiry) -> bool:
        return permissions.can_keep_inquiry(self.request.user, obj)

    def refuse_beforehand(self) -> None:
        if not self.row.is_open:
            raise InquiryIsOver(name=self.row.member.name, unit=self.row.unit)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lead = f"{self.row.member.name} · {self.row.unit}"
        return super().get_context_data(lead=lead, **kwargs)


class AnswerInquiry(InquiryFormView, ReadFirstView[UnitInquiry]):
    """Record what the former unit answers."""

    read_with = ("case", "case.steps")
    form_class = InquiryAnswerForm
    action = staticmethod(actions.answer_inquiry)
    title = _("Record the answer")
    submit_label = _("Record the answer")
    success_message = _("The answer is on record.")


class VoidInquiry(InquiryFormView, ReasonView[UnitInquiry]):
    """Void an inquiry that was recorded by mistake."""

    read_with = ("case", "case.steps")
    action = staticmethod(actions.void_inquiry)
    title = _("Void the inquiry")
    submit_label = _("Void the inquiry")
    success_message = _("The inquiry was voided.")
    consequence = _("It stays on record with the reason.")
