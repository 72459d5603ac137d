"""Corrections that members propose: the list, one of them, and the decision."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import TemplateView

from accounts.http import reader
from core.web.components import DetailRow, Link, Section
from core.web.list_pages import ListPage
from core.web.views import PermittedObjectMixin, QuestionView, ReasonView
from members import actions, permissions
from members.actions.corrections import refuse_decided_correction
from members.enums import CorrectedField
from members.filters import ProposedCorrectionFilter
from members.forms import AcceptCorrectionForm
from members.models import ProposedCorrection
from members.tables import ProposedCorrectionTable
from members.views.changes import employers_of

CORRECTIONS = _("Corrections proposed by members")


class CorrectionList(UserPassesTestMixin, ListPage):
    """What members would have corrected in the records the reader keeps."""

    model = ProposedCorrection
    table_class = ProposedCorrectionTable
    filterset_class = ProposedCorrectionFilter
    title = CORRECTIONS
    empty_text = _("No correction yet. Members propose theirs on “About me”.")

    def test_func(self) -> bool:
        return permissions.can_admit(self.request.user)

    def get_queryset(self) -> Any:
        rows = super().get_queryset().select_related("member", "organization")
        return rows.defer("value", "member__id_number", "member__phone")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = [Link(_("Members"), reverse("members:list")), Link(CORRECTIONS)]
        return super().get_context_data(breadcrumbs=crumbs, **kwargs)


class CorrectionMixin(PermittedObjectMixin[ProposedCorrection]):
    """A page about one proposed correction: for the member, and for who keeps it."""

    model = ProposedCorrection

    def get_rows(self) -> Any:
        rows = ProposedCorrection.objects.visible_to(self.request.user)
        return rows.select_related("member__employer", "organization")

    def has_permission(self, obj: ProposedCorrection) -> bool:
        return True  # whoever sees it: the member, and who keeps the record

    def is_own(self, row: ProposedCorrection) -> bool:
        """Whether the reader proposes it themselves, on this or a merged record."""
        return row.member.is_record_of(self.request.user)


class CorrectionPage(CorrectionMixin, TemplateView):
    """One proposed correction beside what is on record; who reads it is recorded."""

    template_name = "core/detail_page.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page; it holds particulars, so who opened it is recorded."""
        row = self.get_permitted_object()
        if not self.is_own(row):
            actions.record_look(row.member, by=reader(request))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.get_permitted_object()
        own = self.is_own(row)
        back = Link(CORRECTIONS, reverse("members:corrections"))
        if own:
            back = Link(_("My corrections"), reverse("members:own_corrections"))
        return super().get_context_data(
            title=_("Proposed correction: %(field)s")
            % {"field": row.get_field_display()},
            breadcrumbs=[back, Link(row.member.name)],
            sections=[Section("", list(self._details(row, own=own)))],
            page_actions=list(self._links(row, own=own)),
            **kwargs,
        )

    def _details(self, row: ProposedCorrection, *, own: bool) -> Iterator[DetailRow]:
        url = "" if own else row.member.get_absolute_url()
        yield DetailRow(_("Member"), row.member.name, url)
        yield DetailRow(
            pgettext_lazy("correction", "What is wrong"), row.get_field_display()
        )
        if row.is_open:
            yield DetailRow(_("On record now"), row.recorded_value or "—")
        yield DetailRow(pgettext_lazy("correction", "What is right"), row.shown_value)
        yield DetailRow(_("Reason"), row.reason)
        yield DetailRow(_("Proposed on"), row.proposed_on)
        yield DetailRow(_("State"), row.get_state_display())
        if row.note:
            label = pgettext_lazy("correction", "Why it was declined")
            yield DetailRow(label, row.note)
        if row.decided_on is not None:
            yield DetailRow(pgettext_lazy("correction", "Decided on"), row.decided_on)

    def _links(self, row: ProposedCorrection, *, own: bool) -> Iterator[Link]:
        if not row.is_open:
            return
        if own:
            yield link_to(row, _("Withdraw …"), "withdraw_correction")
        if permissions.can_decide_correction(self.request.user, row):
            accept = pgettext_lazy("correction", "Accept …")
            yield link_to(row, accept, "accept_correction", primary=True)
            yield link_to(row, _("Decline …"), "decline_correction")


def link_to(
    row: ProposedCorrection, label: Any, name: str, *, primary: bool = False
) -> Link:
    """Return the link to one of the pages of a correction."""
    return Link(label, reverse(f"members:{name}", args=[row.pk]), "", primary)


class DecidedCorrection(CorrectionMixin):
    """Base of what whoever keeps the record decides about a correction."""

    def has_permission(self, obj: ProposedCorrection) -> bool:
        return permissions.can_decide_correction(self.request.user, obj)

    def refuse_beforehand(self) -> None:
        """Refuse what is decided or withdrawn."""
        refuse_decided_correction(self.row)  # type: ignore[attr-defined] # of form views


class AcceptCorrection(DecidedCorrection, QuestionView[ProposedCorrection]):
    """Correct the record as the member proposed."""

    form_class = AcceptCorrectionForm
    action = staticmethod(actions.accept_correction)
    title = _("Accept the correction")
    submit_label = _("Accept and correct the record")
    success_message = _("The record is corrected, and the member is told.")
    danger = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form; it names both values, so who opened it is recorded."""
        actions.record_look(self.row.member, by=reader(request))
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        names_unit = self.row.field == CorrectedField.EMPLOYER
        employers = employers_of(self.request.user, self.row.member)
        return {
            **super().get_form_kwargs(),
            "employers": employers if names_unit else None,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {
            "before": self.row.recorded_value or "—",
            "after": self.row.shown_value,
            "reason": self.row.reason,
        }
        consequence = _(
            "On record now: %(before)s. It becomes: %(after)s. The member says:"
            " %(reason)s"
        )
        return super().get_context_data(consequence=consequence % words, **kwargs)


class DeclineCorrection(DecidedCorrection, ReasonView[ProposedCorrection]):
    """Leave the record as it is, and say why."""

    action = staticmethod(actions.decline_correction)
    title = _("Decline the correction")
    submit_label = _("Decline")
    success_message = _("The record stays as it is, and the member is told why.")
    consequence = _("The record stays as it is. The member reads your reason.")
