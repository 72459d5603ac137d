"""The certificates of mobile members: issue, replace, return, and the paper."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core.db.voidable import NOT_VOIDED
from core.months import today
from core.web.components import DetailRow, Link, Section
from core.web.list_pages import ListPage
from core.web.views import PermittedObjectMixin, ReadFirstView, ReasonView, RowFormView
from members import actions, permissions
from members.actions.certificates import refuse_certificate, refuse_voided
from members.actions.overtaken import Situation
from members.enums import CertificateState
from members.errors import CertificateClosed
from members.filters import CertificateFilter
from members.forms import DayForm, IssueCertificateForm, ReplaceCertificateForm
from members.models import ActivityCertificate, Member
from members.tables import CertificateTable
from members.views.changes import CurrentMemberView
from organizations.queries import name_of_successor

BLANK_LINES = range(8)


def certificates_breadcrumb() -> Link:
    """Return the breadcrumb that leads to the list of certificates."""
    return Link(CertificateList.title, reverse("members:certificates"))


class CertificateList(UserPassesTestMixin, ListPage):
    """The certificates of the reader's mobile members, the last issued first."""

    model = ActivityCertificate
    table_class = CertificateTable
    filterset_class = CertificateFilter
    title = _("Activity certificates")
    empty_text = _("No activity certificate is on record here.")

    def test_func(self) -> bool:
        return permissions.can_view_members(self.request.user)

    def get_queryset(self) -> Any:
        rows = super().get_queryset()
        if self.request.GET.get("state") == CertificateState.VOIDED:
            rows = ActivityCertificate.all_objects.visible_to(self.request.user)
            rows = rows.exclude(NOT_VOIDED)
        rows = rows.select_related("member", "organization")
        return rows.defer("member__id_number", "member__phone")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        members = Link(_("Members"), reverse("members:list"))
        return super().get_context_data(
            breadcrumbs=[members, Link(self.title)], **kwargs
        )


class CertificateMixin(PermittedObjectMixin[ActivityCertificate]):
    """A page about one certificate."""

    model = ActivityCertificate

    def get_rows(self) -> Any:
        """Return certificates, voided ones included: these stay on record."""
        rows = ActivityCertificate.all_objects.visible_to(self.request.user)
        return rows.select_related("member", "organization", "issuer", "replaces")

    def has_permission(self, obj: ActivityCertificate) -> bool:
        return permissions.can_view_members(self.request.user)


class CertificatePage(CertificateMixin, TemplateView):
    """One certificate: for whom, on what ground, until when, what became of it."""

    template_name = "members/certificate_page.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.get_permitted_object()
        title = _("Activity certificate no. %(number)s") % {"number": row.number}
        return super().get_context_data(
            title=title,
            breadcrumbs=[certificates_breadcrumb(), Link(row.number)],
            sections=[Section("", list(self._details(row)))],
            page_actions=list(self._links(row)),
            voided=row if row.voided_at else None,
            **kwargs,
        )

    def _details(self, row: ActivityCertificate) -> Iterator[DetailRow]:
        seen = Member.objects.visible_to(self.request.user).filter(pk=row.member_id)
        url = row.member.get_absolute_url() if seen.exists() else ""
        yield DetailRow(_("Member"), row.member.name, url)
        yield DetailRow(_("Party organization"), name_of_successor(row.organization))
        yield DetailRow(_("Issued by"), row.issuer)
        yield DetailRow(_("Ground"), row.get_ground_display() or "—")
        yield DetailRow(_("Destination"), row.destination or "—")
        yield DetailRow(_("Certificate issued on"), row.issued_on or _("not on record"))
        yield DetailRow(_("Valid until"), row.valid_until or _("not on record"))
        yield DetailRow(_("State"), row.state)
        if row.reason:
            yield DetailRow(_("Reason"), row.reason)
        if row.replaces is not None:
            before = row.replaces
            url = before.get_absolute_url()
            yield DetailRow(_("Replaces the certificate"), before.number, url)

    def _links(self, row: ActivityCertificate) -> Iterator[Link]:
        def link(label: Any, name: str, *, primary: bool = False) -> Link:
            return Link(label, reverse(f"members:{name}", args=[row.pk]), "", primary)

        yield link(_("Print"), "print_certificate", primary=True)
        keeps = permissions.can_keep_certificate(self.request.user, row)
        if row.voided_at is not None or not keeps:
            return
        if row.is_held:
            yield link(_("Record that it was handed back"), "return_certificate")
        if row.is_held and row.member.mobile_records.filter(ends_on=None).exists():
            yield link(_("Replace …"), "replace_certificate")
        yield link(_("Void …"), "void_certificate")


