"""Bodies: the list, one of them with its terms and seats, and its roster on paper."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from communities import actions, permissions
from communities.actions.bodies import refuse_during_election, refuse_void
from communities.actions.election_progress import is_possible
from communities.actions.elections import refuse_call
from communities.actions.seats import refuse_reserves
from communities.chains import chain_address
from communities.composition import describe_composition
from communities.enums import BodyGroup
from communities.filters import BodyFilter
from communities.forms import BodyForm, NewBodyForm
from communities.models import Body, BodyKind, SeatHolding, ServedPlace
from communities.queries import Roster, roster_of
from communities.tables import BodyTable
from communities.views.body_lists import links_to_lists
from core.dates import format_day
from core.months import today
from core.registries.page_sections import sections_for
from core.web.components import DetailRow, Link, Section
from core.web.list_pages import ListPage
from core.web.views import ActionFormView, ChangeView, PermittedObjectMixin, ReasonView
from organizations.models import Organization

NEW_BODY = _("Set up a body")
SEAT_LINKS = (
    (_("Open a seat"), "open_seat", ""),
    (_("Announce a recruitment"), "announce_recruitment", ""),
)


def body_list_breadcrumb() -> Link:
    """Return the way back to the list of bodies."""
    return Link(_("Bodies and seats"), reverse("communities:bodies"))


class BodyList(UserPassesTestMixin, ListPage):
    """Bodies of the reader's area, with vacancies and the ends of their terms."""

    model = Body
    table_class = BodyTable
    filterset_class = BodyFilter
    title = _("Bodies and seats")
    empty_text = _(
        "No committee, team or roster yet. Set one up: its seats are then vacant until"
        " somebody takes them."
    )

    def test_func(self) -> bool:
        return permissions.can_see_bodies(self.request.user)

    def get_queryset(self) -> Any:
        rows = super().get_queryset().running().with_seat_counts().with_term_end()
        return rows.select_related("kind", "organization").order_by(
            "organization__path", "kind__group", "name", "pk"
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        page_actions = links_to_lists(user)
        if permissions.can_set_up_body(user):
            start = reverse("communities:set_up_body")
            page_actions.append(Link(NEW_BODY, start, "plus-lg", primary=True))
        return super().get_context_data(page_actions=page_actions, **kwargs)


class BodyDetail(PermittedObjectMixin[Body], TemplateView):
    """One body: its seats and who holds them, vacancies, and its terms through time."""

    model = Body
    template_name = "communities/body.html"

    def get_rows(self) -> Any:
        rows = Body.all_objects.visible_to(self.request.user)
        return rows.select_related("kind", "organization")

    def get_roster(self, body: Body) -> Roster:
        """Return the seats with whoever the reader may read of."""
        return roster_of(body, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        body, user = self.get_object(), self.request.user
        keeps = permissions.can_keep_body(user, body)
        keeps = keeps and not body.is_over and body.voided_at is None
        reads_names = permissions.can_read_holders(user, body)
        return super().get_context_data(
            title=body.name,
            body=body,
            voided=body if body.voided_at else None,
            keeps=keeps,
            keeps_seats=keeps and is_possible(refuse_reserves, body),
            reads_names=reads_names,
            roster=self.get_roster(body),
            places=places_of(body, user),
            breadcrumbs=[body_list_breadcrumb(), Link(body.name)],
            page_actions=[
                *page_actions_for(body, keeps=keeps),
                *chain_of_place(body, user),
            ],
            sections=[Section("", detail_rows_of(body))],
            composition=composition_of(body) if reads_names else None,
            page_sections=sections_for(body, user),
            **kwargs,
        )


def places_of(body: Body, user: Any) -> list[ServedPlace]:
    """Return the places that a body, or who has a seat in it, is there for."""
    rows = ServedPlace.objects.visible_to(user).current().with_servers()
    own = Q(body=body) | Q(holding__seat__body=body)
    return list(rows.filter(own).order_by("organization__path", "pk"))


def chain_of_place(body: Body, user: Any) -> list[Link]:
    """Return the way to the chain of the community whose body it is."""
    url = chain_address(body.organization, user)
    return [Link(_("Chain of responsibility"), url)] if url else []


def composition_of(body: Body) -> Section | None:
    """Return how a body is made up today; nothing while nobody sits in it."""
    rows = SeatHolding.objects.current().filter(seat__body=body)
    place = body.organization if body.kind.group == BodyGroup.WORKERS else None
    lines = describe_composition(rows, place=place)
    return Section(_("How it is made up"), lines) if lines else None


def page_actions_for(body: Body, *, keeps: bool) -> list[Link]:
    """Return links to what can be done now with a body."""
    links: list[tuple[Any, str, str]] = [(_("Print the roster"), "body_paper", "")]
    if keeps:
        if body.kind.term_years is not None:
            links.append((_("Begin a term"), "begin_term", ""))
            if is_possible(refuse_call, body):
                links.append((_("Call an election"), "call_election", ""))
        links += [
            *(SEAT_LINKS if is_possible(refuse_reserves, body) else ()),
            (_("Add a place served"), "serve_by_body", ""),
            (_("Change"), "change_body", "pencil"),
        ]
        if is_possible(refuse_during_election, body):
            links.append((_("End …"), "end_body", ""))
        if is_possible(refuse_void, body):
            links.append((_("Void …"), "void_body", ""))
    return [
        Link(label, reverse(f"communities:{name}", args=[body.pk]), icon)
        for label, name, icon in links
    ]


def detail_rows_of(body: Body) -> list[DetailRow]:
    """Return the details of a body."""
    kind = body.kind
    rows = [
        DetailRow(_("Party organization"), body.organization),
        DetailRow(_("Kind of body"), kind),
        DetailRow(_("Filled by"), kind.get_filled_by_display()),
        DetailRow(_("Who may be in it"), kind.get_open_to_display()),
        DetailRow(_("Set up on"), body.starts_on),
    ]
    if body.basis:
        rows.append(DetailRow(_("Document behind it"), body.basis))
    if kind.basis:
        rows.append(DetailRow(_("Rule behind it"), kind.basis))
    if body.ends_on is not None:
        rows.append(DetailRow(_("Ended on"), body.ends_on))
    return rows


class BodyPaper(BodyDetail):
    """The roster of a body on A4, for the wall and the file."""

    template_name = "communities/body_paper.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the paper to those who may read the names on it."""
        self.get_permitted_object()
        return super().get(request, *args, **kwargs)

    def has_permission(self, obj: Body) -> bool:
        return permissions.can_read_holders(self.request.user, obj)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        extra = {
            "back_url": context["body"].get_absolute_url(),
            "printed_on": today(),
            "as_of": format_day(today()),
        }
        return {**context, **extra}


class SetUpBody(UserPassesTestMixin, ActionFormView):
    """A record keeper sets up a body of one of their organizations."""

    form_class = NewBodyForm
    title = NEW_BODY
    submit_label = _("Set up")
    success_message = _("The body was set up. Its seats are vacant.")

    def test_func(self) -> bool:
        return permissions.can_set_up_body(self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        rows = Organization.objects.managed_by(self.request.user).open()
        return {
            **super().get_form_kwargs(),
            "organizations": rows,
            "kinds": BodyKind.objects.visible_to(self.request.user).in_force(),
        }

    def get_initial(self) -> dict[str, Any]:
        chosen = self.request.GET.get("organization", "")
        known = {"organization": chosen} if chosen.isdecimal() else {}
        return {**super().get_initial(), **known}

    def run_action(self, form: NewBodyForm) -> str:
        body = actions.set_up_body(by=self.request.user, **form.action_values())
        return body.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = reverse("communities:bodies")
        crumbs = [body_list_breadcrumb(), Link(NEW_BODY)]
        return super().get_context_data(cancel_url=back, breadcrumbs=crumbs, **kwargs)


class ChangeBody(ChangeView[Body]):
    """A record keeper corrects a body."""

    model = Body
    action = staticmethod(actions.change_body)
    form_class = BodyForm
    title = _("Change the body")

    def has_permission(self, obj: Body) -> bool:
        return permissions.can_keep_body(self.request.user, obj)


class EndBody(ReasonView[Body]):
    """A record keeper ends a body."""

    model = Body
    action = staticmethod(actions.end_body)
    title = _("End the body")
    submit_label = _("End the body")
    success_message = _("The body was ended.")
    consequence = _(
        "Its term and all its seats end today, and whoever holds them leaves them. What"
        " was stays on record."
    )

    def refuse_beforehand(self) -> None:
        refuse_during_election(self.row)

    def has_permission(self, obj: Body) -> bool:
        return permissions.can_keep_body(self.request.user, obj)


class VoidBody(ReasonView[Body]):
    """A record keeper voids a body that was set up by mistake."""

    model = Body
    action = staticmethod(actions.void_body)
    title = _("Void the body")
    submit_label = _("Void the body")
    success_message = _("The body was voided.")
    consequence = _(
        "It stays on record with the reason, and is on no list any more. This is for a"
        " mistake: a body in which people sat is ended instead."
    )

    def refuse_beforehand(self) -> None:
        refuse_void(self.row)

    def has_permission(self, obj: Body) -> bool:
        return permissions.can_keep_body(self.request.user, obj)
