"""Kinds of body and of their seats, which street staff keep."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.template.defaultfilters import yesno
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from communities import actions, permissions
from communities.forms import BodyKindForm, NewBodyKindForm, SeatKindForm
from communities.models import BodyKind, SeatKind
from communities.tables import BodyKindTable
from communities.views.bodies import body_list_breadcrumb
from core.web.components import DetailRow, Link, Section
from core.web.list_pages import ListPage
from core.web.views import (
    ActionFormView,
    ChangeView,
    PermittedObjectMixin,
    RowFormView,
)

ADD_KIND = _("Add a kind")


def kinds_breadcrumb() -> Link:
    """Return the way back to the list of kinds."""
    return Link(_("Kinds of body"), reverse("communities:body_kinds"))


class BodyKindList(UserPassesTestMixin, ListPage):
    """The kinds of body of the installation."""

    model = BodyKind
    table_class = BodyKindTable
    filterset_fields: tuple[str, ...] = ()
    title = _("Kinds of body")
    empty_text = _("No kind of body yet.")

    def test_func(self) -> bool:
        return permissions.can_see_bodies(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page_actions = []
        if permissions.can_keep_body_kinds(self.request.user):
            add = reverse("communities:add_body_kind")
            page_actions.append(Link(ADD_KIND, add, "plus-lg", primary=True))
        return super().get_context_data(
            page_actions=page_actions,
            breadcrumbs=[body_list_breadcrumb(), Link(self.title)],
            **kwargs,
        )


class BodyKindDetail(PermittedObjectMixin[BodyKind], TemplateView):
    """One kind of body with the seats that it has."""

    model = BodyKind
    template_name = "communities/body_kind.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kind = self.get_object()
        keeps = permissions.can_keep_body_kinds(self.request.user)
        return super().get_context_data(
            title=kind.name,
            kind=kind,
            keeps=keeps,
            seat_kinds=kind.seat_kinds.order_by("position", "pk"),
            breadcrumbs=[body_list_breadcrumb(), kinds_breadcrumb(), Link(kind.name)],
            page_actions=page_actions_for(kind) if keeps else [],
            sections=[Section("", detail_rows_of(kind))],
            **kwargs,
        )


def page_actions_for(kind: BodyKind) -> list[Link]:
    """Return links to what can be done with a kind."""
    return [
        Link(label, reverse(f"communities:{name}", args=[kind.pk]), icon)
        for label, name, icon in (
            (_("Change"), "change_body_kind", "pencil"),
            (_("Add a kind of seat"), "add_seat_kind", ""),
        )
    ]


def detail_rows_of(kind: BodyKind) -> list[DetailRow]:
    """Return the rules of a kind."""
    return [
        DetailRow(_("Listed under"), kind.get_group_display()),
        DetailRow(_("Filled by"), kind.get_filled_by_display()),
        DetailRow(_("Years of a term"), kind.term_years),
        DetailRow(
            _("Votes that must be there, more than (percent)"), kind.quorum_percent
        ),
        DetailRow(_("Voters that it needs"), kind.get_election_quorum_display()),
        DetailRow(
            _("Its election is approved by the superior"), yesno(kind.is_approved_above)
        ),
        DetailRow(_("Who may be in it"), kind.get_open_to_display()),
        DetailRow(_("Rule behind it"), kind.basis or "—"),
        DetailRow(_("From"), kind.starts_on),
        DetailRow(_("Until"), kind.last_day),
    ]


class AddBodyKind(UserPassesTestMixin, ActionFormView):
    """Street staff add a kind of body."""

    form_class = NewBodyKindForm
    title = ADD_KIND
    success_message = _("The kind was added. Add its seats now.")

    def test_func(self) -> bool:
        return permissions.can_keep_body_kinds(self.request.user)

    def run_action(self, form: NewBodyKindForm) -> str:
        values = form.action_values()
        return actions.add_body_kind(by=self.request.user, **values).get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = reverse("communities:body_kinds")
        return super().get_context_data(cancel_url=back, **kwargs)


class ChangeBodyKind(ChangeView[BodyKind]):
    """Street staff correct a kind of body, or give it an end."""

    model = BodyKind
    action = staticmethod(actions.change_body_kind)
    form_class = BodyKindForm
    title = _("Change the kind of body")

    def has_permission(self, obj: BodyKind) -> bool:
        return permissions.can_keep_body_kinds(self.request.user)


class AddSeatKind(RowFormView[BodyKind]):
    """Street staff add a kind of seat to a kind of body."""

    model = BodyKind
    action = staticmethod(actions.add_seat_kind)
    form_class = SeatKindForm
    title = _("Add a kind of seat")

    def has_permission(self, obj: BodyKind) -> bool:
        return permissions.can_keep_body_kinds(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row.name, **kwargs)


class ChangeSeatKind(ChangeView[SeatKind]):
    """Street staff correct a kind of seat."""

    model = SeatKind
    action = staticmethod(actions.change_seat_kind)
    form_class = SeatKindForm
    title = _("Change the kind of seat")

    def has_permission(self, obj: SeatKind) -> bool:
        return permissions.can_keep_body_kinds(self.request.user)

    def get_success_url(self) -> str:
        return self.row.body_kind.get_absolute_url()

    def get_cancel_url(self) -> str:
        return self.row.body_kind.get_absolute_url()
