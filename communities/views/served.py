"""Places served: the list, one of them with its visits, and the forms over it."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from communities import actions, permissions
from communities.actions.election_progress import is_possible
from communities.actions.served import refuse_left
from communities.filters import ServedFilter
from communities.forms import ServeForm
from communities.models import Body, SeatHolding, ServedPlace
from communities.tables import ServedTable
from communities.views.bodies import body_list_breadcrumb
from communities.views.seats import HoldingRows
from core.web.components import DetailRow, Link, Section
from core.web.list_pages import ListPage
from core.web.views import PermittedObjectMixin, ReasonView, RowFormView
from organizations.models import Organization

PLACES = _("Places served")


def places_breadcrumb() -> Link:
    """Return the way back to the list of places served."""
    return Link(PLACES, reverse("communities:served_places"))


class ServedList(UserPassesTestMixin, ListPage):
    """Who is there for which place in the reader's area, with their visits."""

    model = ServedPlace
    table_class = ServedTable
    filterset_class = ServedFilter
    title = PLACES
    empty_text = _(
        "Nobody is there for a place yet. Add one on the page of the body: a branch of"
        " an instructor, a community of a leader or of a work group."
    )

    def test_func(self) -> bool:
        return permissions.can_see_holders(self.request.user)

    def get_queryset(self) -> Any:
        rows = super().get_queryset().current().with_servers()
        return rows.order_by("organization__path", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = [body_list_breadcrumb(), Link(PLACES)]
        return super().get_context_data(breadcrumbs=crumbs, **kwargs)


class ServedRows:
    """Places served, for who keeps them."""

    model = ServedPlace
    request: Any

    def get_rows(self) -> Any:
        return ServedPlace.all_objects.visible_to(self.request.user).with_servers()

    def has_permission(self, obj: ServedPlace) -> bool:
        """Whether the reader keeps the place, or who serves it."""
        return permissions.can_keep_served(self.request.user, obj)


class ServedDetail(ServedRows, PermittedObjectMixin[ServedPlace], TemplateView):
    """One place served: by whom, the visits, and what came of them."""

    template_name = "communities/served.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        place = self.get_object()
        keeps = self.has_permission(place)
        is_open = keeps and is_possible(refuse_left, place)
        links = []
        if is_open:
            for label, name, primary in (
                (_("Enter a visit"), "record_visit", True),
                (_("End …"), "leave_place", False),
            ):
                url = reverse(f"communities:{name}", args=[place.pk])
                links.append(Link(label, url, primary=primary))
        visits = place.visits.filter(voided_at=None).order_by("-visited_on", "-pk")
        return super().get_context_data(
            title=_("%(who)s at %(place)s")
            % {"who": place.server_name, "place": place.organization.name},
            place=place,
            voided=place if place.voided_at else None,
            keeps=keeps,
            visits=list(visits),
            breadcrumbs=[
                body_list_breadcrumb(),
                places_breadcrumb(),
                Link(place.organization.name),
            ],
            page_actions=links,
            sections=[Section("", detail_rows_of(place))],
            **kwargs,
        )


def detail_rows_of(place: ServedPlace) -> list[DetailRow]:
    """Return who is there for a place, and since when."""
    body = place.its_body
    rows = [
        DetailRow(_("Who"), place.server_name),
        DetailRow(_("Body"), body, body.get_absolute_url()),
        DetailRow(_("Place served"), place.organization),
        DetailRow(_("From"), place.starts_on),
    ]
    if place.until:
        rows.append(DetailRow(_("Until"), place.until))
    return rows


class ServeBySeat(HoldingRows, RowFormView[SeatHolding]):
    """A record keeper enters the place that somebody in a seat is there for."""

    form_class = ServeForm
    action = staticmethod(actions.serve_place)
    title = _("Add a place served")
    success_message = _("The place is on record.")

    def get_form_kwargs(self) -> dict[str, Any]:
        rows = Organization.objects.visible_to(self.request.user).open()
        return {**super().get_form_kwargs(), "organizations": rows}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row, **kwargs)


class ServeByBody(RowFormView[Body]):
    """A record keeper enters a place that a whole body is there for."""

    model = Body
    form_class = ServeForm
    action = staticmethod(actions.serve_place)
    title = _("Add a place served")
    success_message = _("The place is on record.")

    def has_permission(self, obj: Body) -> bool:
        return permissions.can_keep_body(self.request.user, obj)

    def get_form_kwargs(self) -> dict[str, Any]:
        rows = Organization.objects.visible_to(self.request.user).open()
        return {**super().get_form_kwargs(), "organizations": rows}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row.name, **kwargs)


class LeavePlace(ServedRows, ReasonView[ServedPlace]):
    """A record keeper enters that somebody is there for a place no more."""

    read_with = ("holding", "holding.seat", "body")
    action = staticmethod(actions.leave_place)
    title = _("End the service of a place")
    submit_label = _("End")
    success_message = _("The place is served no more.")
    consequence = _("It ends today; the visits stay on record.")

    def refuse_beforehand(self) -> None:
        refuse_left(self.row)
