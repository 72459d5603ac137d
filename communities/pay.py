"""What seats are paid, beside the standard of their area."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery, Sum

from communities.models import PayStandard, SeatHolding, SeatPay
from communities.querysets import SeatHoldingQuerySet
from core.actors import Actor
from core.db.querysets import current_on
from core.months import months_before, today
from core.numbers import format_number

CENT = Decimal("0.01")


def format_amount(value: Decimal | None) -> str:
    """Return an amount as lists write it."""
    return "—" if value is None else format_number(value.quantize(CENT), 2)


def format_difference(value: Decimal) -> str:
    """Return how much more or less than the standard is paid, with its sign."""
    return f"{'+' if value > 0 else ''}{format_number(value.quantize(CENT), 2)}"


def with_pay(rows: SeatHoldingQuerySet, day: dt.date) -> SeatHoldingQuerySet:
    """Annotate what each holding is paid on a day, by whom, and the standard."""
    pay = SeatPay.objects.filter(current_on(day), holding=OuterRef("pk"))
    standard = PayStandard.objects.for_seats(
        day, kind="seat__kind", path="seat__body__organization__path"
    )
    columns = ("amount", "payer", "source", "grade")
    return rows.annotate(
        **{f"pay_{name}": Subquery(pay.values(name)[:1]) for name in columns},
        standard_amount=Subquery(standard.values("amount")[:1]),
    )


def below_standard() -> Q:
    """Return a condition on holdings with their pay: paid less than the standard."""
    return Q(pay_amount__lt=F("standard_amount"))


@dataclass(frozen=True, slots=True)
class PaySummary:
    """How many holdings of a list are paid, not paid, or paid below the standard."""

    holdings: int
    recorded: int
    unpaid: int
    below: int
    full_time: int
    average: Decimal | None

    @property
    def unknown(self) -> int:
        """Of how many it is not on record what they are paid."""
        return self.holdings - self.recorded


def summarize_pay(rows: SeatHoldingQuerySet, day: dt.date) -> PaySummary:
    """Count the holdings of a list with their pay; the average is of who is paid."""
    keys = rows.order_by().values("pk")
    read = with_pay(SeatHolding.objects.filter(pk__in=keys), day).order_by()
    counts = read.aggregate(
        holdings=Count("pk"),
        recorded=Count("pk", filter=Q(pay_amount__isnull=False)),
        unpaid=Count("pk", filter=Q(pay_amount=0)),
        below=Count("pk", filter=below_standard()),
        full_time=Count("pk", filter=Q(is_full_time=True)),
    )
    return PaySummary(**counts, average=_average(keys, day))


def _average(keys: object, day: dt.date) -> Decimal | None:
    paid = SeatPay.objects.filter(current_on(day), holding__in=keys, amount__gt=0)
    # The database's own average of whole cents cuts the fraction off.
    paid_out = paid.aggregate(total=Sum("amount"), number=Count("pk"))
    if not paid_out["number"]:
        return None
    average: Decimal = paid_out["total"] / paid_out["number"]
    return average.quantize(CENT, ROUND_HALF_UP)


def left_lately(rows: SeatHoldingQuerySet, day: dt.date) -> SeatHoldingQuerySet:
    """Return who left a seat within the last twelve months, not with its term."""
    first = months_before(day, 12) + dt.timedelta(days=1)
    return rows.left_in(first, day).filter(seat__body__voided_at=None)


def describe_own_pay(member: Any, user: Actor) -> Mapping[str, Any]:
    """Return the seats that a member holds, for their own page, with their pay."""
    own = SeatHolding.objects.visible_to(user).current().filter(member=member.pk)
    rows: Any = with_pay(own.paid_seats().with_holders(), today())
    lines = [
        (row, format_amount(row.pay_amount)) for row in rows.order_by("starts_on", "pk")
    ]
    return {"seats": lines}
