"""Let people hold seats again that they left by mistake of an entry."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from communities.actions.endings import VOIDED, end_with_seat, reopen_with_seat
from communities.actions.holdings import lock_holder, lock_holding
from communities.actions.seats import refuse_reserves
from communities.correction_errors import (
    LeftWithTerm,
    SeatClosedSince,
    SeatNotLeft,
    SeatTakenSince,
)
from communities.enums import ENDED_WITH_THE_BODY, VacatingReason
from communities.errors import AnotherTermBegan, HolderElsewhere
from communities.models import SeatHolding
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.errors import ConstraintViolated
from core.months import today
from members.models import Affiliation
from organizations.actions import request_recount


@action(label=_("Leaving of a seat voided"))
def void_leaving(holding: SeatHolding, *, by: Actor | None, reason: str) -> SeatHolding:
    """Void the leaving of a seat that was entered by mistake: its holder goes on.

    Refuses while somebody else took the seat, and where the seat was not left for
    itself: with the term, the body or the membership; and where the holder has left the
    place of a body of members alone since. The member stays locked meanwhile, so that
    they do not leave it at the same moment.
    """
    if holding.member is not None:
        lock_holder(holding.member)
    holding, body = lock_holding(holding)
    refuse_reserves(body)
    if holding.ends_on is None:
        raise SeatNotLeft(name=holding.holder_name)
    _refuse_left_with_term(holding)
    _refuse_seat_in_use(holding)
    day = holding.ends_on
    before = audit.snapshot(holding, "ends_on", "end_reason")
    holding.ends_on, holding.end_reason = None, ""
    validate(holding)
    holding.save(update_fields=["ends_on", "end_reason"])
    if _is_left_behind(holding):
        raise HolderElsewhere(body=body.name, name=holding.holder_name)
    request_recount([(body.organization_id, day)])
    audit.record(
        holding,
        by=by,
        organization_id=body.organization_id,
        before=before,
        after=audit.snapshot(holding, "ends_on", "end_reason"),
        reason=reason,
    )
    reopen_with_seat(holding, on=day, by=by, reason=reason)
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


def _is_left_behind(holding: SeatHolding) -> bool:
    return SeatHolding.objects.left_behind().filter(pk=holding.pk).exists()


def reopen_holding(holding: SeatHolding, *, by: Actor | None, reason: str) -> None:
    """Let somebody hold a seat again that a voided term had emptied.

    If their membership ended meanwhile, they left the seat with it; if they left the
    place of a body of members alone, they left it then.
    """
    gone = holding.member.ended_on if holding.member else None
    left_on = holding.ends_on
    holding.ends_on, holding.end_reason = None, ""
    if gone is not None:
        _leave(holding, gone, VacatingReason.MEMBERSHIP_ENDED)
    validate(holding)
    holding.save(update_fields=["ends_on", "end_reason"])
    if holding.member is not None and _is_left_behind(holding):
        _leave(holding, _left_place_on(holding), VacatingReason.MOVED)
        validate(holding)
        holding.save(update_fields=["ends_on", "end_reason"])
    if left_on is not None and holding.ends_on is None:
        reopen_with_seat(holding, on=left_on, by=by, reason=reason)


def hold_again(holding: SeatHolding, *, by: Actor | None, reason: str) -> None:
    """Let an entry hold again that was voided because the body ended before it began.

    Not where somebody else sits there since. Who left the Party or the place meanwhile
    left the seat then.
    """
    before = audit.snapshot(holding, "voided_at", "void_reason")
    holding.voided_at, holding.void_reason = None, ""
    try:
        validate(holding)
    except ConstraintViolated:
        return
    holding.save(update_fields=["voided_at", "void_reason"])
    audit.record(
        holding,
        by=by,
        organization_id=holding.seat.body.organization_id,
        before=before,
        after=audit.snapshot(holding, "voided_at", "void_reason"),
        reason=reason,
    )
    if holding.ends_on is None and holding.member is not None:
        if (gone := holding.member.ended_on) is not None:
            _leave(holding, gone, VacatingReason.MEMBERSHIP_ENDED)
        elif _is_left_behind(holding):
            _leave(holding, _left_place_on(holding), VacatingReason.MOVED)
        holding.save(update_fields=["ends_on", "end_reason"])
    reopen_with_seat(holding, on=holding.starts_on, by=by, reason=reason, why=VOIDED)
    if holding.ends_on is not None:
        end_with_seat(holding, on=holding.ends_on, by=by, reason=reason)


def _leave(holding: SeatHolding, day: dt.date, reason: VacatingReason) -> None:
    """Let somebody leave a seat on a day, earliest the day after taking it."""
    holding.ends_on = max(day, holding.starts_on + dt.timedelta(days=1))
    holding.end_reason = reason


def _left_place_on(holding: SeatHolding) -> dt.date:
    """Return the day on which a member left the place of the body."""
    path = holding.seat.body.organization.path
    ended = Affiliation.objects.filter(
        member=holding.member_id,
        organization__path__startswith=path,
        ends_on__gt=holding.starts_on,
    )
    return ended.latest("ends_on").ends_on or today()
