"""Seats of bodies: who holds them, and taking, vacating, opening and closing them."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.utils.translation import gettext_lazy as _

from communities import actions, permissions
from communities.actions.seats import refuse_reserves
from communities.composition import describe_composition
from communities.filters import HolderFilter
from communities.forms import HoldingForm, OpenSeatForm, TakeSeatForm, VacateForm
from communities.leaders import with_filing
from communities.models import Body, NonMember, Seat, SeatHolding
from communities.queries import with_other_posts
from communities.tables import HolderTable
from communities.views.bodies import body_list_breadcrumb
from core.months import today
from core.web.components import Link, Section
from core.web.list_pages import ListPage
from core.web.views import (
    ChangeView,
    ConfirmView,
    ReadFirstView,
    ReasonView,
    RowFormView,
)
from members.models import Member
from organizations.models import Unit


class HolderList(UserPassesTestMixin, ListPage):
    """Everybody who holds a seat today in the reader's area."""

    model = SeatHolding
    table_class = HolderTable
    filterset_class = HolderFilter
    template_name = "communities/holder_list.html"
    title = _("Who holds seats")
    empty_text = _("Nobody holds a seat yet.")

    def test_func(self) -> bool:
        return permissions.can_see_holders(self.request.user)

    def get_queryset(self) -> Any:
        seen = super().get_queryset()
        rows = seen.current().filter(seat__body__voided_at=None).with_holders()
        return with_filing(with_other_posts(rows, seen), today()).order_by(
            "seat__body__organization__path", "seat__body", "seat__kind__position", "pk"
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = [body_list_breadcrumb(), Link(self.title)]
        context = super().get_context_data(breadcrumbs=crumbs, **kwargs)
        return {**context, "composition": self.get_composition(context["filter"])}

    def get_composition(self, chosen: Any) -> Section | None:
        """Return how those whom the filter found are made up, each person once."""
        found = chosen.qs if chosen.is_bound and chosen.is_valid() else chosen.queryset
        lines = describe_composition(found)
        return Section(_("How they are made up"), lines) if lines else None


class SeatView(RowFormView[Seat]):
    """Base of forms over one seat, for who keeps its body."""

    model = Seat

    def get_rows(self) -> Any:
        rows = super().get_rows()
        return rows.select_related("body__organization", "body__kind", "kind")

    def has_permission(self, obj: Seat) -> bool:
        return permissions.can_keep_body(self.request.user, obj.body)

    def refuse_beforehand(self) -> None:
        refuse_reserves(self.row.body)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row, **kwargs)


class TakeSeat(SeatView):
    """A record keeper lets somebody take a vacant seat."""

    form_class = TakeSeatForm
    action = staticmethod(actions.take_seat)
    title = _("Fill the seat")
    submit_label = _("Enter")
    success_message = _("The seat is held now.")

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "channel": self.row.body.kind.filled_by}

    def get_form_kwargs(self) -> dict[str, Any]:
        user, body = self.request.user, self.row.body
        members = Member.objects.visible_to(user).current()
        return {
            **super().get_form_kwargs(),
            "body": body,
            "members": members.select_related("organization", "community"),
            "others": NonMember.objects.visible_to(user),
            "units": Unit.objects.visible_to(user).open(),
        }


class CloseSeat(SeatView, ConfirmView[Seat]):
    """A record keeper closes a vacant seat that is not to be filled."""

    read_with = ("body",)
    action = staticmethod(actions.close_seat)
    title = _("Close the seat")
    submit_label = _("Close the seat")
    success_message = _("The seat is closed.")
    consequence = _("It is no vacancy any more. Who held it before stays on record.")


class OpenSeat(RowFormView[Body]):
    """A record keeper opens one more seat of a body."""

    model = Body
    form_class = OpenSeatForm
    title = _("Open a seat")
    submit_label = _("Open the seat")
    success_message = _("The seat is open, and vacant.")

    def has_permission(self, obj: Body) -> bool:
        return permissions.can_keep_body(self.request.user, obj)

    def refuse_beforehand(self) -> None:
        refuse_reserves(self.row)

    def get_form_kwargs(self) -> dict[str, Any]:
        kinds = self.row.kind.seat_kinds.order_by("position", "pk")
        return {**super().get_form_kwargs(), "kinds": kinds}

    def run_action(self, form: OpenSeatForm) -> None:
        actions.open_seat(self.row, by=self.request.user, **form.action_values())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row.name, **kwargs)


class HoldingRows:
    """Entries about seats with their body, for who keeps it."""

    model = SeatHolding
    request: Any
    row: SeatHolding

    def get_rows(self) -> Any:
        rows = SeatHolding.objects.visible_to(self.request.user)
        return rows.with_holders()

    def has_permission(self, obj: SeatHolding) -> bool:
        """Whether the reader keeps the body in which the seat is."""
        return permissions.can_keep_body(self.request.user, obj.seat.body)

    def refuse_beforehand(self) -> None:
        """Lists of reserves are kept on a page of their own."""
        refuse_reserves(self.row.seat.body)


class ChangeHolding(HoldingRows, ChangeView[SeatHolding]):
    """A record keeper corrects since when and how somebody holds a seat."""

    action = staticmethod(actions.change_holding)
    form_class = HoldingForm
    title = _("Change the entry")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row, **kwargs)


class VacateSeat(HoldingRows, ReadFirstView[SeatHolding]):
    """A record keeper enters that somebody left a seat."""

    read_with = ("seat", "seat.body")
    action = staticmethod(actions.vacate_seat)
    form_class = VacateForm
    title = _("Vacate the seat")
    submit_label = _("Vacate")
    success_message = _("The seat is vacant now.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "holding": self.row}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row, **kwargs)


class VoidHolding(HoldingRows, ReasonView[SeatHolding]):
    """A record keeper voids an entry made by mistake."""

    read_with = ("seat", "seat.body")
    action = staticmethod(actions.void_holding)
    title = _("Void the entry")
    submit_label = _("Void the entry")
    success_message = _("The entry was voided.")
    consequence = _(
        "It stays on record with the reason, and the seat was not held by this person."
        " Somebody who did hold it and left is entered as having left."
    )


class VoidLeaving(HoldingRows, ReasonView[SeatHolding]):
    """A record keeper voids that somebody left a seat, entered by mistake."""

    read_with = ("seat", "seat.body")
    action = staticmethod(actions.void_leaving)
    title = _("Void the leaving")
    submit_label = _("Void the leaving")
    success_message = _("The leaving was voided. The seat is held again.")
    consequence = _(
        "This person holds the seat again, as if they had never left it; the log keeps"
        " what was entered."
    )
