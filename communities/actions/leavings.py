"""Let people hold seats again that they left by mistake of an entry."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from communities.actions.holdings import lock_holding, refuse_former_member
from communities.correction_errors import (
    LeftWithTerm,
    SeatClosedSince,
    SeatNotLeft,
    SeatTakenSince,
)
from communities.enums import ENDED_WITH_THE_BODY, VacatingReason
from communities.errors import AnotherTermBegan
from communities.models import SeatHolding
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import today
from organizations.actions import request_recount


@action(label=_("Leaving of a seat voided"))
def void_leaving(holding: SeatHolding, *, by: Actor | None, reason: str) -> SeatHolding:
    """Void the leaving of a seat that was entered by mistake: its holder goes on.

    Refuses while somebody else took the seat, and where the seat was not left for
    itself: with the term, the body or the membership.
    """
    holding, body = lock_holding(holding)
    if holding.ends_on is None:
        raise SeatNotLeft(name=holding.holder_name)
    if holding.member is not None:
        refuse_former_member(holding.member, today())
    _refuse_left_with_term(holding)
    _refuse_seat_in_use(holding)
    day = holding.ends_on
    before = audit.snapshot(holding, "ends_on", "end_reason")
    holding.ends_on, holding.end_reason = None, ""
    validate(holding)
    holding.save(update_fields=["ends_on", "end_reason"])
    request_recount([(body.organization_id, day)])
    audit.record(
        holding,
        by=by,
        organization_id=body.organization_id,
        before=before,
        after=audit.snapshot(holding, "ends_on", "end_reason"),
        reason=reason,
    )
    return holding


def _refuse_left_with_term(holding: SeatHolding) -> None:
    """Refuse to bring somebody back into a term or a body that is over."""
    if holding.end_reason in ENDED_WITH_THE_BODY:
        raise LeftWithTerm(name=holding.holder_name)
    if holding.term is not None and holding.term.ended_on is not None:
        raise AnotherTermBegan


def _refuse_seat_in_use(holding: SeatHolding) -> None:
    """Refuse to bring somebody back into a seat that was taken or closed since."""
    later = SeatHolding.objects.filter(
        seat=holding.seat_id, starts_on__gte=holding.ends_on
    ).select_related("member", "non_member", "unit")
    if taken := later.first():
        raise SeatTakenSince(name=taken.holder_name)
    if holding.seat.ends_on is not None:
        raise SeatClosedSince(names=holding.holder_name)


def reopen_holding(holding: SeatHolding) -> None:
    """Let somebody hold a seat again that a voided term had emptied.

    If their membership ended meanwhile, they left the seat with it.
    """
    gone = holding.member.ended_on if holding.member else None
    holding.ends_on, holding.end_reason = None, ""
    if gone is not None:
        holding.ends_on = max(gone, holding.starts_on + dt.timedelta(days=1))
        holding.end_reason = VacatingReason.MEMBERSHIP_ENDED
    validate(holding)
    holding.save(update_fields=["ends_on", "end_reason"])
