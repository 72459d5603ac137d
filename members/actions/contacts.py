"""Record contacts with members, most of whom are away."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import refuse_future_day, today
from members.actions.affiliations import lock_member
from members.actions.lost_contacts import record_contact
from members.actions.membership_bounds import (
    refuse_before_membership,
    refuse_ended_membership,
)
from members.enums import ContactWay, LostState
from members.errors import NoOpenAffiliation
from members.lost_contacts.marks import search_for
from members.models import Member, MemberContact
from organizations.actions import request_recount
from organizations.queries import counting_month


@action(label=_("Contact with a member recorded"))
def log_contact(
    member: Member,
    *,
    way: str,
    by: Actor | None,
    on: dt.date | None = None,
    note: str = "",
    is_report: bool = False,
) -> MemberContact:
    """Record that somebody was in touch with a member, on a day that has come.

    With `is_report` the member reported to the branch on the past year (R-19).

    A later contact than the last one known ends the search for a lost member, whose
    day of losing contact stays (R-23). A suspension is lifted by a decision alone.
    """
    member, day = lock_member(member), on or today()
    refuse_ended_membership(member)
    refuse_future_day(day)
    refuse_before_membership(member, day)
    place = member.organization
    if place is None:
        raise NoOpenAffiliation(name=member.name)
    row = MemberContact(
        member=member,
        organization=place,
        made_on=day,
        way=ContactWay(way),
        note=note,
        is_report=is_report,
        month=counting_month(place, day),
    )
    validate(row)
    row.save()
    request_recount([(place.pk, day)])
    audit.record(
        row,
        by=by,
        organization_id=place.pk,
        after=audit.snapshot(row, "made_on", "way", "is_report", "note"),
    )
    _end_search(member, day, row, by=by)
    return row


def _end_search(
    member: Member, day: dt.date, row: MemberContact, *, by: Actor | None
) -> None:
    search = search_for(member)
    if search is None or search.state != LostState.SEARCHING:
        return
    if day > search.lost_on:
        record_contact(search, on=day, by=by, note=row.get_way_display())


@action(label=_("Contact with a member voided"))
def void_contact(row: MemberContact, *, reason: str, by: Actor | None) -> None:
    """Void a contact that was recorded by mistake; a search it ended stays ended."""
    lock_member(row.member)
    rows = MemberContact.objects.select_for_update(of=("self",))
    row = rows.select_related("organization").get(pk=row.pk)
    known = audit.snapshot(row, "made_on", "way", "note")
    month = counting_month(row.organization, row.made_on)
    row.save(update_fields=row.void_from(month, reason))
    request_recount([(row.organization_id, row.made_on)])
    audit.record_void(
        row, by=by, organization_id=row.organization_id, reason=reason, values=known
    )
