"""Reserves: the list of people who could take over, and the forms over it."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import TemplateView

from communities import actions, permissions
from communities.actions.election_progress import is_possible
from communities.actions.reserves import refuse_ended_reserve
from communities.enums import RESERVES
from communities.filters import ReserveFilter
from communities.forms import EndReserveForm, NewReserveForm, ReserveForm
from communities.models import Body, BodyKind, NonMember, Reserve
from communities.tables import ReserveTable
from communities.views.bodies import body_list_breadcrumb
from core.dates import format_month
from core.web.components import DetailRow, Link, Section
from core.web.list_pages import ListPage
from core.web.views import (
    ActionFormView,
    ChangeView,
    PermittedObjectMixin,
    ReadFirstView,
    ReasonView,
)
from members.models import Member
from organizations.models import Organization, Unit
from organizations.queries import code_items

RESERVE_LIST = pgettext_lazy("people", "Reserves")
ADD = _("Put somebody on the list")


def reserves_breadcrumb() -> Link:
    """Return the way back to the list of reserves."""
    return Link(RESERVE_LIST, reverse("communities:reserves"))


class ReserveList(UserPassesTestMixin, ListPage):
    """Reserves of the reader's area: who is on the list, then what became of others."""

    model = Reserve
    table_class = ReserveTable
    filterset_class = ReserveFilter
    title = RESERVE_LIST
    empty_text = _("Nobody is on the list. Put on it who could take over an office.")

    def test_func(self) -> bool:
        return permissions.can_see_recruitments(self.request.user)

    def get_queryset(self) -> Any:
        rows = super().get_queryset().valid().with_people()
        return rows.order_by(
            "holding__seat__body__organization__path", "-holding__starts_on", "pk"
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        add = Link(ADD, reverse("communities:add_reserve"), "plus-lg", primary=True)
        return super().get_context_data(
            page_actions=[add],
            breadcrumbs=[body_list_breadcrumb(), Link(RESERVE_LIST)],
            **kwargs,
        )


class ReserveRows:
    """Reserves with who they are, for who keeps the list."""

    model = Reserve
    request: Any

    def get_rows(self) -> Any:
        return Reserve.objects.visible_to(self.request.user).with_people()

    def has_permission(self, obj: Reserve) -> bool:
        """Whether the reader keeps the list."""
        return permissions.can_keep_body(self.request.user, obj.holding.seat.body)


class ReserveDetail(ReserveRows, PermittedObjectMixin[Reserve], TemplateView):
    """One reserve: level, source, mentor, since when, and what became of them."""

    template_name = "communities/reserve.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.get_object()
        keeps = self.has_permission(row)
        voided = row.holding if row.holding.voided_at else None
        return super().get_context_data(
            title=row.name,
            reserve=row,
            voided=voided,
            breadcrumbs=[body_list_breadcrumb(), reserves_breadcrumb(), Link(row.name)],
            page_actions=page_actions_for(row) if keeps and voided is None else [],
            sections=[Section("", detail_rows_of(row))],
            **kwargs,
        )


def page_actions_for(row: Reserve) -> list[Link]:
    """Return links to what can be done now with an entry."""
    links = [(_("Change"), "change_reserve")]
    if is_possible(refuse_ended_reserve, row):
        links.append((_("Take off the list …"), "end_reserve"))
    links.append((_("Void …"), "void_reserve"))
    return [
        Link(label, reverse(f"communities:{name}", args=[row.pk]))
        for label, name in links
    ]


def detail_rows_of(row: Reserve) -> list[DetailRow]:
    """Return what is known of a reserve."""
    holding = row.holding
    body = holding.seat.body
    born = holding.born_in
    levels = dict(code_items("reserve_levels"))
    groups = dict(code_items("recruited_from"))
    page = holding.member.get_absolute_url() if holding.member else ""
    rows = [
        DetailRow(_("Name"), row.name, page),
        DetailRow(_("Party organization"), body.organization),
        DetailRow(_("Born"), format_month(born) if born else "—"),
        DetailRow(_("Level of reserve"), levels.get(row.level, row.level)),
        DetailRow(_("Post that they could take over"), row.for_post),
        DetailRow(_("From which group"), groups.get(holding.recruited_from, "—")),
        DetailRow(_("Mentor"), row.mentor or "—"),
        DetailRow(_("On the list since"), holding.starts_on),
        DetailRow(_("State"), row.state_label),
    ]
    if holding.until:
        rows.append(DetailRow(_("Until"), holding.until))
    if holding.basis:
        rows.append(DetailRow(_("Document behind it"), holding.basis))
    return rows


class AddReserve(UserPassesTestMixin, ActionFormView):
    """A record keeper puts somebody on the list of one of their organizations."""

    form_class = NewReserveForm
    title = ADD
    success_message = _("The list has one more person.")

    def test_func(self) -> bool:
        return permissions.can_set_up_body(self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        user = self.request.user
        members = Member.objects.visible_to(user).current()
        kind = BodyKind.objects.filter(code=RESERVES).first() or BodyKind()
        return {
            **super().get_form_kwargs(),
            "organizations": Organization.objects.managed_by(user).open(),
            "body": Body(kind=kind),
            "members": members.select_related("organization", "community"),
            "others": NonMember.objects.visible_to(user),
            "units": Unit.objects.none(),
        }

    def run_action(self, form: NewReserveForm) -> str:
        row = actions.add_reserve(by=self.request.user, **form.action_values())
        return row.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = [body_list_breadcrumb(), reserves_breadcrumb(), Link(ADD)]
        back = reverse("communities:reserves")
        return super().get_context_data(cancel_url=back, breadcrumbs=crumbs, **kwargs)


class ChangeReserve(ReserveRows, ChangeView[Reserve]):
    """A record keeper corrects the level, the post or the mentor."""

    action = staticmethod(actions.change_reserve)
    form_class = ReserveForm
    title = _("Change the entry")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row, **kwargs)


class EndReserve(ReserveRows, ReadFirstView[Reserve]):
    """A record keeper takes somebody off the list, saying what became of them."""

    read_with = ("holding", "holding.seat")
    action = staticmethod(actions.end_reserve)
    form_class = EndReserveForm
    title = _("Take off the list")
    submit_label = _("Take off the list")
    success_message = _("What became of them is on record.")

    def refuse_beforehand(self) -> None:
        refuse_ended_reserve(self.row)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row, **kwargs)


class VoidReserve(ReserveRows, ReasonView[Reserve]):
    """A record keeper voids an entry made by mistake."""

    read_with = ("holding", "holding.seat")
    action = staticmethod(actions.void_reserve)
    title = _("Void the entry")
    submit_label = _("Void the entry")
    success_message = _("The entry was voided.")
    consequence = _("It stays on record with the reason, and is on no list any more.")
