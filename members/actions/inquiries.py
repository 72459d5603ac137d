"""Ask the former unit of a member whether it manages them, and record its answer."""

import datetime as dt

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.actions import close_case, open_case
from cases.enums import CaseState
from cases.models import CaseKind
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import refuse_future_day, today
from members.actions.affiliations import lock_member
from members.actions.membership_bounds import (
    refuse_before_membership,
    refuse_ended_membership,
)
from members.ends.closers import MembershipEnd
from members.enums import InquiryAnswer
from members.errors import InquiryIsOver, NoOpenAffiliation
from members.models import Member, UnitInquiry
from organizations.actions import request_recount
from organizations.enums import ThresholdKey
from organizations.models import Threshold

KIND = "unit_inquiry"


@action(label=_("Inquiry sent to a former unit"))
def send_inquiry(
    member: Member,
    *,
    unit: str,
    by: Actor | None,
    on: dt.date | None = None,
    number: str = "",
    owner: User | None = None,
) -> UnitInquiry:
    """Ask a former unit whether it manages a member; the answer is due after some days.

    Refuses a member about whom a unit is being asked already.
    """
    member, day = lock_member(member), on or today()
    refuse_ended_membership(member)
    refuse_future_day(day)
    refuse_before_membership(member, day)
    place = member.organization or member.community
    if place is None:
        raise NoOpenAffiliation(name=member.name)
    days = Threshold.objects.on(ThresholdKey.INQUIRY_DAYS, day)
    row = UnitInquiry(member=member, unit=unit, number=number, sent_on=day)
    row.case = open_case(
        CaseKind.objects.get(code=KIND),
        place,
        title=gettext("Ask the former unit of %(name)s") % {"name": member.name},
        by=by,
        owner=owner,
        on=day,
        due_on=day + dt.timedelta(days=days),
    )
    validate(row)
    row.save()
    _record(row, by)
    return row


@action(label=_("Answer of a former unit recorded"))
def answer_inquiry(
    row: UnitInquiry, *, answer: str, on: dt.date, said_by: str, by: Actor | None
) -> UnitInquiry:
    """Record what the former unit says; a member whom it disowns is nobody's."""
    row = _lock(row)
    refuse_future_day(on)
    row.answer, row.answered_on, row.said_by = InquiryAnswer(answer), on, said_by
    validate(row)
    row.save(update_fields=["answer", "answered_on", "said_by"])
    words = f"{row.get_answer_display()} {said_by}".strip()
    close_case(row.case, answer=words, by=by)
    _record(row, by)
    return row


@action(label=_("Inquiry voided"))
def void_inquiry(row: UnitInquiry, *, reason: str, by: Actor | None) -> UnitInquiry:
    """Void an inquiry that was recorded by mistake."""
    return _void(_lock(row), reason, by=by)


@action(label=_("Inquiry ended with the membership"))
def close_inquiry(row: UnitInquiry, end: MembershipEnd) -> None:
    """End an inquiry about a member whose membership ends."""
    _void(_lock(row), str(end.reason.label if end.reason else ""), by=end.by)


def _void(row: UnitInquiry, reason: str, *, by: Actor | None) -> UnitInquiry:
    row.voided = True
    row.save(update_fields=["voided"])
    close_case(row.case, answer=reason, by=by, state=CaseState.VOIDED)
    _record(row, by)
    return row


def _lock(row: UnitInquiry) -> UnitInquiry:
    lock_member(row.member)
    rows = UnitInquiry.objects.select_for_update(of=("self",))
    row = rows.select_related("case__organization", "member").get(pk=row.pk)
    if not row.is_open:
        raise InquiryIsOver(name=row.member.name, unit=row.unit)
    return row


def _record(row: UnitInquiry, by: Actor | None) -> None:
    place = row.case.organization_id
    request_recount([(place, row.answered_on or row.sent_on)])
    names = ("unit", "number", "sent_on", "answer", "answered_on", "said_by")
    after = audit.snapshot(row, *names)
    audit.record(row, by=by, organization_id=place, after=after)
