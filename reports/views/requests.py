"""Tasks from above: the list, one of them, and the forms that record them."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core.web.components import DetailRow, Link, Section
from core.web.list_pages import ListPage
from core.web.views import (
    ActionFormView,
    PermittedObjectMixin,
    ReadFirstView,
    ReasonView,
)
from organizations.models import Organization
from organizations.queries import labels_of_code_list
from reports import actions, permissions
from reports.actions.requests import (
    refuse_finish,
    refuse_reopen,
    refuse_void_request,
)
from reports.filters import RequestFilter
from reports.forms import FinishForm, RequestForm
from reports.models import SuperiorRequest
from reports.tables import RequestTable, state_of

TASKS = _("Tasks from above")
source_in_words = labels_of_code_list("request_sources")
kind_in_words = labels_of_code_list("request_kinds")


class RequestList(UserPassesTestMixin, ListPage):
    """What superiors ask of the places of the reader's area."""

    model = SuperiorRequest
    table_class = RequestTable
    filterset_class = RequestFilter
    title = TASKS
    empty_text = _(
        "No task here. Record each task that a department or a higher office gives, so"
        " that it shows who asks for how much."
    )

    def test_func(self) -> bool:
        return permissions.can_see_returns(self.request.user)

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("organization")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        links = [Link(_("What a month cost"), reverse("reports:burden"), "bar-chart")]
        if permissions.can_record_requests(self.request.user):
            url = reverse("reports:record_request")
            links.insert(0, Link(_("Record a task"), url, "plus-lg", primary=True))
        return super().get_context_data(page_actions=links, **kwargs)


class RecordRequest(UserPassesTestMixin, ActionFormView):
    """A record keeper records a task for one place or several."""

    form_class = RequestForm
    title = _("Record a task from above")
    success_message = _("The task is on record.")

    def test_func(self) -> bool:
        return permissions.can_record_requests(self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        own = Organization.objects.managed_by(self.request.user).open()
        places = (own.communities() | own.streets()).order_by("path")
        return {**super().get_form_kwargs(), "organizations": places}

    def run_action(self, form: RequestForm) -> str:
        values = form.action_values()
        rows = actions.record_request(by=self.request.user, **values)
        if len(rows) > 1:
            return reverse("reports:requests")
        return rows[0].get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        url = reverse("reports:requests")
        return super().get_context_data(cancel_url=url, **kwargs)


class RequestRows:
    """Tasks that the reader may see."""

    model = SuperiorRequest
    request: Any

    def get_rows(self) -> Any:
        rows = SuperiorRequest.all_objects.visible_to(self.request.user)
        return rows.select_related("organization", "made_by", "done_by")


class RequestDetail(RequestRows, PermittedObjectMixin[SuperiorRequest], TemplateView):
    """One task: who asks for what, by when, and whether it is done."""

    template_name = "reports/request.html"

    def has_permission(self, obj: SuperiorRequest) -> bool:
        return True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.get_permitted_object()
        return super().get_context_data(
            title=row.title,
            voided=row if row.voided_at else None,
            breadcrumbs=[Link(TASKS, reverse("reports:requests")), Link(row.title)],
            sections=[Section("", detail_rows_of(row))],
            page_actions=self._links(row),
            **kwargs,
        )

    def _links(self, row: SuperiorRequest) -> list[Link]:
        if row.voided_at or not permissions.can_keep_request(self.request.user, row):
            return []
        void = Link(_("Void …"), reverse("reports:void_request", args=[row.pk]))
        if row.done_on is not None:
            url = reverse("reports:reopen_request", args=[row.pk])
            return [Link(_("Not done after all …"), url), void]
        url = reverse("reports:finish_request", args=[row.pk])
        return [Link(_("Mark as done"), url, "check-circle", primary=True), void]


def detail_rows_of(row: SuperiorRequest) -> list[DetailRow]:
    """Return the details of a task; what it took is shown in sums alone."""
    return [
        DetailRow(_("State"), state_of(row)),
        DetailRow(_("Source of the task"), source_in_words(row.source)),
        DetailRow(_("What is asked for"), kind_in_words(row.kind)),
        DetailRow(_("Who has to do it"), row.organization),
        DetailRow(_("Document of the task"), row.document or None),
        DetailRow(_("Received on"), row.received_on),
        DetailRow(_("Due on"), row.due_on),
        DetailRow(_("Done on"), row.done_on),
        DetailRow(_("Recorded by"), row.made_by),
    ]


class KeptRequest(RequestRows):
    """Tasks that the reader works on."""

    def has_permission(self, obj: SuperiorRequest) -> bool:
        """Whether the reader keeps the records of the place."""
        return permissions.can_keep_request(self.request.user, obj)


class FinishRequest(KeptRequest, ReadFirstView[SuperiorRequest]):
    """A record keeper marks a task as done."""

    form_class = FinishForm
    action = staticmethod(actions.finish_request)
    title = _("Mark the task as done")
    success_message = _("The task is done.")

    def refuse_beforehand(self) -> None:
        refuse_finish(self.row)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"lead": self.row.title, **kwargs})


class ReopenRequest(KeptRequest, ReasonView[SuperiorRequest]):
    """A record keeper takes back that a task was done."""

    action = staticmethod(actions.reopen_request)
    title = _("The task is not done after all")
    submit_label = _("Take back")
    success_message = _("The task is to be done again.")
    consequence = _("The task is to be done again; the hours typed are forgotten.")

    def refuse_beforehand(self) -> None:
        refuse_reopen(self.row)


class VoidRequest(KeptRequest, ReasonView[SuperiorRequest]):
    """A record keeper voids a task recorded by mistake."""

    action = staticmethod(actions.void_request)
    title = _("Void the task")
    submit_label = _("Void the task")
    success_message = _("The task was voided.")
    consequence = _("It stays on record with the reason, and counts nowhere.")

    def refuse_beforehand(self) -> None:
        refuse_void_request(self.row)
