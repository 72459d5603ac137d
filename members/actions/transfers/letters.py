"""Letters of transfers: issued, recorded, issued anew, and expired."""

import copy
import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.notices import settle_notices
from core.actions import action
from core.actors import Actor
from core.months import refuse_future_day, today
from core.names import clean_person_name
from members.actions.transfer_steps import (
    begin_transfer,
    lock_for_step,
    lock_transfer,
    save_step,
    void_now,
)
from members.enums import TransferKind, TransferState, TransferStep
from members.errors import LetterNoLongerValid, LettersDiffer, NoOpenAffiliation
from members.lost_contacts.marks import refuse_suspended
from members.models import Transfer
from members.notices import (
    name_people,
    notify_coming,
    notify_expired,
    notify_issued,
)
from organizations.actions import refuse_ended
from organizations.enums import ThresholdKey
from organizations.models import Organization, Threshold
from organizations.queries import street_above

S = TransferState


def usual_days(kind: str, day: dt.date) -> int:
    """Return for how many days a letter issued on a day is valid by rule (R-15)."""
    within = kind == TransferKind.WITHIN
    key = ThresholdKey.LETTER_DAYS_WITHIN
    return Threshold.objects.on(
        key if within else ThresholdKey.LETTER_DAYS_OUTSIDE, day
    )


@action(label=_("Transfer letter issued"))
def issue_letters(
    transfers: Sequence[Transfer],
    *,
    by: Actor | None,
    on: dt.date | None = None,
    valid_days: int | None = None,
) -> list[Transfer]:
    """Issue one letter for all of some proposed transfers, with a list of the people.

    The letter is numbered, dated and valid for some days. Each person on it keeps a
    transfer of their own: one of them can be received and another refused. Refuses
    transfers from different streets or to different places, and suspended members.
    """
    in_order = sorted(transfers, key=lambda one: one.member_id or 0)
    locked = [lock_for_step(one, TransferStep.ISSUE_LETTER) for one in in_order]
    if len({(one.issuer_id, one.addressee_id, one.to_text) for one in locked}) > 1:
        raise LettersDiffer
    for transfer in locked:
        if transfer.member is not None:
            refuse_suspended(transfer.member)
    day = on or today()
    refuse_future_day(day)
    days = valid_days or usual_days(locked[0].kind, day)
    _write_letter(locked, by=by, day=day, days=days)
    notify_issued(locked, by=by)
    return locked


def issue_letter(transfer: Transfer, *, by: Actor | None, **when: Any) -> Transfer:
    """Issue a letter for one person; refuses what `issue_letters` refuses."""
    return issue_letters([transfer], by=by, **when)[0]


def _write_letter(
    transfers: Sequence[Transfer], *, by: Actor | None, day: dt.date, days: int
) -> None:
    serial = _next_serial(transfers[0], day.year)
    for line, transfer in enumerate(transfers, start=1):
        save_step(
            transfer,
            by,
            state=S.ISSUED,
            year=day.year,
            serial=serial,
            line=line,
            issued_on=day,
            valid_days=days,
            valid_until=day + dt.timedelta(days=days),
            issued_by=by,
        )


def _next_serial(transfer: Transfer, year: int) -> int:
    """Return the next running number of a street's letters of a year.

    The street's row is locked until the transaction ends: two letters that are issued
    at the same moment get two numbers.
    """
    streets = Organization.objects.select_for_update(of=("self",), no_key=True)
    street = streets.get(pk=transfer.issuer_id or 0)
    letters = Transfer.objects.filter(issuer=street, year=year)
    last: int | None = letters.aggregate(last=Max("serial"))["last"]
    return (last or 0) + 1


@action(label=_("Transfer letter issued anew"))
def reissue_letter(
    transfer: Transfer, *, by: Actor | None, reason: str, valid_days: int | None = None
) -> Transfer:
    """Issue a new letter instead of one that was lost or has expired (R-17).

    A letter that is still valid becomes void; the new one refers to the old. Returns
    the transfer of the new letter.
    """
    old = lock_for_step(transfer, TransferStep.REISSUE_LETTER)
    if old.member is None or old.member.organization is None:
        raise NoOpenAffiliation(name=old.name)
    if old.state == S.ISSUED:
        void_now(old, by=by, reason=reason)
    settle_notices(old)
    new = copy.copy(old)
    new.pk = None
    new._state.adding = True
    for name in (*RENEWED_FIELDS, *CLEARED_FIELDS):
        setattr(new, name, None)
    new.state, new.reason, new.replaces = S.PROPOSED, "", old
    new.origin = old.member.organization
    new.destination = old.addressee
    new.proposed_on, new.proposed_by = today(), by
    begin_transfer(new, by=by)
    return issue_letter(new, by=by, valid_days=valid_days)


RENEWED_FIELDS = (
    "issued_on",
    "valid_days",
    "valid_until",
    "year",
    "serial",
    "issued_by",
)
CLEARED_FIELDS = (
    "closed_on",
    "closed_by",
    "branch",
    "arrived_on",
    "released",
    "accepted",
)


@action(label=_("Transfer letter from outside recorded"))
def record_letters(
    names: Sequence[str],
    destination: Organization,
    *,
    by: User | None,
    issued_on: dt.date,
    valid_days: int,
    **values: Any,
) -> list[Transfer]:
    """Record a letter by which a committee outside the city sends people here.

    One letter may name many, such as the retirees of an enterprise; each is a transfer
    of their own. The community then enters them when they arrive. Refuses letters of
    days to come, and letters that are no longer valid.
    """
    refuse_ended(destination)
    refuse_future_day(issued_on)
    valid_until = issued_on + dt.timedelta(days=valid_days)
    if valid_until < today():
        raise LetterNoLongerValid(day=valid_until)
    transfers = [
        Transfer(
            kind=TransferKind.IN,
            state=S.ISSUED,
            person_name=clean_person_name(name),
            addressee=street_above(destination) or destination,
            destination=destination,
            issued_on=issued_on,
            valid_days=valid_days,
            valid_until=valid_until,
            proposed_on=today(),
            proposed_by=by,
            **values,
        )
        for name in names
    ]
    for transfer in transfers:
        begin_transfer(transfer, by=by)
    notify_coming(transfers[0], by=by, name=name_people(transfers))
    return transfers


def record_letter(
    destination: Organization, *, by: User | None, person_name: str, **values: Any
) -> Transfer:
    """Record a letter for one person; refuses what `record_letters` refuses."""
    return record_letters([person_name], destination, by=by, **values)[0]


@action(label=_("Transfer letter expired"))
def expire_letters() -> int:
    """Mark the letters that are no longer valid, and tell both ends; return how many.

    The member stays at the origin, where they have counted all the time (R-14).
    """
    day = today()
    late = Transfer.objects.in_transit().filter(valid_until__lt=day).order_by("pk")
    count = 0
    for row in late:
        transfer = lock_transfer(row)
        if transfer.state != S.ISSUED or transfer.valid_until is None:
            continue
        first_day_after = transfer.valid_until + dt.timedelta(days=1)
        save_step(transfer, None, state=S.EXPIRED, closed_on=first_day_after)
        notify_expired(transfer)
        count += 1
    return count
