"""Void entries that were made by mistake: the rows stay, and no longer count."""

from typing import TypeVar

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import month_of
from members.actions.absences import request_home_recount
from members.actions.admission import audit_whole
from members.actions.affiliations import clear_end, lock_member
from members.actions.continued import unbroken_rows, void_row
from members.actions.search_place import follow_member
from members.actions.transit import follow_move, refuse_under_way, undo_receipt
from members.ends.closers import MembershipEnd, closers
from members.enums import ENDING_MEMBERSHIP, EndReason, StartReason
from members.errors import LaterEntryFirst, NothingEnded, OnlyEntry, UndoMergeFirst
from members.models import Affiliation, CheckIn, Ending, Member, MobileRecord
from members.querysets import AffiliationQuerySet
from organizations.actions import refuse_ended, request_recount
from organizations.models import Organization
from organizations.queries import counting_month

E = TypeVar("E", Affiliation, CheckIn, MobileRecord)

NOT_RECORDED = gettext_noop("roles, check-ins, claims and the like, if there were any")
"""What an end closed that was recorded before it was written down."""
MOVES = (EndReason.MOVED, EndReason.TRANSFERRED_OUT)


@action(label=_("Member's record voided"))
def void_member(member: Member, *, by: Actor | None, reason: str) -> list[str]:
    """Void the whole record of somebody who was entered by mistake.

    Entries of where the person belonged are voided too, and open rows are closed; the
    identity number can then be entered correctly. Returns what was closed, in words.
    """
    member = lock_member(member)
    if member.merged_records.exists():
        raise UndoMergeFirst(name=member.name)
    organization = member.organization_id or member.community_id
    known = audit_whole(member)
    for affiliation in member.affiliations.select_related("organization"):
        _void_affiliation(affiliation, reason, by=by)
    for check_in in member.check_ins.select_related("community"):
        _void_check_in(check_in, reason)
    for record in member.mobile_records.all():
        _void_absence(member, record, reason)
    day = timezone.localdate()
    counts = closers.close_rows(
        member, MembershipEnd(member, EndReason.WITHDRAWN, day, by)
    )
    member.organization = member.community = None
    columns = [*member.void(reason), "organization", "community"]
    member.save(update_fields=columns)
    audit.record_void(
        member, by=by, organization_id=organization, reason=reason, values=known
    )
    return closers.describe_rows(counts)


@action(label=_("Affiliation voided"))
def void_affiliation(row: Affiliation, *, by: Actor | None, reason: str) -> None:
    """Void the latest affiliation of a member; undo the move that led to it.

    The affiliation from which the member was moved continues, and a transfer under way
    begins there again. One that went on after a voided end is voided with all its rows.
    Refuses affiliations that are not the latest, a member's only entry, and members
    whose transfer under way cannot go back with them.
    """
    member, row = _lock_entry(row)
    rows = list(_affiliations(member))
    unbroken = unbroken_rows(rows[-1])
    if row not in unbroken or rows[-1].ends_on is not None:
        raise LaterEntryFirst(name=member.name)
    if rows == unbroken and not member.check_ins.exists():
        raise OnlyEntry(name=member.name)
    before = affiliation_moved_from(unbroken[0])
    if before is None:
        refuse_under_way(member)
    else:
        follow_move(member, before.organization, by=by)
    for each in unbroken:
        _void_affiliation(each, reason, by=by)
    member.organization = None
    if before is not None:
        member.organization = before.organization
        _reopen(before, reason, by=by)
        follow_member(member, before.organization, by=by)
    member.save(update_fields=["organization"])
    first = unbroken[0]
    _record_void(first, first.organization_id, by=by, reason=reason)


@action(label=_("End of membership voided"))
def void_end(member: Member, *, by: Actor | None, reason: str) -> list[str]:
    """Void the end of a membership that was recorded by mistake.

    The last affiliation continues, or the last check-in of somebody who had none, and
    the account is opened again. Other rows that were closed stay closed, because their
    places may be taken: they are returned, in words.
    """
    member = lock_member(member)
    last = _affiliations(member).last()
    if member.organization_id is not None or (last is None and not member.ended_on):
        raise NothingEnded(name=member.name)
    before = audit.snapshot(member, "ended_on", "end_reason")
    ending = _find_ending(member, last)
    ended_as_guest = member.ended_on and (
        last is None or last.end_reason not in ENDING_MEMBERSHIP
    )
    if member.ended_on is not None:
        clear_end(member, by=by)
    if last is not None and not ended_as_guest:
        _reopen(last, reason, by=by)
        member.organization = last.organization
    else:
        member.community = _reopen_check_in(member)
    member.save(update_fields=["organization", "community"])
    organization = member.organization or member.community
    kept = _void_ending(ending, reason, organization)
    audit.record(
        member,
        by=by,
        organization_id=organization.pk if organization else None,
        before=before,
        reason=reason,
    )
    return kept


def _find_ending(member: Member, last: Affiliation | None) -> Ending:
    """Return the record of an end, or make the one that an older version left out."""
    day, reason = member.ended_on, member.end_reason
    if day is None and last is not None:
        day, reason = last.ends_on, last.end_reason
    assert day is not None  # noqa: S101 -- who has no end is refused before
    found = member.endings.filter(ended_on=day, reason=reason).order_by("pk").last()
    return found or Ending(member=member, ended_on=day, reason=reason)


