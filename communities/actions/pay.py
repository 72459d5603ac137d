"""Record what seats are paid, and the standards of pay."""

import datetime as dt
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from communities.actions.endings import LOGGED
from communities.actions.holdings import lock_holding
from communities.actions.succession import follow, refuse_outside, void_following
from communities.models import PayStandard, SeatHolding, SeatKind, SeatPay
from core import audit
from core.actions import action
from core.actors import Actor
from core.months import refuse_future_day
from organizations.models import Organization


@action(label=_("Pay for a seat recorded"))
def record_pay(
    holding: SeatHolding,
    *,
    starts_on: dt.date,
    amount: Decimal,
    by: Actor | None,
    payer: str = "",
    source: str = "",
    grade: str = "",
) -> SeatPay:
    """Record what somebody is paid for a seat from a day on; other pay ends there.

    Where they left the seat since, their pay ends with it.
    """
    holding, body = lock_holding(holding, corrects=True)
    refuse_future_day(starts_on)
    refuse_outside(holding, starts_on)
    pay = SeatPay(
        holding=holding,
        starts_on=starts_on,
        ends_on=holding.ends_on,
        amount=amount,
        payer=payer,
        source=source,
        grade=grade,
    )
    follow(SeatPay.objects.filter(holding=holding), pay)
    audit.record(
        pay,
        by=by,
        organization_id=body.organization_id,
        after=audit.snapshot(pay, *LOGGED),
    )
    return pay


@action(label=_("Pay for a seat voided"))
def void_pay(pay: SeatPay, *, by: Actor | None, reason: str) -> SeatPay:
    """Void pay entered by mistake; what was paid before goes on."""
    holding, body = lock_holding(pay.holding, corrects=True)
    rows = SeatPay.all_objects.select_for_update(of=("self",))
    pay = rows.get(pk=pay.pk)
    pay.holding = holding
    void_following(SeatPay.objects.filter(holding=holding), pay, reason)
    audit.record_void(
        pay,
        by=by,
        organization_id=body.organization_id,
        reason=reason,
        values=audit.snapshot(pay, *LOGGED),
    )
    return pay


@action(label=_("Standard of pay set"))
def set_standard(
    organization: Organization,
    *,
    seat_kind: SeatKind,
    amount: Decimal,
    starts_on: dt.date,
    by: Actor | None,
    basis: str = "",
) -> PayStandard:
    """Set what a kind of seat ought to be paid from a day on; the former one ends."""
    standard = PayStandard(
        organization=organization,
        seat_kind=seat_kind,
        amount=amount,
        starts_on=starts_on,
        basis=basis,
    )
    follow(_beside(standard), standard)
    audit.record(
        standard,
        by=by,
        organization_id=organization.pk,
        after=audit.snapshot(standard),
    )
    return standard


@action(label=_("Standard of pay voided"))
def void_standard(
    standard: PayStandard, *, by: Actor | None, reason: str
) -> PayStandard:
    """Void a standard entered by mistake; the one before it goes on."""
    rows = PayStandard.all_objects.select_for_update(of=("self",))
    standard = rows.select_related("organization", "seat_kind").get(pk=standard.pk)
    void_following(_beside(standard), standard, reason)
    audit.record_void(
        standard, by=by, organization_id=standard.organization_id, reason=reason
    )
    return standard


def _beside(standard: PayStandard) -> QuerySet[PayStandard]:
    rows: QuerySet[PayStandard] = PayStandard.objects.filter(
        organization=standard.organization, seat_kind=standard.seat_kind
    )
    return rows
