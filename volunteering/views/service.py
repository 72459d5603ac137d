"""Recording hours, and the keepers' page to confirm them."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import View
from django_tables2 import SingleTableView

from core.duties import scope_of
from core.forms import new_key
from core.views import ReasonView, RowFormView, sent_once
from volunteering import actions, permissions
from volunteering.actions import Outcome
from volunteering.forms import HoursForm
from volunteering.models import Claim, ServiceRecord
from volunteering.tables import PendingServiceTable, UnrecordedClaimTable


class KeepersOnly(View):
    """A page for those who keep a community's records."""

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if not permissions.can_oversee(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class PendingService(KeepersOnly, SingleTableView):
    """Hours that wait for a second person."""

    table_class = PendingServiceTable
    template_name = "volunteering/service_list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[ServiceRecord]:
        user = self.request.user
        rows = ServiceRecord.objects.managed_by(user).submitted()
        return (
            rows.with_hand_of(user)
            .select_related("member", "claim__shift__post", "recorded_by")
            .order_by("served_on", "pk")
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ways = {"label": _("Record hours"), "icon": "pencil"}
        ways["url"] = reverse("volunteering:unrecorded")
        context: dict[str, Any] = super().get_context_data(
            title=_("Service to confirm"),
            empty_text=_("No hours wait for confirmation."),
            page_actions=[ways],
            new_key=new_key,
            **kwargs,
        )
        return context


class UnrecordedClaims(KeepersOnly, SingleTableView):
    """Claims whose day has come and whose hours nobody has recorded."""

    table_class = UnrecordedClaimTable
    template_name = "core/list_page.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Claim]:
        rows = Claim.objects.managed_by(self.request.user).unrecorded()
        joined = rows.select_related("member", "shift__post__organization", "record")
        return joined.order_by("shift__starts_at", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(
            title=_("Hours to record"),
            empty_text=_("All service that was claimed is recorded."),
            new_key=new_key,
            **kwargs,
        )
        return context


class ConfirmServices(KeepersOnly):
    """A keeper confirms what he has ticked, each record a deed."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Confirm all or say of each why not; what one does not keep is not there."""
        wanted = {int(pk) for pk in request.POST.getlist("record") if pk.isdigit()}
        kept = ServiceRecord.objects.managed_by(request.user)
        records = list(kept.filter(pk__in=wanted))
        if len(records) < len(wanted):
            raise Http404
        back = reverse("volunteering:service")

        def act() -> str:
            self.tell(actions.confirm_services(records, by=request.user))  # type: ignore[arg-type] # signed in
            return back

        sent_once(request, act)
        return HttpResponseRedirect(back)

    def tell(self, outcome: Outcome) -> None:
        """Say what came of it."""
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
        elif not outcome.refusals:
            messages.info(self.request, _("Nothing was ticked, so nothing changed."))


class RecordService(RowFormView[Claim]):
    """The member, or a keeper for him, records the hours of a claim."""

    model = Claim
    form_class = HoursForm
    template_name = "volunteering/record_service.html"
    title = _("Record hours")
    success_message = _("The hours are recorded and wait for another person.")

    def get_rows(self) -> QuerySet[Claim]:
        return super().get_rows().select_related("shift__post", "member", "record")

    def allowed(self, obj: Claim) -> bool:
        return permissions.can_record(self.request.user, obj)

    def get_initial(self) -> dict[str, Any]:
        record = getattr(self.row, "record", None)
        if record is not None:
            return {"hours": record.hours, "remark": record.remark}
        span = self.row.shift.ends_at - self.row.shift.starts_at
        return {"hours": round(Decimal(span.total_seconds()) / 3600, 1)}

    def act(self, form: Any) -> str:
        told = form.cleaned_data
        actions.record_service(
            self.row,
            by=self.request.user,  # type: ignore[arg-type] # signed in
            hours=told["hours"],
            remark=told["remark"],
        )
        return self.get_back()

    def get_back(self) -> str:
        """Members go back to their own service, keepers to what is left to record."""
        own = self.row.member_id == scope_of(self.request.user).member_id
        return reverse("volunteering:mine" if own else "volunteering:unrecorded")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(claim=self.row, **kwargs)
        return {**context, "cancel_url": self.get_back()}


class ReturnService(ReasonView[ServiceRecord]):
    """A keeper hands a record back and says why."""

    model = ServiceRecord
    title = _("Hand the record back")
    submit_label = _("Hand back")
    success_message = _("The record was handed back.")
    consequence = _("Whoever recorded the hours can correct and send them again.")
    danger = False

    def get_rows(self) -> QuerySet[ServiceRecord]:
        return super().get_rows().select_related("member", "claim__shift__post")

    def allowed(self, obj: ServiceRecord) -> bool:
        return permissions.can_confirm(self.request.user, obj)

    def deed(self, reason: str) -> None:
        actions.return_service(self.row, by=self.request.user, reason=reason)  # type: ignore[arg-type] # signed in

    def act(self, form: Any) -> str:
        super().act(form)
        return reverse("volunteering:service")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"name": self.row.member.name, "hours": self.row.hours}
        return {
            **super().get_context_data(**kwargs),
            "question": _("%(name)s, %(hours)s hours") % words,
            "cancel_url": reverse("volunteering:service"),
        }
