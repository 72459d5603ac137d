"""Pay: who is paid what for a seat, from what, and the standards; for the street."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from communities import actions, permissions
from communities.actions.succession import refuse_voided
from communities.filters import PayFilter
from communities.forms import PayForm, StandardForm
from communities.models import PayStandard, SeatHolding, SeatKind, SeatPay
from communities.pay import (
    format_amount,
    format_difference,
    with_pay,
)
from communities.tables import PayTable, StandardTable
from communities.views.bodies import body_list_breadcrumb
from communities.views.pay_summary import pay_section, prospects_section
from core.months import today
from core.web.components import DetailRow, Link, Section
from core.web.list_pages import ListPage
from core.web.views import (
    ActionFormView,
    PermittedObjectMixin,
    ReasonView,
    RowFormView,
)
from organizations.models import Organization
from organizations.queries import code_items
from organizations.roles import Role

PAY = _("Pay for seats")
STANDARDS = _("Standards of pay")
STAFF = frozenset({Role.STREET_STAFF})


def pay_breadcrumb() -> Link:
    """Return the way back to the list of pay."""
    return Link(PAY, reverse("communities:pay"))


class PayList(UserPassesTestMixin, ListPage):
    """Who holds seats in the street, and what each is paid; for street staff alone."""

    model = SeatHolding
    table_class = PayTable
    filterset_class = PayFilter
    template_name = "communities/pay_list.html"
    title = PAY
    empty_text = _("Nobody holds a seat yet.")

    def test_func(self) -> bool:
        return permissions.can_see_pay(self.request.user)

    def get_queryset(self) -> Any:
        rows = SeatHolding.objects.in_scope_of(self.request.user, STAFF).current()
        rows = rows.filter(seat__body__voided_at=None, unit=None).paid_seats()
        return with_pay(rows.with_holders(), today()).order_by(
            "seat__body__organization__path", "seat__body", "seat__kind__position", "pk"
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        standards = Link(STANDARDS, reverse("communities:pay_standards"))
        crumbs = [body_list_breadcrumb(), Link(PAY)]
        context = super().get_context_data(
            page_actions=[standards], breadcrumbs=crumbs, **kwargs
        )
        chosen, user = context["filter"], self.request.user
        found = chosen.qs if chosen.is_bound and chosen.is_valid() else chosen.queryset
        seats = SeatHolding.objects.in_scope_of(user, STAFF).paid_seats()
        return {
            **context,
            "summary": pay_section(found),
            "prospects": prospects_section(seats, user),
        }


class PayOfSeat(PermittedObjectMixin[SeatHolding], TemplateView):
    """What somebody is and was paid for a seat: for the street and the person."""

    model = SeatHolding
    template_name = "communities/seat_pay.html"

    def get_rows(self) -> Any:
        return SeatHolding.objects.visible_to(self.request.user).with_holders()

    def has_permission(self, obj: SeatHolding) -> bool:
        return permissions.can_read_pay(self.request.user, obj)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        holding, user = self.get_permitted_object(), self.request.user
        keeps = permissions.can_keep_pay(user, holding)
        sources = dict(code_items("pay_sources"))
        grades = dict(code_items("worker_grades"))
        rows = SeatPay.objects.visible_to(user).filter(holding=holding)
        crumbs = [body_list_breadcrumb(), pay_breadcrumb()] if keeps else []
        page_actions = []
        if keeps:
            url = reverse("communities:record_pay", args=[holding.pk])
            page_actions.append(Link(_("Enter pay"), url, "plus-lg", primary=True))
        return super().get_context_data(
            title=_("Pay: %(name)s") % {"name": holding.holder_name},
            holding=holding,
            keeps=keeps,
            lines=[
                (
                    row,
                    format_amount(row.amount),
                    sources.get(row.source, "—"),
                    grades.get(row.grade, "—"),
                )
                for row in rows.order_by("-starts_on")
            ],
            breadcrumbs=[*crumbs, Link(holding.holder_name)],
            page_actions=page_actions,
            sections=[Section("", detail_rows_of(holding))],
            **kwargs,
        )


def detail_rows_of(holding: SeatHolding) -> list[DetailRow]:
    """Return the seat, how it is worked, and its pay beside the standard today."""
    rows_of_one = SeatHolding.objects.filter(pk=holding.pk)
    paid: Any = with_pay(rows_of_one, today()).get()
    works = _("full time") if holding.is_full_time else _("part time")
    rows = [
        DetailRow(_("Body"), holding.seat.body),
        DetailRow(_("Seat"), holding.seat.kind),
        DetailRow(_("Since"), holding.starts_on),
        DetailRow(_("Works"), works),
    ]
    if holding.years_of_work is not None:
        rows.append(DetailRow(_("Years of community work"), holding.years_of_work))
    if paid.standard_amount is not None:
        standard = format_amount(paid.standard_amount)
        rows.append(DetailRow(_("Standard (yuan a month)"), standard))
        if paid.pay_amount is not None:
            difference = format_difference(paid.pay_amount - paid.standard_amount)
            label = _("Beside the standard (yuan a month)")
            rows.append(DetailRow(label, difference))
    return rows


class RecordPay(RowFormView[SeatHolding]):
    """Street staff enter what somebody is paid for a seat from a day on."""

    model = SeatHolding
    form_class = PayForm
    action = staticmethod(actions.record_pay)
    title = _("Enter pay")
    success_message = _("The pay is on record.")

    def get_rows(self) -> Any:
        return SeatHolding.objects.visible_to(self.request.user).with_holders()

    def has_permission(self, obj: SeatHolding) -> bool:
        return permissions.can_keep_pay(self.request.user, obj)

    def get_success_url(self) -> str:
        return reverse("communities:seat_pay", args=[self.row.pk])

    def get_cancel_url(self) -> str:
        return self.get_success_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row, **kwargs)


class VoidPay(ReasonView[SeatPay]):
    """Street staff void pay entered by mistake."""

    read_with = ("holding", "holding.seat", "holding.seat.body")
    model = SeatPay
    action = staticmethod(actions.void_pay)
    title = submit_label = _("Void the pay")
    success_message = _("The pay was voided.")
    consequence = _(
        "It stays on record with the reason. What was paid before goes on; enter the"
        " right amount anew."
    )

    def get_rows(self) -> Any:
        rows = SeatPay.all_objects.visible_to(self.request.user)
        return rows.select_related(
            *("holding__seat__body__organization", "holding__seat__kind"),
            *("holding__member", "holding__non_member", "holding__unit"),
        )

    def has_permission(self, obj: SeatPay) -> bool:
        return permissions.can_keep_pay(self.request.user, obj.holding)

    def refuse_beforehand(self) -> None:
        refuse_voided(self.row)


class StandardList(UserPassesTestMixin, ListPage):
    """The standards of pay of the reader's area, through time."""

    model = PayStandard
    table_class = StandardTable
    filterset_fields: tuple[str, ...] = ()
    title = STANDARDS
    empty_text = _(
        "No standard yet. Set one, and the list of pay shows who is paid less."
    )

    def test_func(self) -> bool:
        return permissions.can_see_pay(self.request.user)

    def get_queryset(self) -> Any:
        rows = super().get_queryset().select_related("organization")
        return rows.select_related("seat_kind__body_kind").order_by(
            "organization__path", "seat_kind", "-starts_on", "pk"
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        url = reverse("communities:set_standard")
        add = Link(_("Set a standard"), url, "plus-lg", primary=True)
        crumbs = [body_list_breadcrumb(), pay_breadcrumb(), Link(STANDARDS)]
        return super().get_context_data(
            page_actions=[add], breadcrumbs=crumbs, **kwargs
        )


class SetStandard(UserPassesTestMixin, ActionFormView):
    """Street staff set what a kind of seat ought to be paid from a day on."""

    form_class = StandardForm
    title = _("Set a standard")
    success_message = _("The standard is set.")

    def test_func(self) -> bool:
        return permissions.can_see_pay(self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        kinds = SeatKind.objects.visible_to(self.request.user)
        rows = Organization.objects.in_scope_of(self.request.user, STAFF).open()
        return {
            **super().get_form_kwargs(),
            "organizations": rows,
            "seat_kinds": kinds.select_related("body_kind").order_by(
                "body_kind__name", "position", "pk"
            ),
        }

    def run_action(self, form: StandardForm) -> str:
        actions.set_standard(by=self.request.user, **form.action_values())
        return reverse("communities:pay_standards")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        standards = reverse("communities:pay_standards")
        crumbs = [pay_breadcrumb(), Link(STANDARDS, standards), Link(self.title)]
        return super().get_context_data(
            cancel_url=standards, breadcrumbs=crumbs, **kwargs
        )


class VoidStandard(ReasonView[PayStandard]):
    """Street staff void a standard entered by mistake."""

    model = PayStandard
    action = staticmethod(actions.void_standard)
    title = _("Void the standard")
    submit_label = _("Void the standard")
    success_message = _("The standard was voided.")
    consequence = _("It stays on record with the reason. The one before it goes on.")

    def get_rows(self) -> Any:
        return PayStandard.all_objects.visible_to(self.request.user)

    def has_permission(self, obj: PayStandard) -> bool:
        rows = PayStandard.all_objects.managed_by(self.request.user)
        return rows.filter(pk=obj.pk).exists()

    def refuse_beforehand(self) -> None:
        refuse_voided(self.row)
