"""What the steps of a transfer have in common."""

from core import audit
from core.actors import Actor
from core.db.constraints import validate
from members.actions.transit import lock_transfer, request_transit_recount
from members.enums import TransferState
from members.errors import TransferMovedOn
from members.models import Transfer

AUDITED_FIELDS = (
    "kind",
    "state",
    "member",
    "cause",
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


def lock_in_state(transfer: Transfer, *states: TransferState) -> Transfer:
    """Lock a transfer that is in one of the states, or refuse."""
    transfer = lock_transfer(transfer)
    refuse_moved_on(transfer, *states)
    return transfer


def refuse_moved_on(transfer: Transfer, *states: TransferState) -> None:
    """Refuse a transfer that is in none of the states."""
    if transfer.state not in states:
        raise TransferMovedOn(state=transfer.get_state_display())


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
