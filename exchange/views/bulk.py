"""Do one thing to many rows of a list: choose, look at who and who not, confirm."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import DetailView
from django_tables2 import SingleTableMixin

from accounts.http import reader
from core.errors import DomainError
from core.web.bulk_actions import TICKED_ROWS, BulkAction, actions_on_list
from core.web.components import ActionButton, Link, parse_key
from core.web.criteria import describe_criteria
from core.web.exports import ExportedPage
from core.web.idempotency import KEY
from core.web.views import ActionFormView, ActionView, ReadActionView
from exchange import actions
from exchange.errors import BulkOvertaken, FilterUnread, NothingChosen
from exchange.models import BulkRun
from exchange.tables import BulkLineTable
from exchange.views.jobs import progress_of
from exchange.views.saved_views import name_of_list, open_asked

ALL_ROWS = "all"
OWN_FIELDS = ("list", "action", "which", TICKED_ROWS)
"""What the page sends along besides what the action asks for."""


class ChooseBulk(ActionFormView):
    """Ask once what the action needs for all rows; then try it out on each."""

    template_name = "exchange/choose_bulk.html"
    title = _("Several at once")
    submit_label = _("Show for whom it can be done")
    success_message = ""

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        # After signing in again people may come to the bare address.
        if request.method == "GET" and not request.GET:
            return redirect("accounts:home")
        self.asked = request.POST if request.method == "POST" else request.GET
        self.address, self.opened = open_asked(request)
        self.kind = self._find_action()
        try:
            self.keys = self._find_keys()
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(self.address)
        return super().dispatch(request, *args, **kwargs)

    def _find_action(self) -> BulkAction:
        """Return the action that was chosen; one that is not offered is 403."""
        offered = actions_on_list(name_of_list(self.address), reader(self.request))
        for one in offered:
            if one.key == self.asked.get("action", ""):
                return one
        raise PermissionDenied

    def _find_keys(self) -> Sequence[int]:
        """Return the rows: those that were ticked, or all of the list's filter."""
        rows = self.opened.table.data.data
        if not isinstance(rows, QuerySet):
            raise Http404
        form = getattr(self.opened.context.get("filter"), "form", None)
        if form is not None and form.errors:
            raise FilterUnread
        if self.asked.get("which") != ALL_ROWS:
            ticked = {parse_key(key) for key in self.asked.getlist(TICKED_ROWS)}
            rows = rows.filter(pk__in=ticked)
        keys = sorted({*rows.order_by().values_list("pk", flat=True)})
        if not keys:
            raise NothingChosen
        return keys

    def get_form_class(self) -> Any:
        return self.kind.form_class

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "person": reader(self.request)}

    def run_action(self, form: Any) -> str:
        typed = {name: self.request.POST.getlist(name) for name in form.fields}
        run = actions.ask_bulk(
            self.kind, self.address, self.keys, typed, by=reader(self.request)
        )
        return run.get_absolute_url()

    def show_result(self, location: str) -> HttpResponse:
        """Go on to the preview; nothing was saved that could be announced."""
        return HttpResponseRedirect(location)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sent = [(n, v) for n in OWN_FIELDS for v in self.asked.getlist(n)]
        extra = {
            "title": self.kind.label,
            "opened": self.opened,
            "count": len(self.keys),
            "sent": sent,
            "cancel_url": self.address,
            "breadcrumbs": [
                Link(self.opened.title, self.address),
                Link(self.kind.label),
            ],
        }
        return super().get_context_data(**{**extra, **kwargs})


class BulkRunPage(ExportedPage, SingleTableMixin, DetailView):
    """For whom it can be done, for whom not and why; how far it is, what was done."""

    template_name = "exchange/bulk_run.html"
    context_object_name = "run"
    table_class = BulkLineTable
    paginate_by = 50

    def get_queryset(self) -> Any:
        rows = BulkRun.objects.visible_to(self.request.user)
        return rows.select_related("job", "owner")

    def get_table_kwargs(self) -> dict[str, Any]:
        return {"is_done": self.object.is_done}

    def get_table_data(self) -> Any:
        lines: list[Any] = self.object.refused + self.object.possible
        return lines

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run = self.object
        form = run.bound_form()
        typed = describe_criteria(form) if form.is_valid() else {}
        typed.pop(str(form.fields[KEY].label), None)
        job = run.job if run.job is not None and not run.is_ready else None
        extra = {
            "title": str(run),
            "typed": typed,
            "empty_text": _("Nothing to show: what was found is kept for seven days."),
            "buttons": self._buttons(run),
            "breadcrumbs": [Link(_("Back to the list"), run.address), Link(str(run))],
            "job": job,
            **(progress_of(job) if job is not None else {}),
        }
        return super().get_context_data(**{**extra, **kwargs})

    def _buttons(self, run: BulkRun) -> list[ActionButton]:
        if not run.action.permitted(self.request.user):
            return []
        if run.is_refused:
            again = reverse("exchange:bulk_again", args=[run.pk])
            return [ActionButton(_("Look anew"), again, primary=True)]
        if not run.is_ready or not run.possible:
            return []
        count = len(run.possible)
        label = ngettext("Do it for %(count)d row", "Do it for %(count)d rows", count)
        return [
            ActionButton(
                label % {"count": count},
                ConfirmBulk.address_of(run),
                primary=True,
                version=ConfirmBulk.read_token(run),
            )
        ]


class ConfirmBulk(ReadActionView[BulkRun]):
    """Do what was shown, to all of them or to none."""

    model = BulkRun
    success_message = ""

    @staticmethod
    def address_of(run: BulkRun) -> str:
        """Return the address of the button."""
        return f"{run.get_absolute_url()}confirm/"

    def has_permission(self, obj: BulkRun) -> bool:
        return obj.action.permitted(self.request.user)

    def run_action(self, obj: BulkRun) -> None:
        try:
            actions.confirm_bulk(obj, by=reader(self.request))
        except BulkOvertaken as refusal:
            raise _Overtaken(refusal) from refusal

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it once; where something changed meanwhile, show what is so now."""
        try:
            return super().post(request, *args, **kwargs)
        except _Overtaken as overtaken:
            run = actions.show_anew(self.get_permitted_object())
            messages.error(request, str(overtaken.refusal))
            return HttpResponseRedirect(run.get_absolute_url())


class LookAtBulkAgain(ActionView[BulkRun]):
    """Find out again for whom it can be done, after a worker could not do it."""

    model = BulkRun
    success_message = ""

    def has_permission(self, obj: BulkRun) -> bool:
        return obj.action.permitted(self.request.user)

    def run_action(self, obj: BulkRun) -> None:
        actions.look_at_bulk_again(obj)


class _Overtaken(Exception):
    """What was confirmed is not what would be done now."""

    def __init__(self, refusal: BulkOvertaken) -> None:
        super().__init__()
        self.refusal = refusal
