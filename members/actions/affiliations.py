"""Begin and end formal affiliations, and with them memberships."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import refuse_future_day, today
from members.actions.admission import approval_day
from members.actions.closing import lock_account, reopen_account
from members.actions.continued import make_room_to_end, restate_end
from members.actions.membership_bounds import (
    refuse_before_membership,
    refuse_ended_membership,
    refuse_place_without_members,
)
from members.actions.transit import refuse_under_way
from members.ends.closers import Departure, MembershipEnd, closers
from members.enums import ENDING_MEMBERSHIP, EndReason, StartReason
from members.errors import (
    AffiliatedElsewhere,
    NoOpenAffiliation,
    NotWhileAffiliated,
)
from members.lost_contacts.marks import refuse_suspended
from members.models import Affiliation, CheckIn, Ending, Member
from members.querysets import AffiliationQuerySet
from organizations.actions import refuse_ended, request_recount
from organizations.models import Organization
from organizations.queries import counting_month


def lock_member(member: Member) -> Member:
    """Lock a member's row and return its present state."""
    return Member.objects.select_for_update(of=("self",)).get(pk=member.pk)


def _open_affiliation(member: Member) -> Affiliation | None:
    rows: AffiliationQuerySet = member.affiliations.open()
    return rows.select_related("organization").first()


def lock_with_affiliation(member: Member) -> tuple[Member, Affiliation]:
    """Lock a member; return them with their open affiliation, or refuse."""
    member = lock_member(member)
    affiliation = _open_affiliation(member)
    if affiliation is None:
        raise NoOpenAffiliation(name=member.name)
    return member, affiliation


def end_affiliation(
    affiliation: Affiliation, *, day: dt.date, month: dt.date, reason: EndReason
) -> None:
    """End an affiliation on a day that counts in the month, or refuse the day."""
    refuse_future_day(day)
    if day <= affiliation.starts_on:
        make_room_to_end(affiliation, day)
    affiliation.ends_on = day
    affiliation.end_month = max(month, affiliation.start_month)
    affiliation.end_reason = reason
    affiliation.save(update_fields=["ends_on", "end_month", "end_reason"])
    request_recount([(affiliation.organization_id, affiliation.end_month)])


@action(label=_("Membership ended here"))
def end_membership(
    member: Member,
    *,
    reason: EndReason,
    by: Actor | None,
    on: dt.date | None = None,
    note: str = "",
) -> list[str]:
    """End the formal affiliation; the member stays on record (R-27).

    Death, expulsion and the like end the membership itself. Everything that is open
    for the member is then closed as well, and with it the check-in of an in-service
    member who belongs nowhere here (`members.ends.closers`). An end that a closed month
    counted before it was voided is not counted twice. Returns what was closed, in
    words. Refuses members who neither belong nor are checked in anywhere, those whose
    transfer is under way and suspended ones, unless the membership itself ends, days to
    come, and days not after the beginning of the affiliation.
    """
    day = on or today()
    reason = EndReason(reason)  # the admin sends its value
    member = lock_member(member)
    affiliation = _open_affiliation(member)
    ends_membership = reason in ENDING_MEMBERSHIP
    if ends_membership:
        lock_account(member)
    if affiliation is None and not (ends_membership and member.community_id):
        raise NoOpenAffiliation(name=member.name)
    if not ends_membership:
        refuse_under_way(member)
        refuse_suspended(member)
    refuse_future_day(day)
    before = audit.snapshot(member, "organization", "community")
    organization = member.organization or member.community
    organization_id = organization.pk if organization else None
    if affiliation is not None and not restate_end(affiliation, day=day, reason=reason):
        month = counting_month(affiliation.organization, day)
        end_affiliation(affiliation, day=day, month=month, reason=reason)
    closed = _close_rows(MembershipEnd(member, reason, day, by))
    Ending.objects.create(
        member=member,
        organization_id=organization_id,
        ended_on=day,
        reason=reason,
        closed=closed,
    )
    member.organization = None
    columns = ["organization"]
    if ends_membership:
        member.community, member.ended_on, member.end_reason = None, day, reason
        columns += ["community", "ended_on", "end_reason"]
    member.save(update_fields=columns)
    audit.record(
        member,
        by=by,
        organization_id=organization_id,
        before=before,
        after={"ends_on": str(day), "end_reason": reason},
        reason=note,
    )
    return closers.describe_rows(closed)


def record_death(
    row: CheckIn, *, by: Actor | None, on: dt.date | None = None
) -> list[str]:
    """Record the death of a member who is only checked in; return what was closed.

    Refuses members who belong to an organization, because that organization records the
    death.
    """
    if row.member.organization is not None:
        raise AffiliatedElsewhere(
            name=row.member.name, organization=row.member.organization.name
        )
    return end_membership(row.member, reason=EndReason.DIED, by=by, on=on)


def _close_rows(end: MembershipEnd) -> dict[str, int]:
    """Close what is open: all if the membership ends, else what hangs on the place."""
    if end.reason in ENDING_MEMBERSHIP:
        return closers.close_rows(end.member, end)
    left = end.member.organization
    return closers.close_rows_left(Departure(end.member, left), end) if left else {}


@action(label=_("Affiliation begun"))
def affiliate_member(
    member: Member,
    to: Organization,
    *,
    reason: StartReason,
    by: Actor | None,
    on: dt.date | None = None,
    approved_on: dt.date | None = None,
) -> Member:
    """Affiliate a member who has no formal affiliation with an organization.

    Somebody whose membership ended comes back only for a reason that ends allow
    (`REASONS_TO_RETURN`); their account is then opened again. Refuses members who have
    an affiliation, days to come or before joining the Party, ended organizations, and
    those that hold no members.
    """
    refuse_place_without_members(to)
    member = lock_member(member)
    if member.organization_id is not None:
        raise NotWhileAffiliated(name=member.name)
    refuse_ended_membership(member, reason=reason)
    if member.ended_on is not None:
        clear_end(member, by=by)
    day = on or today()
    approved_on = approval_day(reason, day, approved_on)
    start_affiliation(
        member,
        to,
        day=day,
        month=counting_month(to, approved_on or day),
        reason=reason,
        approved_on=approved_on,
    )
    audit.record(
        member,
        by=by,
        organization_id=to.pk,
        after={"organization": to.pk, "start_reason": reason},
    )
    return member


def clear_end(member: Member, *, by: Actor | None) -> None:
    """Undo the end of a membership; the account is opened again."""
    member.ended_on, member.end_reason = None, ""
    member.save(update_fields=["ended_on", "end_reason"])
    reopen_account(member, by=by)


def start_affiliation(
    member: Member,
    to: Organization,
    *,
    day: dt.date,
    month: dt.date,
    reason: StartReason,
    approved_on: dt.date | None = None,
) -> Affiliation:
    """Start an affiliation on a day that counts in the month, or refuse it."""
    refuse_ended(to)
    for each in (day, approved_on or day):
        refuse_future_day(each)
    refuse_before_membership(member, day)
    new = Affiliation(
        member=member,
        organization=to,
        starts_on=day,
        start_month=month,
        start_reason=reason,
        approved_on=approved_on,
    )
    validate(new)
    new.save()
    member.organization = to
    member.save(update_fields=["organization"])
    request_recount([(to.pk, new.start_month)])
    return new
