"""The chain of responsibility of a community: as a list, and on paper."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_tables2 import RequestConfig

from communities import permissions
from communities.chains import chain_of
from communities.tables import ChainTable
from communities.views.bodies import body_list_breadcrumb
from core.months import today
from core.web.components import Link
from core.web.exports import ExportedPage
from core.web.views import PermittedObjectMixin
from organizations.models import Organization

TITLE = _("Chain of responsibility")


class ChainPlace(PermittedObjectMixin[Organization]):
    """Base of pages about the chain of one community."""

    model = Organization

    def get_rows(self) -> Any:
        rows = Organization.objects.visible_to(self.request.user)
        return rows.communities().open()

    def has_permission(self, obj: Organization) -> bool:
        return permissions.can_read_chain(self.request.user, obj)

    def get_context(self, place: Organization) -> dict[str, Any]:
        """Return what the list and the paper have in common."""
        return {
            "title": _("%(place)s: chain of responsibility") % {"place": place.name},
            "lines": chain_of(place, self.request.user),
        }


class CommunityChain(ExportedPage, ChainPlace):
    """Who answers at each link of a community, blanks included."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the chain as a list that leaves as a file."""
        place = self.get_permitted_object()
        context = self.get_context(place)
        table = ChainTable(context["lines"])
        RequestConfig(request, paginate={"per_page": 50}).configure(table)
        paper = reverse("communities:chain_paper", args=[place.pk])
        extra = {
            "table": table,
            "empty_text": "",
            "page_actions": [Link(_("Print"), paper)],
            "breadcrumbs": [
                body_list_breadcrumb(),
                Link(place.name, place.get_absolute_url()),
                Link(TITLE),
            ],
        }
        return TemplateResponse(request, "core/list_page.html", context | extra)


class ChainPaper(ChainPlace):
    """The chain of a community on A4."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the sheet to those who may read the names on it."""
        place = self.get_permitted_object()
        extra = {
            "title": TITLE,
            "place": place,
            "printed_on": today(),
            "back_url": reverse("communities:chain", args=[place.pk]),
        }
        context = self.get_context(place) | extra
        return TemplateResponse(request, "communities/chain_paper.html", context)
