"""One search over everything that a person may see."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.forms import SearchForm
from accounts.http import reader
from core.registries.search import (
    filtered,
    holds_number,
    number_lookup,
    search_everywhere,
    searchable_kinds,
)


class Search(TemplateView):
    """What the person may see that has the text in its name, a few of each kind.

    The words are sent by POST and then stand in the address, so that a result can be
    opened again; what may be a number of a person is neither sent on nor searched for.
    """

    template_name = "accounts/search.html"
    http_method_names = ["get", "post"]
    extra_context = {"title": _("Search"), "is_search_page": True}

    def post(self, request: HttpRequest) -> HttpResponse:
        """Go on to the result; a number of a person stays out of the address."""
        if holds_number(request.POST.get("q", "")):
            return self.render_to_response(self.get_context_data(**self.refuse()))
        form = SearchForm(request.POST)
        if not form.is_valid():
            for error in form.errors.get("q", ()):
                messages.error(request, str(error))
            return self.render_to_response(self.get_context_data())
        text = form.cleaned_data["q"]
        address = reverse("accounts:search")
        return HttpResponseRedirect(filtered(address, q=text) if text else address)

    def refuse(self) -> dict[str, Any]:
        """Return what the page says instead of searching for a number."""
        return {"number": True, "lookup_url": number_lookup.get()(self.request.user)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        kinds = searchable_kinds(reader(self.request))
        context["kinds"] = "、".join(map(str, kinds))
        asked = self.request.GET.get("q", "")
        form = SearchForm(self.request.GET)
        if self.request.method == "POST" or not form.is_valid():
            return context
        if holds_number(asked):
            return {**context, **self.refuse()}
        if not (text := form.cleaned_data["q"]):
            return context
        found = search_everywhere(reader(self.request), text)
        return {**context, "sought": text, "found": found}
