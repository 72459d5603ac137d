"""Call for applications for seats of bodies."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.actions.seats import lock_body, refuse_reserves
from communities.models import Body, Recruitment, SeatKind
from communities.staffing_errors import (
    AppliedTooEarly,
    FewerSeatsThanTaken,
    RecruitmentClosed,
    RecruitmentFilled,
    RecruitmentVoided,
    SomebodyTakenOn,
)
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import refuse_future_day


@action(label=_("Recruitment announced"))
def announce_recruitment(
    body: Body,
    *,
    kind: SeatKind,
    seats: int,
    announced_on: dt.date,
    apply_until: dt.date,
    conditions: str,
    by: Actor | None,
    basis: str = "",
) -> Recruitment:
    """Call for applications for so many seats of a body, saying what one must bring."""
    body = lock_body(body)
    refuse_reserves(body)
    refuse_future_day(announced_on)
    recruitment = Recruitment(
        body=body,
        kind=kind,
        seats=seats,
        announced_on=announced_on,
        apply_until=apply_until,
        conditions=conditions,
        basis=basis,
    )
    validate(recruitment)
    recruitment.save()
    audit.record(
        recruitment,
        by=by,
        organization_id=body.organization_id,
        after=audit.snapshot(recruitment),
    )
    return recruitment


@action(label=_("Recruitment corrected"))
def change_recruitment(
    recruitment: Recruitment, *, by: Actor | None, **values: Any
) -> Recruitment:
    """Correct the days, the number of seats or the conditions of an open call."""
    recruitment, body = lock_recruitment(recruitment)
    refuse_closed(recruitment)
    with audit.recording(
        recruitment, *values, by=by, organization_id=body.organization_id
    ):
        for name, value in values.items():
            setattr(recruitment, name, value)
        refuse_future_day(recruitment.announced_on)
        first = recruitment.applicants.filter(voided_at=None).order_by("applied_on")
        if (early := first.first()) and early.applied_on < recruitment.announced_on:
            raise AppliedTooEarly(first=recruitment.announced_on, day=early.applied_on)
        validate(recruitment)
        if names := names_taken(recruitment, beyond=recruitment.seats):
            raise FewerSeatsThanTaken(count=len(names), names="、".join(names))
        recruitment.save(update_fields=[*values])
    return recruitment


@action(label=_("Recruitment voided"))
def void_recruitment(
    recruitment: Recruitment, *, by: Actor | None, reason: str
) -> Recruitment:
    """Void a recruitment entered by mistake, with who applied under it."""
    recruitment, body = lock_recruitment(recruitment)
    refuse_void_recruitment(recruitment)
    for row in (*recruitment.applicants.filter(voided_at=None), recruitment):
        row.save(update_fields=row.void(reason))
        audit.record_void(
            row, by=by, organization_id=body.organization_id, reason=reason
        )
    return recruitment


def refuse_void_recruitment(recruitment: Recruitment) -> None:
    """Refuse to void a recruitment by which somebody holds a seat."""
    if names := names_taken(recruitment):
        raise SomebodyTakenOn(names="、".join(names))


def names_taken(recruitment: Recruitment, *, beyond: int = 0) -> list[str]:
    """Return who came to a seat by a recruitment, if they are more than a number."""
    taken = recruitment.applicants.filter(
        voided_at=None, holding__isnull=False, holding__voided_at=None
    )
    names = [row.name for row in taken.select_related("member", "non_member")]
    return names if len(names) > beyond else []


def refuse_full(recruitment: Recruitment) -> None:
    """Refuse to take on somebody under a closed call, or one that is filled."""
    refuse_closed(recruitment)
    if names := names_taken(recruitment, beyond=recruitment.seats - 1):
        raise RecruitmentFilled(seats=recruitment.seats, names="、".join(names))


def refuse_closed(recruitment: Recruitment) -> None:
    """Refuse what is done under an open call alone."""
    if recruitment.voided_at is not None:
        raise RecruitmentVoided(day=timezone.localdate(recruitment.voided_at))
    if recruitment.closed_on is not None:
        raise RecruitmentClosed(day=recruitment.closed_on)


def lock_recruitment(recruitment: Recruitment) -> tuple[Recruitment, Body]:
    """Lock a recruitment and its body; refuse one that was voided."""
    body = lock_body(recruitment.body)
    rows = Recruitment.all_objects.select_for_update(of=("self",))
    recruitment = rows.select_related("kind").get(pk=recruitment.pk)
    recruitment.body = body
    if recruitment.voided_at is not None:
        raise RecruitmentVoided(day=timezone.localdate(recruitment.voided_at))
    return recruitment, body
