"""What transfers under way mean for moves, ends and voided entries of members."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import today
from members.closers import MembershipEnd
from members.enums import TransferState
from members.errors import TransferUnderWay
from members.models import Affiliation, Member, Transfer
from organizations.actions import request_recount
from organizations.models import Organization


def lock_transfer(transfer: Transfer) -> Transfer:
    """Lock the member of a transfer, then the transfer; return its present state.

    Whatever else happens to a member locks them first, too.
    """
    if transfer.member_id is not None:
        Member.all_objects.select_for_update(of=("self",)).get(pk=transfer.member_id)
    rows = Transfer.objects.select_for_update(of=("self",)).select_related(
        "member", "origin", "issuer", "addressee", "destination", "branch"
    )
    return rows.get(pk=transfer.pk)


def under_way_for(member: Member) -> Transfer | None:
    """Return the transfer of a member that is under way, if there is one."""
    return Transfer.objects.under_way().filter(member=member.pk).first()


def refuse_under_way(member: Member) -> None:
    """Refuse a member whose transfer is under way."""
    if (transfer := under_way_for(member)) is not None:
        raise TransferUnderWay(name=member.name, state=transfer.get_state_display())


def follow_move(member: Member, to: Organization) -> None:
    """Let a transfer under way begin where the member moves, within its street."""
    transfer = under_way_for(member)
    if transfer is None:
        return
    transfer = lock_transfer(transfer)
    if transfer.issuer is None or not to.path.startswith(transfer.issuer.path):
        raise TransferUnderWay(name=member.name, state=transfer.get_state_display())
    request_transit_recount(transfer)
    transfer.origin = to
    transfer.save(update_fields=["origin"])
    request_transit_recount(transfer)


def request_transit_recount(transfer: Transfer) -> None:
    """Request a recount of the transfers in transit from their place of origin."""
    if transfer.origin_id is not None:
        request_recount([(transfer.origin_id, transfer.issued_on or today())])


def save_step(transfer: Transfer, by: Actor | None, **new: Any) -> Transfer:
    """Write the columns of a step of a transfer, and record it.

    A step without a place of origin is recorded where the letter went.
    """
    before: Mapping[str, Any] = audit.snapshot(transfer, *new)
    for name, value in new.items():
        setattr(transfer, name, value)
    validate(transfer)
    transfer.save(update_fields=[*new])
    request_transit_recount(transfer)
    audit.record(
        transfer,
        by=by,
        organization_id=transfer.origin_id or transfer.destination_id,
        before=before,
        after=audit.snapshot(transfer, *new),
        reason=new.get("reason", ""),
    )
    return transfer


@action(label=_("Transfer voided"))
def close_transfer(row: Transfer, end: MembershipEnd) -> None:
    """Void the transfer of a member whose membership ends."""
    why = str(end.reason.label if end.reason else _("Membership ended"))
    void_now(row, by=end.by, reason=why)


def void_now(transfer: Transfer, *, by: Actor | None, reason: str) -> Transfer:
    """Void a transfer today, whatever has come of it."""
    return save_step(
        transfer,
        by,
        state=TransferState.VOIDED,
        closed_on=today(),
        closed_by=by,
        reason=reason,
        released=None,
        accepted=None,
    )


def undo_receipt(row: Affiliation, *, by: Actor | None, reason: str) -> None:
    """Void the transfer that ended or began an affiliation which is voided or reopened.

    The member is where the letter began; for another try a new letter is issued.
    """
    moved = Q(released=row) | Q(accepted=row)
    for transfer in Transfer.objects.filter(moved, state=TransferState.RECEIVED):
        void_now(lock_transfer(transfer), by=by, reason=reason)