def _void_ending(
    ending: Ending, reason: str, organization: Organization | None
) -> list[str]:
    """Void the record of an end; return what it closed and is still closed."""
    member = ending.member
    if ending.pk is None:
        ending.organization = organization
        ending.void(reason)
        ending.save()
        closed_all = ending.reason in ENDING_MEMBERSHIP
        return [gettext(NOT_RECORDED)] if closed_all else []
    ending.save(update_fields=ending.void(reason))
    now_open = closers.count_rows(member)
    return closers.describe_rows(
        {
            key: max(0, count - now_open.get(key, 0))
            for key, count in ending.closed.items()
        }
    )


@action(label=_("Check-in voided"))
def void_check_in(row: CheckIn, *, by: Actor | None, reason: str) -> list[str]:
    """Void a check-in that was recorded by mistake; refuse a member's only entry.

    Returns in words what was promised there and is closed.
    """
    member, row = _lock_entry(row)
    others = member.check_ins.exclude(pk=row.pk)
    if not others.exists() and not member.affiliations.exists():
        raise OnlyEntry(name=member.name)
    closed: dict[str, int] = {}
    if row.ends_on is None:
        Member.objects.filter(pk=member.pk).update(community=None)
        end = MembershipEnd(member, None, timezone.localdate(), by)
        closed = closers.close_rows_at(row, end)
    _void_check_in(row, reason)
    _record_void(row, row.community_id, by=by, reason=reason)
    return closers.describe_rows(closed)


@action(label=_("Check-in elsewhere voided"))
def void_moved_check_in(
    row: CheckIn, before: CheckIn, *, by: Actor | None, reason: str
) -> None:
    """Void a check-in that followed another one; that one goes on."""
    member, row = _lock_entry(row)
    _void_check_in(row, reason)
    before.refresh_from_db()
    refuse_ended(before.community)
    before.ends_on, before.end_reason = None, ""
    validate(before)
    before.save(update_fields=["ends_on", "end_reason"])
    Member.objects.filter(pk=member.pk).update(community=before.community)
    request_recount([(before.community_id, row.starts_on)])
    _record_void(row, row.community_id, by=by, reason=reason)


@action(label=_("Absence voided"))
def void_absence(row: MobileRecord, *, by: Actor | None, reason: str) -> None:
    """Void an absence that was recorded by mistake."""
    member, row = _lock_entry(row)
    _void_absence(member, row, reason)
    _record_void(row, member.organization_id, by=by, reason=reason)


def _affiliations(member: Member) -> AffiliationQuerySet:
    rows: AffiliationQuerySet = member.affiliations.select_related("organization")
    return rows.order_by("starts_on", "pk")


def _lock_entry(row: E) -> tuple[Member, E]:
    """Lock an entry and its member; return the present state of both."""
    member = lock_member(row.member)
    rows = type(row)._default_manager.select_for_update(of=("self",))
    return member, rows.get(pk=row.pk)


def _void_affiliation(row: Affiliation, reason: str, *, by: Actor | None) -> None:
    """Void an affiliation; if a closed month counted it, the next is adjusted."""
    undo_receipt(row, by=by, reason=reason)
    void_row(row, reason)


def _void_check_in(row: CheckIn, reason: str) -> None:
    month = counting_month(row.community, row.starts_on)
    row.save(update_fields=row.void_from(month, reason))
    request_recount([(row.community_id, row.starts_on)])


def _void_absence(member: Member, row: MobileRecord, reason: str) -> None:
    month = month_of(row.starts_on)
    if member.organization is not None:
        month = counting_month(member.organization, row.starts_on)
    row.save(update_fields=row.void_from(month, reason))
    request_home_recount(member, row.starts_on)


def affiliation_moved_from(row: Affiliation) -> Affiliation | None:
    """Return the affiliation from which the member was moved to this one, if any."""
    earlier = _affiliations(row.member).filter(starts_on__lt=row.starts_on)
    return earlier.filter(end_reason__in=MOVES, ends_on=row.starts_on).last()


def _reopen(row: Affiliation, reason: str, *, by: Actor | None) -> None:
    """Continue an affiliation that ended by mistake.

    If a closed month has counted the end, a new row continues it from the first open
    month: it is part of that month's adjustment, not one of its gains.
    """
    if row.ends_on is None or row.end_month is None:
        return
    undo_receipt(row, by=by, reason=reason)
    refuse_ended(row.organization)
    month = counting_month(row.organization, row.end_month)
    if month == row.end_month:
        row.ends_on, row.end_month, row.end_reason = None, None, ""
    else:
        row = Affiliation(
            member=row.member,
            organization=row.organization,
            starts_on=row.ends_on,
            start_month=month,
            start_reason=StartReason.CONTINUED,
        )
    validate(row)
    row.save()
    request_recount([(row.organization_id, month)])


def _reopen_check_in(member: Member) -> Organization:
    """Continue the last check-in; return its community."""
    rows = member.check_ins.select_related("community")
    row = rows.order_by("starts_on", "pk").last()
    if row is None:
        raise NothingEnded(name=member.name)
    refuse_ended(row.community)
    row.ends_on, row.end_reason = None, ""
    row.save(update_fields=["ends_on", "end_reason"])
    request_recount([(row.community_id, row.starts_on)])
    return row.community


def _record_void(
    row: E, organization: int | None, *, by: Actor | None, reason: str
) -> None:
    audit.record_void(row, by=by, organization_id=organization, reason=reason)
