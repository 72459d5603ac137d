"""Actions on transfers by letter, from the proposal to the receipt."""

from members.actions.transfers.letters import (
    expire_letters,
    issue_letter,
    issue_letters,
    record_letter,
    record_letters,
    reissue_letter,
)
from members.actions.transfers.proposals import (
    hand_on_transfer,
    let_transfer_rest,
    propose_transfer,
    void_transfer,
)
from members.actions.transfers.receipts import (
    AdmissionByLetter,
    admit_by_letters,
    admit_transferred,
    confirm_arrival,
    receive_transfer,
    record_receipt,
    refuse_transfer,
)

__all__ = [
    "AdmissionByLetter",
    "admit_by_letters",
    "admit_transferred",
    "confirm_arrival",
    "expire_letters",
    "hand_on_transfer",
    "issue_letter",
    "issue_letters",
    "let_transfer_rest",
    "propose_transfer",
    "receive_transfer",
    "record_letter",
    "record_letters",
    "record_receipt",
    "refuse_transfer",
    "reissue_letter",
    "void_transfer",
]
