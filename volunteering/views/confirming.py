"""The record keepers' page to confirm hours, and to hand them back."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_tables2 import SingleTableView

from accounts.http import reader
from core.web.components import Link, parse_key
from core.web.edit_conflicts import VERSION_TOKEN
from core.web.exports import ExportedPage
from core.web.forms import new_key
from core.web.read_first import ReadListMixin, overtaken_keys, tokens_of_each
from core.web.ticks import TickedList, restored_ticks
from core.web.views import ActionFormView, ReasonView
from members.ends.dated_records import whether_contradicting
from volunteering import actions, permissions
from volunteering.actions import ConfirmationResult
from volunteering.forms import ConfirmForm
from volunteering.models import ServiceRecord
from volunteering.tables import PendingServiceTable
from volunteering.views.service import RecordKeeperMixin

NOTHING_TICKED = _("Nothing was ticked, so nothing changed.")


class PendingService(RecordKeeperMixin, ExportedPage, SingleTableView):
    """Hours that wait for confirmation."""

    table_class = PendingServiceTable
    template_name = "volunteering/service_list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[ServiceRecord]:
        user = self.request.user
        rows = ServiceRecord.objects.managed_by(user).submitted()
        return (
            rows.with_own_marked(user)
            .annotate(contradicts_end=whether_contradicting("volunteering.service"))
            .select_related("member", "claim__shift__post", "recorded_by")
            .order_by("served_on", "pk")
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record = Link(_("Record hours"), reverse("volunteering:unrecorded"), "pencil")
        context: dict[str, Any] = super().get_context_data(
            title=_("Service to confirm"),
            empty_text=_("No hours wait for confirmation."),
            page_actions=[record],
            new_key=new_key,
            ticked=restored_ticks(self.request, "record"),
            **kwargs,
        )
        shown = [row.record for row in context["table"].page or context["table"].rows]
        context[VERSION_TOKEN] = tokens_of_each({row.pk: [row] for row in shown})
        return context


class ConfirmServices(RecordKeeperMixin, ReadListMixin, TickedList, ActionFormView):
    """A keeper confirms the records they have ticked, one action each.

    Hours of people who had ended before are asked about, one by one.
    """

    list_url_name = "volunteering:service"
    ticks_title = _("Service to confirm")
    http_method_names = ["get", "post"]
    form_class = ConfirmForm
    title = _("Service to confirm")
    submit_label = _("Confirm what is ticked")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the list: records are ticked there."""
        return HttpResponseRedirect(reverse("volunteering:service"))

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return the ticked records with the rest; unmanaged ones are 404."""
        keys = {parse_key(pk) for pk in self.request.POST.getlist("record")}
        managed = ServiceRecord.objects.managed_by(self.request.user)
        rows = managed.filter(pk__in=keys).select_related("member")
        records = list(rows.order_by("served_on", "pk"))
        if len(records) < len(keys):
            raise Http404
        return {**super().get_form_kwargs(), "records": records}

    def run_action(self, form: Any) -> str:
        records, left = form.split()
        shown = form.cleaned_data[VERSION_TOKEN]
        outcome = actions.confirm_services(
            records,
            by=reader(self.request),
            is_as_read=lambda row: not overtaken_keys(shown, {row.pk: [row]}),
        )
        self.report_outcome(outcome)
        if left:
            names = "、".join(record.member.name for record in left)
            words = _("Not confirmed: %(names)s. Their hours still wait.")
            messages.info(self.request, words % {"names": names})
        elif not records:
            messages.info(self.request, NOTHING_TICKED)
        return reverse("volunteering:service")

    def show_result(self, location: str) -> HttpResponse:
        """Go back to the list; what became of each record is said already."""
        return HttpResponseRedirect(location)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = reverse("volunteering:service")
        return super().get_context_data(cancel_url=back, **kwargs)

    def report_outcome(self, outcome: ConfirmationResult) -> None:
        """Add messages about the outcome."""
        for refusal in outcome.refusals:
            messages.error(self.request, str(refusal))
        if outcome.confirmed:
            count = outcome.confirmed
            words = ngettext(
                "%(count)d record was confirmed.",
                "%(count)d records were confirmed.",
                count,
            )
            messages.success(self.request, words % {"count": count})
        if outcome.already:
            count = outcome.already
            words = ngettext(
                "%(count)d record had been confirmed before. Its hours count once.",
                "%(count)d records had been confirmed before. Their hours count once.",
                count,
            )
            messages.info(self.request, words % {"count": count})


class ReturnService(ReasonView[ServiceRecord]):
    """A keeper returns a record with a reason."""

    read_with = ("claim", "claim.shift")
    model = ServiceRecord
    action = staticmethod(actions.return_service)
    title = _("Hand the record back")
    submit_label = _("Hand back")
    success_message = _("The record was returned.")
    consequence = _("Whoever recorded the hours can correct and send them again.")
    danger = False

    def get_rows(self) -> QuerySet[ServiceRecord]:
        return super().get_rows().select_related("member", "claim__shift__post")

    def shown_texts(self, row: ServiceRecord) -> list[str]:
        return [str(row), str(row.claim)]

    def has_permission(self, obj: ServiceRecord) -> bool:
        return permissions.can_confirm(self.request.user, obj)

    def get_success_url(self) -> str:
        return reverse("volunteering:service")

    def get_cancel_url(self) -> str:
        return reverse("volunteering:service")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"name": self.row.member.name, "hours": self.row.hours}
        question = _("%(name)s, %(hours)s hours") % words
        return super().get_context_data(question=question, **kwargs)


class TakeBackConfirmation(ReturnService):
    """A keeper takes a confirmation back that was a mistake, with a reason."""

    action = staticmethod(actions.take_back_confirmation)
    title = _("Take the confirmation back")
    submit_label = _("Take back")
    success_message = _("The confirmation was taken back.")
    consequence = _(
        "The hours no longer count. Whoever recorded them can correct and send them"
        " again, or note that nobody came."
    )

    def get_success_url(self) -> str:
        return reverse("volunteering:attendance", args=[self.row.claim.shift_id])

    def get_cancel_url(self) -> str:
        return self.get_success_url()