class PrintCertificate(CertificateMixin, TemplateView):
    """The certificate on A4, with lines for what the holder does at the place."""

    template_name = "members/certificate.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.get_permitted_object()
        return super().get_context_data(
            title=_("Activity certificate of a mobile Party member"),
            certificate=row,
            member=row.member,
            belongs_to=name_of_successor(row.organization),
            blank_lines=BLANK_LINES,
            back_url=row.get_absolute_url(),
            printed_on=today(),
            **kwargs,
        )


class IssueCertificate(CurrentMemberView):
    """Issue a certificate to a member who is away."""

    form_class = IssueCertificateForm
    title = _("Issue an activity certificate")
    submit_label = _("Issue the certificate")
    success_message = _("Issued. It can be printed from this page.")
    compared = (Situation.BELONGING, Situation.ABSENCE)

    def refuse_beforehand(self) -> None:
        super().refuse_beforehand()
        refuse_certificate(self.row)

    def get_initial(self) -> dict[str, Any]:
        absence = self.row.mobile_records.filter(ends_on=None).first()
        return {"destination": absence.destination if absence is not None else ""}

    def run_action(self, form: Any) -> str:
        row = actions.issue_certificate(
            self.row, by=self.request.user, **form.action_values()
        )
        return row.get_absolute_url()


class CertificateFormView(RowFormView[ActivityCertificate]):
    """Base of forms over a certificate, for those who keep the records there."""

    model = ActivityCertificate
    only_held = True

    def get_rows(self) -> Any:
        """Return certificates, voided ones included: of these a sentence speaks."""
        rows = ActivityCertificate.all_objects.visible_to(self.request.user)
        return rows.select_related("member", "organization")

    def has_permission(self, obj: ActivityCertificate) -> bool:
        return permissions.can_keep_certificate(self.request.user, obj)

    def refuse_beforehand(self) -> None:
        """Refuse what was voided, and what is no longer with the member."""
        refuse_voided(self.row)
        if self.only_held and not self.row.is_held:
            outcome = self.row.get_outcome_display()
            raise CertificateClosed(number=self.row.number, outcome=outcome)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lead = f"{self.row.member.name} · {self.row.number}"
        return super().get_context_data(lead=lead, **kwargs)


class ReturnCertificate(CertificateFormView, ReadFirstView[ActivityCertificate]):
    """Record that a member gave the certificate back."""

    form_class = DayForm
    action = staticmethod(actions.return_certificate)
    title = _("Record that the certificate was handed back")
    submit_label = _("Record that it was handed back")
    success_message = _("On record that it was handed back.")


class ReplaceCertificate(CertificateFormView, ReadFirstView[ActivityCertificate]):
    """Issue a certificate in place of one that is lost, full, or has run out."""

    form_class = ReplaceCertificateForm
    title = _("Replace the certificate")
    submit_label = _("Issue the new certificate")
    success_message = _("Replaced. The old number is no longer valid.")

    def get_initial(self) -> dict[str, dt.date | str]:
        return {"ground": self.row.ground}

    def run_action(self, form: Any) -> str:
        row = actions.replace_certificate(
            self.row, by=self.request.user, **form.action_values()
        )
        return row.get_absolute_url()


class VoidCertificate(CertificateFormView, ReasonView[ActivityCertificate]):
    """Void a certificate that was recorded by mistake."""

    action = staticmethod(actions.void_certificate)
    only_held = False
    title = _("Void the certificate")
    submit_label = _("Void the certificate")
    success_message = _("The certificate was voided.")
    consequence = _(
        "It stays on record with the reason, no longer counts, and its number can be"
        " used again."
    )

    def get_success_url(self) -> str:
        return self.row.get_absolute_url()
