"""What transfers under way mean for moves, ends and voided entries of members."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.actions import action
from core.actors import Actor
from members.actions.transfer_steps import (
    lock_transfer,
    request_transit_recount,
    save_step,
    void_now,
)
from members.ends.closers import MembershipEnd
from members.enums import TransferState
from members.errors import TransferUnderWay
from members.models import Affiliation, Member, Transfer
from members.notices import notify_voided
from members.transfers.whereabouts import transfer_under_way
from organizations.models import Organization


def refuse_under_way(member: Member) -> None:
    """Refuse a member whose transfer is under way."""
    if (transfer := transfer_under_way(member)) is not None:
        raise TransferUnderWay(name=member.name, state=transfer.get_state_display())


def follow_move(member: Member, to: Organization, *, by: Actor | None) -> None:
    """Let a transfer under way begin where the member moves, within its street."""
    transfer = transfer_under_way(member)
    if transfer is None:
        return
    transfer = lock_transfer(transfer)
    if transfer.issuer is None or not to.path.startswith(transfer.issuer.path):
        raise TransferUnderWay(name=member.name, state=transfer.get_state_display())
    request_transit_recount(transfer)
    save_step(transfer, by, origin=to)


@action(label=_("Transfer voided with the membership"))
def close_transfer(row: Transfer, end: MembershipEnd) -> None:
    """Void the transfer of a member whose membership ends, and tell both ends."""
    why = str(end.reason.label if end.reason else _("Membership ended"))
    notify_voided(void_now(row, by=end.by, reason=why), by=end.by)


def undo_receipt(row: Affiliation, *, by: Actor | None, reason: str) -> None:
    """Void the transfer that ended or began an affiliation which is voided or reopened.

    The member is where the letter began; for another try a new letter is issued.
    """
    moved = Q(released=row) | Q(accepted=row)
    for transfer in Transfer.objects.filter(moved, state=TransferState.RECEIVED):
        void_now(lock_transfer(transfer), by=by, reason=reason)
