"""Ask a place for its opinion about somebody, answer, and withdraw (S0-25, S4-24)."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.actions import close_case, open_case
from cases.enums import CaseState
from cases.models import CaseKind
from core import audit
from core.actions import action
from core.actors import Actor, scope_of
from core.db.constraints import validate
from core.months import refuse_future_day, today
from members.actions.affiliations import lock_member
from members.actions.membership_bounds import refuse_ended_membership
from members.actions.own_matters import refuse_own_matter
from members.ends.closers import MembershipEnd
from members.enums import Opinion
from members.errors import (
    AskerIsAsked,
    DueBeforeToday,
    NobodyToAsk,
    OpinionIsOver,
    OwnMatter,
    WrongPlaceAsked,
)
from members.models import Member, OpinionRequest
from members.opinions.facts import describe_facts
from members.opinions.notices import notify_opinion_asked, notify_opinion_over
from organizations.enums import FILING, STREET_TIER
from organizations.models import Organization, Unit
from organizations.queries import filing_organization, street_above
from organizations.roles import Role
from organizations.unit_closers import UnitEnd

ASKED = ("asker", "question", "number", "position", "workplace")
ANSWER = ("opinion", "reasons", "reply_number", "answered_on")


@dataclass(frozen=True, slots=True)
class PersonNamed:
    """Somebody named in words, who may be no member here (S4-24)."""

    name: str
    position: str = ""
    workplace: str = ""


def place_to_ask(member: Member, kind: CaseKind) -> Organization:
    """Return who is asked about a member: where they checked in, or belong.

    Kinds for streets ask the street above that. Refuses members of whom no place here
    could know anything.
    """
    place = member.community
    if place is None and member.organization is not None:
        place = filing_organization(member.organization)
    if place is not None and kind.role == Role.STREET_STAFF:
        place = street_above(place)
    if place is None or not _is_asked_by(kind, place):
        raise NobodyToAsk(name=member.name)
    return place


def _is_asked_by(kind: CaseKind, place: Organization) -> bool:
    tier = STREET_TIER if kind.role == Role.STREET_STAFF else FILING
    return place.kind in tier


@action(label=_("Opinion asked for"))
def ask_opinion(
    about: Member | PersonNamed,
    kind: CaseKind,
    *,
    question: str,
    by: Actor | None,
    place: Organization | None = None,
    unit: Unit | None = None,
    organization: Organization | None = None,
    asker: str = "",
    number: str = "",
    due_on: dt.date | None = None,
    on: dt.date | None = None,
) -> OpinionRequest:
    """Ask a place for its opinion; the answer is due after the kind's working days.

    About a member the community is asked where they are checked in, about somebody
    named in words the given place. A unit asks, a Party organization, or whoever wrote
    the letter (`asker`). No organization asks itself.
    """
    refuse_future_day(on or today())
    if due_on is not None and due_on < today():
        raise DueBeforeToday(day=due_on)
    row = OpinionRequest(
        unit=unit,
        organization=organization,
        asker=_name_of_asker(unit, organization, asker),
        number=number,
        question=question,
        asked_by_id=by.pk if by is not None else None,
    )
    if isinstance(about, Member):
        row.member = lock_member(about)
        refuse_ended_membership(row.member)
        asked = place_to_ask(row.member, kind)
    else:
        row.person, row.position = about.name, about.position
        row.workplace = about.workplace
        if place is None or not _is_asked_by(kind, place):
            raise WrongPlaceAsked(place=place or "—", kind=kind.name)
        asked = place
    if organization is not None and organization.pk == asked.pk:
        raise AskerIsAsked(place=asked.name)
    title = gettext("%(kind)s: %(name)s") % {"kind": kind.name, "name": row.name}
    row.case = open_case(kind, asked, title=title[:80], by=by, due_on=due_on, on=on)
    validate(row)
    row.save()
    notify_opinion_asked(row, by=by)
    _record(row, by, *ASKED)
    return row


def _name_of_asker(
    unit: Unit | None, organization: Organization | None, asker: str
) -> str:
    if unit is not None:
        return unit.name[:80]
    if organization is not None:
        return organization.name[:80]
    return asker


@action(label=_("Opinion given"))
def answer_opinion(
    row: OpinionRequest,
    *,
    opinion: str,
    reasons: str,
    by: Actor | None,
    reply_number: str = "",
) -> OpinionRequest:
    """Give the opinion of the place, with what is on record of the member today.

    Check-in, service and pledges are copied, so that the answer says later what it
    rested on. An answer after the day it was due is kept, and shown as late. Nobody
    answers about themselves, or what their own unit asks.
    """
    row, day = _lock(row), today()
    refuse_own_matter(row.member, by)
    if by is not None and row.unit_id in scope_of(by).units():
        raise OwnMatter(name=row.name)
    row.opinion, row.reasons = Opinion(opinion), reasons
    row.reply_number, row.answered_on = reply_number, day
    row.answered_by_id = by.pk if by is not None else None
    if row.member_id is not None:
        row.facts = describe_facts([row.member_id], day)[row.member_id]
    validate(row)
    row.save(update_fields=[*ANSWER, "answered_by", "facts"])
    words = f"{row.get_opinion_display()}: {reasons}"[:300]
    close_case(row.case, answer=words, by=by)
    notify_opinion_over(row, by=by)
    _record(row, by, *ANSWER)
    return row


@action(label=_("Question for an opinion withdrawn"))
def withdraw_opinion(
    row: OpinionRequest, *, reason: str, by: Actor | None
) -> OpinionRequest:
    """Withdraw a question that is not answered yet; it stays on record with why."""
    return _withdraw(_lock(row), reason, by=by)


@action(label=_("Question for an opinion ended with the membership"))
def close_opinion(row: OpinionRequest, end: MembershipEnd) -> None:
    """Withdraw a question about a member whose membership ends."""
    reason = end.reason.label if end.reason else _("The membership has ended")
    _withdraw(_lock(row), str(reason), by=end.by)


@action(label=_("Question for an opinion ended with the unit"))
def close_opinion_of_unit(row: OpinionRequest, end: UnitEnd) -> None:
    """Withdraw what a unit asked that leaves the register."""
    _withdraw(_lock(row), end.reason, by=end.by)


def _withdraw(row: OpinionRequest, reason: str, *, by: Actor | None) -> OpinionRequest:
    row.withdrawn_on = today()
    validate(row)
    row.save(update_fields=["withdrawn_on"])
    close_case(row.case, answer=reason, by=by, state=CaseState.VOIDED)
    notify_opinion_over(row, by=by)
    _record(row, by, "withdrawn_on")
    return row


def _lock(row: OpinionRequest) -> OpinionRequest:
    rows = OpinionRequest.objects.select_for_update(of=("self",))
    related = ("case__organization", "case__kind", "member", "unit", "organization")
    row = rows.select_related(*related).get(pk=row.pk)
    if not row.is_open:
        raise OpinionIsOver(name=row.name)
    return row


def _record(row: OpinionRequest, by: Actor | None, *names: str) -> None:
    place = row.case.organization_id
    after = audit.snapshot(row, *names)
    audit.record(row, by=by, organization_id=place, after=after)
