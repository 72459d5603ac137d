"""The first step of entering what belongs to a place: which place it is."""

from typing import Any, ClassVar

from django.contrib.auth.mixins import UserPassesTestMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from communities import permissions
from communities.forms import PlaceForm
from core.text import StrOrPromise
from core.web.components import Link
from organizations.models import Organization
from organizations.roles import RECORD_KEEPERS


class ChoosePlace(UserPassesTestMixin, FormView):
    """Base of pages that ask for the place and lead on to its form.

    The reader's own place is preselected; who keeps only one is led on at once.
    """

    form_class = PlaceForm
    template_name = "communities/choose_place.html"
    http_method_names = ["get"]
    title: StrOrPromise = ""
    leads_to: ClassVar[str]
    """The name of the form's address, which takes the place."""

    def test_func(self) -> bool:
        return permissions.can_enter_at_places(self.request.user)

    def get_places(self) -> Any:
        """Return the places that the reader keeps, the highest first."""
        rows = Organization.objects.in_scope_of(self.request.user, RECORD_KEEPERS)
        return rows.open().order_by("path")

    def get_form_kwargs(self) -> dict[str, Any]:
        asked = {"data": self.request.GET} if "place" in self.request.GET else {}
        return {**super().get_form_kwargs(), **asked, "places": self.get_places()}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kept = list(self.get_places()[:2])
        if len(kept) == 1:
            return self.lead_on(kept[0])
        form = self.get_form()
        if form.is_bound and form.is_valid():
            return self.lead_on(form.cleaned_data["place"])
        return self.render_to_response(self.get_context_data(form=form))

    def lead_on(self, place: Organization) -> HttpResponse:
        """Lead on to the form of a place."""
        return HttpResponseRedirect(reverse(self.leads_to, args=[place.pk]))

    def list_breadcrumb(self) -> Link:
        """Return the way back to the list."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = self.list_breadcrumb()
        return super().get_context_data(
            title=self.title,
            breadcrumbs=[back, Link(self.title)],
            cancel_url=back.url,
            submit_label=_("Next"),
            **kwargs,
        )
