"""What people keep of lists: the columns they chose, and filters under a name."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.mixins import UserPassesTestMixin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from accounts.http import reader
from core.errors import DomainError
from core.web.columns import COLUMNS
from core.web.components import Link
from core.web.list_pages import ListPage
from core.web.views import NOT_DONE, ActionFormView, ChangeView, ConfirmView
from core.web.writing import run_write
from exchange import actions
from exchange.exports import OpenedList, closed_lists, open_list
from exchange.forms import ChangeViewForm, SaveViewForm
from exchange.models import SavedView
from exchange.tables import SavedViewTable


def open_asked(request: HttpRequest) -> tuple[str, OpenedList]:
    """Return the list that a form or an address names, as the reader may open it."""
    asked = request.POST if request.method == "POST" else request.GET
    address = asked.get("list", "")
    opened = open_list(address, reader(request))
    if opened is None:
        raise Http404
    return address, opened


def name_of_list(address: str) -> str:
    """Return the name of a list's address."""
    return resolve(address.partition("?")[0]).view_name


class ChooseColumns(View):
    """Keep the columns that the reader chose for a list, and show it with them."""

    http_method_names = ["get", "post"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Do nothing: people who had to sign in first come back by GET."""
        messages.info(request, NOT_DONE)
        return HttpResponseRedirect("/")

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the columns once, then go back to the list."""
        address, opened = open_asked(request)
        offered = [column.name for column in opened.table.offer_columns()]
        chosen = [name for name in request.POST.getlist(COLUMNS) if name in offered]
        path, _mark, query = address.partition("?")
        asked = urlencode({COLUMNS: chosen}, doseq=True)
        kept = f"{path}?{asked}" if chosen and "usual" not in request.POST else ""

        def run() -> str:
            actions.keep_columns(name_of_list(address), kept, by=reader(request))
            shown = "&".join(filter(None, (query, asked if kept else "")))
            return f"{path}?{shown}" if shown else path

        try:
            location = run_write(request, run)
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(address)
        return HttpResponseRedirect(location)


class SavedViewList(UserPassesTestMixin, ListPage):
    """The filters that the reader saved, and those that are shared with them."""

    model = SavedView
    table_class = SavedViewTable
    filterset_fields: list[str] = []
    title = _("Saved filters")
    empty_text = _(
        "You have no saved filter yet. Filter any list and press “Save this filter”"
        " above it: it is then one click away, here and above that list."
    )

    def test_func(self) -> bool:
        return bool(self.request.user.is_authenticated)

    def get_queryset(self) -> Any:
        person = reader(self.request)
        rows = SavedView.objects.visible_to(person).named()
        shared = rows.exclude(owner=person)
        closed = closed_lists(shared, person)
        left_out = [view.pk for view in shared if view.path in closed]
        rows = rows.exclude(pk__in=left_out)
        return rows.select_related("organization", "owner").order_by("name", "pk")

    def get_table_kwargs(self) -> dict[str, Any]:
        mine = SavedView.objects.managed_by(reader(self.request)).named()
        return {"managed": {*mine.values_list("pk", flat=True)}}


class SaveView(ActionFormView):
    """Keep the filter, the order and the columns of a list under a name."""

    form_class = SaveViewForm
    title = _("Save this filter")
    success_message = _("Saved. You find it above the list, and under “Saved filters”.")

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        # After signing in again people may come to the bare address.
        if request.method == "GET" and not request.GET:
            return redirect("exchange:saved_views")
        self.address, self.opened = open_asked(request)
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"list": self.address}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "person": reader(self.request)}

    def run_action(self, form: Any) -> str:
        values = form.action_values()
        address = values.pop("list")
        actions.save_view(
            name_of_list(address), address, by=reader(self.request), **values
        )
        return str(address)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = [f"{label}：{value}" for label, value in self.opened.criteria.items()]
        extra = {
            "lead": "；".join([self.opened.title, *asked]),
            "cancel_url": self.address,
        }
        return super().get_context_data(**{**extra, **kwargs})


class SavedViewMixin:
    """A page about a saved filter of one's own, or one shared in one's area."""

    model = SavedView
    request: HttpRequest

    def get_rows(self) -> Any:
        person = reader(self.request)
        rows = SavedView.objects.managed_by(person)
        return rows.named().select_related("organization")

    def has_permission(self, obj: SavedView) -> bool:
        return True

    def get_success_url(self) -> str:
        return reverse("exchange:saved_views")

    get_cancel_url = get_success_url


class ChangeSavedView(SavedViewMixin, ChangeView[SavedView]):
    """Call a saved filter something else; share it, or no longer."""

    form_class = ChangeViewForm
    title = _("Rename or share the saved filter")
    action = actions.change_view

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "person": reader(self.request)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        way = [Link(_("Saved filters"), self.get_success_url()), Link(str(self.row))]
        return super().get_context_data(**{"breadcrumbs": way, **kwargs})


class DeleteSavedView(SavedViewMixin, ConfirmView[SavedView]):
    """Forget a saved filter."""

    title = _("Delete the saved filter")
    submit_label = _("Delete")
    consequence = _(
        "The link above the list goes. The list itself and its rows stay as they are."
    )
    success_message = _("Deleted.")
    action = actions.delete_view
