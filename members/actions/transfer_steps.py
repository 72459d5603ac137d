"""What the steps of a transfer have in common: locking, checking and writing it."""

from collections.abc import Mapping
from typing import Any

from core import audit
from core.actors import Actor
from core.db.constraints import validate
from core.months import today
from members.enums import TransferState, TransferStep
from members.errors import TransferMovedOn
from members.models import Member, Transfer
from organizations.actions import request_recount

AUDITED_FIELDS = (
    "kind",
    "state",
    "member",
    "cause",
    "former_unit",
    "origin",
    "issuer",
    "from_text",
    "addressee",
    "destination",
    "to_text",
    "wish",
    "dues_month",
    "year",
    "serial",
    "foreign_number",
    "issued_on",
    "valid_days",
    "replaces",
)


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


def lock_for_step(transfer: Transfer, step: TransferStep) -> Transfer:
    """Lock a transfer that has come to a step, or refuse."""
    transfer = lock_transfer(transfer)
    if not transfer.has_come_to(step):
        raise TransferMovedOn(state=transfer.get_state_display())
    return transfer


def request_transit_recount(transfer: Transfer) -> None:
    """Request a recount of the transfers in transit from their place of origin."""
    if transfer.origin_id is not None:
        request_recount([(transfer.origin_id, transfer.issued_on or today())])


def begin_transfer(transfer: Transfer, *, by: Actor | None) -> Transfer:
    """Write a new transfer, and record it where it comes from or goes to."""
    validate(transfer)
    transfer.save()
    request_transit_recount(transfer)
    audit.record(
        transfer,
        by=by,
        organization_id=transfer.origin_id or transfer.destination_id,
        after=audit.snapshot(transfer, *AUDITED_FIELDS),
    )
    return transfer


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
