"""Lists of recruitments, reserves and pay."""

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_tables2 import Column, DateColumn, TemplateColumn

from communities.pay import format_amount, format_difference
from communities.tables.bodies import CodedTable
from core.text import StrOrPromise
from core.web.columns import FurtherColumn
from core.web.tables import OrderedTable


class RecruitmentTable(OrderedTable):
    """Recruitments with how many applied and were taken on."""

    body = Column(
        _("Body"),
        accessor="body__name",
        linkify=lambda record: record.get_absolute_url(),
    )
    organization = Column(_("Party organization"), accessor="body__organization__name")
    seat = Column(_("Seat"), accessor="kind__name")
    announced_on = DateColumn(verbose_name=_("Announced on"))
    apply_until = DateColumn(verbose_name=_("Applications until"))
    applied = Column(_("Applied"))
    taken = Column(_("Taken on"), orderable=False)
    state = Column(_("State"), accessor="state_label", orderable=False)

    def render_taken(self, record: Any) -> StrOrPromise:
        return _("%(filled)s of %(seats)s") % {
            "filled": record.taken,
            "seats": record.seats,
        }


class ReserveTable(CodedTable):
    """Reserves with their level, where they come from and what became of them."""

    holder = Column(
        _("Name"),
        accessor="name",
        linkify=lambda record: record.get_absolute_url(),
        order_by=("holder_key", "pk"),
    )
    organization = Column(
        _("Party organization"),
        accessor="holding__seat__body__organization__name",
    )
    level = Column(_("Level of reserve"))
    for_post = Column(_("Post that they could take over"))
    recruited_from = Column(
        _("From which group"), accessor="holding__recruited_from", default="—"
    )
    mentor = Column(_("Mentor"), default="—")
    starts_on = DateColumn(
        verbose_name=_("On the list since"), accessor="holding__starts_on"
    )
    until = DateColumn(
        verbose_name=_("Until"),
        accessor="holding__until",
        order_by="holding__ends_on",
    )
    state = Column(_("State"), accessor="state_label", orderable=False)

    further_columns = {"mentor": FurtherColumn(), "until": FurtherColumn()}

    def render_level(self, value: str) -> str:
        return self.label_code("reserve_levels", value)

    def render_recruited_from(self, value: str) -> str:
        return self.label_code("recruited_from", value)


class LeaverTable(OrderedTable):
    """Who left a seat, how long they held it, and why."""

    holder = Column(
        _("Name"),
        accessor="holder_name",
        linkify=lambda record: reverse("communities:seat_pay", args=[record.pk]),
        order_by=("holder_key", "pk"),
    )
    seat = Column(_("Seat"), accessor="seat__kind__name")
    body = Column(_("Body"), accessor="seat__body__name")
    organization = Column(
        _("Party organization"), accessor="seat__body__organization__name"
    )
    starts_on = DateColumn(verbose_name=_("Since"))
    ends_on = DateColumn(verbose_name=_("Left on"), order_by=("ends_on", "pk"))
    end_reason = Column(_("Why they left"))
    years = Column(
        _("Years of community work"),
        accessor="years_of_work",
        order_by="-works_since",
        default="—",
    )


class PayTable(CodedTable):
    """Who holds seats, what each is paid by whom, and how that is to the standard."""

    holder = Column(
        _("Name"),
        accessor="holder_name",
        linkify=lambda record: reverse("communities:seat_pay", args=[record.pk]),
        order_by=("holder_key", "pk"),
    )
    seat = Column(_("Seat"), accessor="seat__kind__name")
    body = Column(_("Body"), accessor="seat__body__name")
    organization = Column(
        _("Party organization"), accessor="seat__body__organization__name"
    )
    working = Column(_("Works"), accessor="is_full_time", orderable=False)
    amount = Column(_("Yuan a month"), accessor="pay_amount", empty_values=())
    payer = Column(_("Who pays"), accessor="pay_payer", default="—")
    source = Column(_("From which money"), accessor="pay_source", default="—")
    standard = Column(
        pgettext_lazy("pay", "Standard"), accessor="standard_amount", empty_values=()
    )
    difference = Column(
        pgettext_lazy("pay", "Difference"),
        accessor="pk",
        orderable=False,
    )
    grade = Column(pgettext_lazy("pay", "Grade"), accessor="pay_grade", default="—")
    years = Column(
        _("Years of community work"),
        accessor="years_of_work",
        order_by="-works_since",
        default="—",
    )

    further_columns = {
        "body": FurtherColumn(),
        "grade": FurtherColumn(),
        "years": FurtherColumn(),
    }

    def render_working(self, record: Any) -> StrOrPromise:
        return _("full time") if record.is_full_time else _("part time")

    def render_amount(self, value: Decimal | None) -> str:
        if value is None:
            return str(_("not on record"))
        return format_amount(value) if value else str(_("work without pay"))

    def value_amount(self, value: Decimal | None) -> Decimal | str:
        """Return the amount as a number, for a file; or that none is on record."""
        return str(_("not on record")) if value is None else value

    def render_source(self, value: str) -> str:
        return self.label_code("pay_sources", value)

    def render_grade(self, value: str) -> str:
        return self.label_code("worker_grades", value)

    def render_standard(self, value: Decimal | None) -> str:
        return format_amount(value)

    def value_standard(self, value: Decimal | None) -> Decimal | str:
        """Return the standard as a number, for a file."""
        return "—" if value is None else value

    def render_difference(self, record: Any) -> str:
        difference = self.value_difference(record)
        if isinstance(difference, str):
            return difference
        return format_difference(difference)

    def value_difference(self, record: Any) -> Decimal | str:
        """Return the pay less the standard as a number, for a file."""
        if record.pay_amount is None or record.standard_amount is None:
            return "—"
        return Decimal(record.pay_amount - record.standard_amount)


class StandardTable(OrderedTable):
    """Standards of pay, through time."""

    seat = Column(_("Seat"), accessor="seat_kind__name")
    kind = Column(_("Kind of body"), accessor="seat_kind__body_kind__name")
    organization = Column(_("Holds for"), accessor="organization__name")
    amount = Column(_("Yuan a month"))
    starts_on = DateColumn(verbose_name=_("From"))
    until = DateColumn(verbose_name=_("Until"), order_by="ends_on")
    basis = Column(_("Document behind it"), default="—")
    action = TemplateColumn(
        '{% include "communities/_void_standard.html" %}',
        verbose_name=_("To do"),
        exclude_from_export=True,
        orderable=False,
    )

    def render_amount(self, value: Decimal) -> str:
        return format_amount(value)

    def value_amount(self, value: Decimal) -> Decimal:
        """Return the amount as a number, for a file."""
        return value


class ServedTable(OrderedTable):
    """Who is there for which place, how often they came and what is open."""

    place = Column(
        _("Place served"),
        accessor="organization__name",
        linkify=lambda record: record.get_absolute_url(),
    )
    server = Column(_("Who"), accessor="server_name", orderable=False)
    body = Column(_("Body"), accessor="its_body__name", orderable=False)
    starts_on = DateColumn(verbose_name=_("Since"))
    visits = Column(_("Visits"), accessor="visit_count")
    last_visit = DateColumn(verbose_name=_("Last visit"))
    open_problems = Column(_("Problems to be solved"), accessor="open_count")
