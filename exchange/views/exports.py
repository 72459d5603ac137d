"""A list that is too long to be answered at once, offered as work for a worker."""

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.http import reader
from core.web.views import ActionFormView
from exchange.actions import ask_for_list
from exchange.exports import OpenedList, open_list
from exchange.forms import ExportForm


class ExportList(ActionFormView):
    """Say how long the list is, and have a worker write it into a file."""

    form_class = ExportForm
    template_name = "exchange/export_list.html"
    title = _("Export a long list")
    submit_label = _("Have it written")
    success_message = _("The list is being written. You may leave this page.")

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        # After signing in again people may come to the bare address.
        if request.method == "GET" and not request.GET:
            return redirect("accounts:home")
        self.opened = self._open(request)
        return super().dispatch(request, *args, **kwargs)

    def _open(self, request: HttpRequest) -> OpenedList:
        """Return the list that the address or the form names; else 404."""
        asked = request.POST if request.method == "POST" else request.GET
        opened = open_list(asked.get("list", ""), reader(request))
        if opened is None:
            raise Http404
        return opened

    def get_initial(self) -> dict[str, Any]:
        return {name: self.request.GET.get(name, "") for name in ("list", "kind")}

    def run_action(self, form: Any) -> str:
        values = form.action_values()
        job = ask_for_list(values["list"], values["kind"], by=reader(self.request))
        return job.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        extra = {
            "opened": self.opened,
            "count": self.opened.count(),
            "cancel_url": self.request.GET.get("list", ""),
        }
        return super().get_context_data(**{**extra, **kwargs})
