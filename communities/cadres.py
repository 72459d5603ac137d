"""What is kept of people in seats as of the street's cadres, read from its records."""

from collections.abc import Iterator

from django.db.models import Subquery
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from communities.models import Honour, PayStandard, SeatHolding, SeatPay
from communities.pay import format_amount
from communities.permissions import can_read_pay
from core.actors import Actor
from core.dates import format_day
from core.months import today
from core.web.components import DetailRow, Section
from members.enums import RoundState
from members.models import Appraisal
from organizations.queries import code_items


def describe_cadre(holding: SeatHolding, reader: Actor) -> list[Section]:
    """Return offices, pay, honours and grades of a seat-holder that a reader sees."""
    parts = (
        (_("Offices held"), [*offices_of(holding, reader)]),
        (_("Pay"), [*pay_of(holding, reader)]),
        (pgettext_lazy("list", "Honours"), [*honours_of(holding, reader)]),
        (_("Appraisals"), [*grades_of(holding, reader)]),
    )
    return [Section(title, rows) for title, rows in parts if rows]


def offices_of(holding: SeatHolding, reader: Actor) -> Iterator[DetailRow]:
    """Yield every seat that the person holds or held, the latest first."""
    if holding.person is None:
        return
    rows = SeatHolding.objects.visible_to(reader).filter(
        member=holding.member_id,
        non_member=holding.non_member_id,
        seat__body__voided_at=None,
    )
    for row in rows.with_holders().order_by("-starts_on", "-pk"):
        until = format_day(row.until) if row.until is not None else gettext("today")
        body = row.seat.body
        yield DetailRow(
            row.seat.kind.name,
            f"{body.organization} {body.name}（{format_day(row.starts_on)}—{until}）",
            body.get_absolute_url(),
        )


def pay_of(holding: SeatHolding, reader: Actor) -> Iterator[DetailRow]:
    """Yield what the seat is paid and what it ought to be, for whoever reads pay."""
    if not can_read_pay(reader, holding):
        return
    pay = SeatPay.objects.filter(holding=holding).order_by("-starts_on").first()
    url = reverse("communities:seat_pay", args=[holding.pk])
    amount = gettext("not on record") if pay is None else format_amount(pay.amount)
    yield DetailRow(_("Yuan a month"), amount, url)
    standard = PayStandard.objects.for_seats(
        today(), kind="seat__kind", path="seat__body__organization__path"
    )
    row = SeatHolding.objects.filter(pk=holding.pk).annotate(
        standard=Subquery(standard.values("amount")[:1])
    )
    found = row.values_list("standard", flat=True).first()
    yield DetailRow(_("Standard"), format_amount(found))


def honours_of(holding: SeatHolding, reader: Actor) -> Iterator[DetailRow]:
    """Yield the honours of the person, the latest first."""
    if holding.member_id is None:
        return
    levels = dict(code_items("honour_levels"))
    rows = Honour.objects.visible_to(reader).filter(member=holding.member_id)
    for row in rows.order_by("-awarded_on", "-pk"):
        level = levels.get(row.level, row.level)
        words = f"{row.name}（{level}，{row.issuer}）"
        yield DetailRow(format_day(row.awarded_on), words, row.get_absolute_url())


def grades_of(holding: SeatHolding, reader: Actor) -> Iterator[DetailRow]:
    """Yield the grades that the person's branch gave them, year by year (R-44)."""
    if holding.member_id is None:
        return
    rows = Appraisal.objects.visible_to(reader).filter(member=holding.member_id)
    rows = rows.exclude(grade="").exclude(round__state=RoundState.VOIDED)
    for row in rows.select_related("round__organization").order_by("-round__year"):
        year, grade = f"{row.round.year}", row.get_grade_display()
        yield DetailRow(year, grade, row.round.get_absolute_url())
