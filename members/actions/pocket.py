"""Take up a member whom nobody manages, and settle the matter."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.actions import close_case, open_case
from cases.models import CaseKind
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import today
from members.actions.affiliations import lock_member
from members.ends.closers import MembershipEnd
from members.enums import PocketOutcome, TransferState
from members.errors import (
    IsManaged,
    ManagerMissing,
    NoOpenAffiliation,
    OutcomeNotOnRecord,
    SettledBefore,
)
from members.models import LostContact, Member, PocketMember
from members.unmanaged import find_why

KIND = "pocket_member"


@action(label=_("Member whom nobody manages taken up"))
def take_pocket_member(
    member: Member, *, by: Actor | None, owner: User | None = None
) -> PocketMember:
    """Open the case of a member whom nobody manages; refuse one who is managed."""
    member = lock_member(member)
    found = find_why(member)
    if found is None:
        raise IsManaged(name=member.name)
    place = member.organization or member.community
    if place is None:
        raise NoOpenAffiliation(name=member.name)
    row = PocketMember(member=member, why=found.why, found_on=today())
    row.case = open_case(
        CaseKind.objects.get(code=KIND),
        place,
        title=gettext("Nobody manages: %(name)s") % {"name": member.name},
        by=by,
        owner=owner,
    )
    validate(row)
    row.save()
    _record(row, by)
    return row


@action(label=_("Member whom nobody managed settled"))
def settle_pocket_member(
    row: PocketMember, *, outcome: str, by: Actor | None, note: str = ""
) -> PocketMember:
    """Settle the matter by what is on record; refuse an outcome that is not."""
    row = _lock(row)
    wanted = PocketOutcome(outcome)
    if not PROVED[wanted](row):
        raise OutcomeNotOnRecord(outcome=wanted.label, name=row.member.name)
    if wanted == PocketOutcome.MANAGED and not note.strip():
        raise ManagerMissing
    return _settle(row, wanted, note, by=by)


@action(label=_("Matter ended with the membership"))
def close_pocket_member(row: PocketMember, end: MembershipEnd) -> None:
    """Settle the matter of a member whose membership ends."""
    why = str(end.reason.label if end.reason else "")
    _settle(_lock(row), PocketOutcome.GONE, why, by=end.by)


def _was_transferred(row: PocketMember) -> bool:
    """Whether a receipt came, or the member belongs somewhere since."""
    member, since = row.member, row.found_on
    received = member.transfers.filter(
        state=TransferState.RECEIVED, closed_on__gte=since
    )
    return bool(
        received.exists() or member.affiliations.filter(starts_on__gte=since).exists()
    )


def _is_mobile(row: PocketMember) -> bool:
    """Whether an absence goes on of which the member was in contact since."""
    return bool(row.member.mobile_records.filter(ends_on=None).exists())


def _is_searched(row: PocketMember) -> bool:
    return LostContact.objects.open().filter(member=row.member).exists()


def _has_ended(row: PocketMember) -> bool:
    return row.member.ended_on is not None


def _is_managed(_row: PocketMember) -> bool:
    """Nothing in the records proves it; the note says who does, and the list waits."""
    return True


PROVED: Mapping[PocketOutcome, Callable[[PocketMember], bool]] = {
    PocketOutcome.TRANSFERRED: _was_transferred,
    PocketOutcome.MOBILE: _is_mobile,
    PocketOutcome.LOST: _is_searched,
    PocketOutcome.GONE: _has_ended,
    PocketOutcome.MANAGED: _is_managed,
}


def _lock(row: PocketMember) -> PocketMember:
    lock_member(row.member)
    rows = PocketMember.objects.select_for_update(of=("self",))
    row = rows.select_related("case__organization", "member").get(pk=row.pk)
    if not row.is_open:
        raise SettledBefore(name=row.member.name, outcome=row.get_outcome_display())
    return row


def _settle(
    row: PocketMember, outcome: PocketOutcome, note: str, *, by: Actor | None
) -> PocketMember:
    row.outcome, row.settled_on = outcome, today()
    validate(row)
    row.save(update_fields=["outcome", "settled_on"])
    answer = f"{outcome.label} {note}".strip()
    close_case(row.case, answer=answer, by=by)
    _record(row, by)
    return row


def _record(row: PocketMember, by: Actor | None) -> None:
    audit.record(
        row,
        by=by,
        organization_id=row.case.organization_id,
        after=audit.snapshot(row, "why", "found_on", "outcome", "settled_on"),
    )
