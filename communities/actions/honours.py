"""Record honours of organizations and of members, and void mistakes."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.decision_errors import (
    HonouredElsewhere,
    HonourVoided,
    OpinionAboutAnother,
    OpinionAskedLater,
    OpinionWasWithdrawn,
)
from communities.models import Honour
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.db.querysets import current_on
from core.months import refuse_future_day
from members.models import Member, OpinionRequest
from organizations.actions.refusals import refuse_outside_life
from organizations.models import Organization


@action(label=_("Honour recorded"))
def record_honour(
    honoured: Organization | Member,
    *,
    name: str,
    level: str,
    issuer: str,
    awarded_on: dt.date,
    by: Actor | None,
    document: str = "",
    opinion: OpinionRequest | None = None,
) -> Honour:
    """Record an honour of an organization, or of a member in theirs on that day.

    An organization is honoured while it exists; one that has ended since, too. The
    opinion is one about the same member that was asked for before, and not withdrawn.
    """
    refuse_future_day(awarded_on)
    member = honoured if isinstance(honoured, Member) else None
    organization = (
        honoured
        if isinstance(honoured, Organization)
        else _organization_on(honoured, awarded_on)
    )
    refuse_outside_life(organization, awarded_on)
    honour = Honour(
        organization=organization,
        member=member,
        name=name,
        level=level,
        issuer=issuer,
        document=document,
        awarded_on=awarded_on,
        opinion=opinion,
    )
    if opinion is not None and member is not None:
        _refuse_opinion(opinion, member, awarded_on)
    validate(honour)
    honour.save()
    audit.record(
        honour, by=by, organization_id=organization.pk, after=audit.snapshot(honour)
    )
    return honour


def _refuse_opinion(opinion: OpinionRequest, member: Member, day: dt.date) -> None:
    """Refuse what is no opinion that was asked for before about the member (S0-25)."""
    about = opinion.member
    if about is None or member.pk not in {about.pk, about.merged_into_id}:
        raise OpinionAboutAnother(name=opinion.name)
    if opinion.withdrawn_on is not None:
        raise OpinionWasWithdrawn(day=opinion.withdrawn_on)
    if opinion.case.opened_on > day:
        raise OpinionAskedLater(asked=opinion.case.opened_on, day=day)


def _organization_on(member: Member, day: dt.date) -> Organization:
    """Return where a member belonged on a day, or was checked in; refuse other days."""
    rows = member.affiliations.filter(current_on(day)).select_related("organization")
    if (affiliation := rows.first()) is not None:
        return affiliation.organization
    check_ins = member.check_ins.filter(current_on(day)).select_related("community")
    if (check_in := check_ins.first()) is not None:
        return check_in.community
    raise HonouredElsewhere(name=member.name, day=day)


@action(label=_("Honour voided"))
def void_honour(honour: Honour, *, by: Actor | None, reason: str) -> Honour:
    """Void an honour entered by mistake."""
    rows = Honour.all_objects.select_for_update(of=("self",))
    honour = rows.select_related("organization").get(pk=honour.pk)
    refuse_void_honour(honour)
    honour.save(update_fields=honour.void(reason))
    audit.record_void(
        honour, by=by, organization_id=honour.organization_id, reason=reason
    )
    return honour


def refuse_void_honour(honour: Honour) -> None:
    """Refuse to void an honour twice."""
    if honour.voided_at is not None:
        raise HonourVoided(day=timezone.localdate(honour.voided_at))
