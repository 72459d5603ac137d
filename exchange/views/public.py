"""What strangers read of an organization, and its page for the wall."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core.months import today
from core.web.components import Link
from exchange.enums import PublicationKind
from exchange.models import Publication
from exchange.public_sections import public_sections_for
from organizations.enums import OrganizationKind
from organizations.models import Organization, PlaceFact
from organizations.queries import code_items
from organizations.roles import READERS

PUBLIC_KINDS = (
    *(OrganizationKind.STREET, OrganizationKind.TOWN, OrganizationKind.ZONE),
    *(OrganizationKind.COMMUNITY, OrganizationKind.CITY),
)
CACHED_SECONDS = 60
"""For so long a browser or a proxy may show a public page without asking again."""


class CachedForStrangers(TemplateView):
    """A page that is the same for everybody, and may be kept for a minute."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer, and say how long the answer holds for strangers."""
        answer = super().get(request, *args, **kwargs)
        if not request.user.is_authenticated:
            answer["Cache-Control"] = f"private, max-age={CACHED_SECONDS}"
        return answer


@method_decorator(login_not_required, name="dispatch")
class PublicPlaces(CachedForStrangers):
    """The organizations that have a public page, street by street."""

    template_name = "exchange/public_places.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Organization.objects.open().filter(kind__in=PUBLIC_KINDS)
        return super().get_context_data(
            title=_("Public pages of the communities"),
            places=rows.order_by("path").only("code", "name", "kind", "path"),
            **kwargs,
        )


@method_decorator(login_not_required, name="dispatch")
class PublicPage(CachedForStrangers):
    """What an organization publishes, for whoever wants to know, without signing in.

    It is built as for a stranger whoever reads it: nothing on it depends on roles.
    """

    template_name = "exchange/public_page.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Organization.objects.open().filter(kind__in=PUBLIC_KINDS)
        place = get_object_or_404(rows, code=self.kwargs["code"])
        shown = Publication.objects.public().filter(organization=place)
        return super().get_context_data(
            title=place.name,
            place=place,
            facts=facts_of(place),
            network=network_of(place),
            groups=group_by_kind(list(shown.order_by("-starts_on", "-pk"))),
            public_sections=public_sections_for(place, AnonymousUser()),
            breadcrumbs=[
                Link(_("Public pages"), reverse("exchange:public_places")),
                Link(place.name),
            ],
            **kwargs,
        )


def facts_of(place: Organization) -> list[tuple[str, PlaceFact]]:
    """Return the numbers of a place that hold today, in the order of their kinds."""
    current = {f.kind: f for f in place.place_facts.current()}
    labels = code_items("place_fact_kinds")
    return [(label, current[kind]) for kind, label in labels if kind in current]


def network_of(place: Organization) -> list[tuple[str, int]]:
    """Return how many Party organizations of each kind are below a place."""
    below = Organization.objects.within(place).open().exclude(pk=place.pk)
    counts = dict(below.order_by().values_list("kind").annotate(n=Count("pk")))
    return [(str(k.label), counts[k]) for k in OrganizationKind if k in counts]


def group_by_kind(rows: list[Publication]) -> list[tuple[str, list[Publication]]]:
    """Return publications by what they are, in the order of the kinds."""
    groups = ((kind, [r for r in rows if r.kind == kind]) for kind in PublicationKind)
    return [(str(kind.label), found) for kind, found in groups if found]


class WallPage(TemplateView):
    """What hangs on the wall of an organization, on A4, for everybody who comes by."""

    template_name = "exchange/wall.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Organization.objects.in_scope_of(self.request.user, READERS)
        place = get_object_or_404(rows, code=self.kwargs["code"])
        shown = Publication.objects.on_wall().filter(organization=place)
        return super().get_context_data(
            title=place.full_name,
            place=place,
            publications=shown.order_by("kind", "starts_on", "pk"),
            back_url=reverse("exchange:publications"),
            printed_on=today(),
            **kwargs,
        )
