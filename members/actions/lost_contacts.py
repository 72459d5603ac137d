"""Search for members without contact, suspend, remove, or find them again."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.actions import change_deadline, close_case, open_case
from cases.enums import CaseState
from cases.models import CaseKind
from core import audit
from core.actions import action
from core.actors import Actor
from core.dates import format_day
from core.db.constraints import validate
from core.months import months_after, refuse_future_day, today
from members.actions.affiliations import end_membership, lock_member
from members.actions.membership_bounds import (
    refuse_before_membership,
    refuse_ended_membership,
)
from members.ends.closers import MembershipEnd
from members.enums import (
    BEING_SEARCHED,
    MONTHS_UNTIL_REMOVAL,
    MONTHS_UNTIL_SUSPENSION,
    EndReason,
    LostGround,
    LostState,
    Standing,
)
from members.errors import (
    NoOpenAffiliation,
    OtherDecisionForStanding,
    SearchIsOver,
    TooEarlyToDecide,
)
from members.lost_contacts.contacts import last_organization_life
from members.models import LostContact, Member
from organizations.enums import ThresholdKey
from organizations.models import Threshold

KIND, KIND_ABROAD = "lost_contact", "abroad"
MONTHS_OF_REVIEW_ABROAD = 12
"""After so long the case of somebody suspended abroad is looked at again."""


@action(label=_("Lost contact reported"))
def report_lost_contact(
    member: Member,
    *,
    by: Actor | None,
    last_life_on: dt.date | None = None,
    last_dues_on: dt.date | None = None,
    owner: User | None = None,
    on: dt.date | None = None,
) -> LostContact:
    """Open the search for a member of a place here; one search at a time.

    Where minutes of meetings prove a later organization life than was typed, theirs
    counts (R-23).
    """
    member = lock_member(member)
    refuse_ended_membership(member)
    if member.organization is None:
        raise NoOpenAffiliation(name=member.name)
    known = (last_life_on, last_organization_life(member.pk))
    last_life_on = max((day for day in known if day), default=None)
    lost_on = max((day for day in (last_life_on, last_dues_on) if day), default=today())
    refuse_future_day(lost_on)
    row = LostContact(
        member=member,
        last_life_on=last_life_on,
        last_dues_on=last_dues_on,
        lost_on=lost_on,
        decide_from=months_after(lost_on, MONTHS_UNTIL_SUSPENSION),
    )
    kind = CaseKind.objects.get(code=KIND)
    row.case = open_case(
        kind,
        member.organization,
        title=gettext("Lost contact: %(name)s") % {"name": member.name},
        by=by,
        owner=owner,
        on=on,
    )
    validate(row)
    row.save()
    _record(row, by, audit.snapshot(row))
    return row


@action(label=_("Stay abroad reported"))
def report_abroad(
    member: Member,
    *,
    ground: str,
    since: dt.date,
    by: Actor | None,
    owner: User | None = None,
    on: dt.date | None = None,
) -> LostContact:
    """Open the case of a member who settled abroad, or studies there (R-25).

    It can be decided at once on who settled, on students after some years.
    """
    member = lock_member(member)
    refuse_ended_membership(member)
    refuse_before_membership(member, since)
    if member.organization is None:
        raise NoOpenAffiliation(name=member.name)
    refuse_future_day(since)
    months = 0
    if ground == LostGround.STUDY:
        months = Threshold.objects.on(ThresholdKey.STUDY_ABROAD_MONTHS, since)
    row = LostContact(
        member=member,
        ground=LostGround(ground),
        state=LostState.ABROAD,
        lost_on=since,
        decide_from=months_after(since, months),
    )
    title = gettext("Abroad: %(name)s") % {"name": member.name}
    row.case = open_case(
        CaseKind.objects.get(code=KIND_ABROAD),
        member.organization,
        title=title,
        by=by,
        owner=owner,
        on=on,
        due_on=max(row.decide_from, on or today()) if months else None,
    )
    validate(row)
    row.save()
    _record(row, by, audit.snapshot(row))
    return row


@action(label=_("Contact found again"))
def record_contact(
    row: LostContact,
    *,
    on: dt.date,
    by: Actor | None,
    note: str = "",
    number: str = "",
) -> LostContact:
    """End a search because the member is in contact again; the lost day stays.

    A suspension is lifted by a decision, which has a number.
    """
    row = _lock(row)
    refuse_future_day(on)
    answer = gettext("In contact again on %(day)s") % {"day": format_day(on)}
    if row.state == LostState.SUSPENDED:
        row.decided_on, row.decision_number = on, number
    row.contacted_on = on
    return _end(row, LostState.FOUND, f"{answer} {note}".strip(), by=by)


@action(label=_("Membership suspended"))
def suspend_membership(
    row: LostContact, *, on: dt.date, number: str, by: Actor | None
) -> LostContact:
    """Suspend a full member six months after contact was lost at the earliest (R-22).

    The member still belongs to the branch and counts there. The case is next due when
    removal can be decided.
    """
    row = _lock(row)
    _require(row, LostState.SEARCHING, LostState.ABROAD)
    if row.member.standing == Standing.PROBATIONARY:
        raise _other_decision(row)
    _refuse_too_early(on, row.decide_from)
    row.suspended_on, row.suspension_number = on, number
    if not row.is_abroad:
        row.remove_from = months_after(on, MONTHS_UNTIL_REMOVAL)
    row.state = LostState.SUSPENDED
    _save(row, by=by)
    next_look = row.remove_from or months_after(on, MONTHS_OF_REVIEW_ABROAD)
    change_deadline(row.case, due_on=max(next_look, today()), by=by)
    return row


@action(label=_("Lost member removed"))
def remove_lost_member(
    row: LostContact, *, on: dt.date, number: str, by: Actor | None
) -> list[str]:
    """End the membership of a lost member; return what was closed, in words.

    Full members are removed two years after the suspension (R-22), the probationary
    membership of others is cancelled (R-24).
    """
    row = _lock(row)
    if row.member.standing == Standing.PROBATIONARY and row.suspended_on is None:
        state, earliest = LostState.CANCELLED, row.decide_from
    elif row.remove_from is not None:
        state, earliest = LostState.REMOVED, row.remove_from
    else:
        raise _other_decision(row)
    _refuse_too_early(on, earliest)
    row.decided_on, row.decision_number = on, number
    answer = f"{state.label} · {number}"
    _end(row, state, answer, by=by)
    return end_membership(
        row.member, reason=EndReason.STRUCK_OFF, by=by, on=on, note=answer
    )


@action(label=_("Lost contact voided"))
def void_lost_contact(
    row: LostContact, *, reason: str, by: Actor | None
) -> LostContact:
    """Void a search that was opened by mistake."""
    row = _lock(row)
    return _end(row, LostState.VOIDED, reason, by=by, closed=CaseState.VOIDED)


@action(label=_("Search ended with the membership"))
def close_lost_contact(row: LostContact, end: MembershipEnd) -> None:
    """End the search for a member whose membership ends otherwise."""
    why = str(end.reason.label if end.reason else _("Membership ended"))
    _end(_lock(row), LostState.CLOSED, why, by=end.by)


def _lock(row: LostContact) -> LostContact:
    """Lock a search with its member; refuse one that has ended."""
    lock_member(row.member)
    rows = LostContact.objects.select_for_update(of=("self",))
    row = rows.select_related("case__organization", "member").get(pk=row.pk)
    _require(row, *BEING_SEARCHED)
    return row


def _require(row: LostContact, *states: LostState) -> None:
    if row.state not in states:
        raise SearchIsOver(name=row.member.name, state=row.get_state_display())


def _other_decision(row: LostContact) -> OtherDecisionForStanding:
    member = row.member
    return OtherDecisionForStanding(
        name=member.name, standing=member.get_standing_display()
    )


def _refuse_too_early(day: dt.date, earliest: dt.date) -> None:
    refuse_future_day(day)
    if day < earliest:
        raise TooEarlyToDecide(day=earliest)


def _end(
    row: LostContact,
    state: LostState,
    answer: str,
    *,
    by: Actor | None,
    closed: CaseState = CaseState.ANSWERED,
) -> LostContact:
    row.state = state
    _save(row, by=by)
    close_case(row.case, answer=answer, by=by, state=closed)
    return row


def _save(row: LostContact, *, by: Actor | None) -> None:
    validate(row)
    row.save()
    _record(row, by, audit.snapshot(row))


def _record(row: LostContact, by: Actor | None, after: dict[str, Any]) -> None:
    organization_id = row.case.organization_id
    audit.record(row, by=by, organization_id=organization_id, after=after)
