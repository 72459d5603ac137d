"""Choices of transfers by letter."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members.enums.checkins import Direction


class TransferKind(TextChoices):
    """Between which places an affiliation is transferred by letter."""

    WITHIN = "within", _("Within the city")
    OUT = "out", _("To a place outside the city")
    IN = "in", _("From a place outside the city")


class TransferState(TextChoices):
    """How far the transfer of an affiliation has come."""

    PROPOSED = "proposed", _("Letter to be issued")
    ISSUED = "issued", _("In transit")
    RECEIVED = "received", pgettext_lazy("transfer", "Received")
    REFUSED = "refused", pgettext_lazy("transfer", "Refused")
    EXPIRED = "expired", _("Letter expired")
    VOIDED = "voided", _("Transfer voided")


UNDER_WAY = (TransferState.PROPOSED, TransferState.ISSUED)
RECEIVABLE = (TransferState.ISSUED, TransferState.EXPIRED)
"""A receipt may come back late; the day it names decides whether it holds."""


ONCE_ISSUED = (*RECEIVABLE, TransferState.RECEIVED, TransferState.REFUSED)
"""The letter was handed out and is not void: it is printed again for the file."""


class TransferStep(TextChoices):
    """A step of a transfer, by the name of its page, in the order of the buttons."""

    ISSUE_LETTER = "issue_letter", _("Issue the letter")
    CONFIRM_ARRIVAL = "confirm_arrival", _("Confirm the arrival")
    RECEIVE = "receive_transfer", _("Receive")
    RECORD_RECEIPT = "record_receipt", _("Record the receipt")
    ADMIT = "admit_transferred", _("Enter the member")
    HAND_ON = "hand_on_transfer", _("Hand on to a community")
    PRINT_LETTER = "print_letter", _("Print the letter")
    PRINT_RECEIPT = "print_receipt", _("Print the receipt")
    REISSUE_LETTER = "reissue_letter", _("Issue the letter anew")
    REFUSE = "refuse_transfer", _("Refuse the transfer")
    VOID = "void_transfer", _("Void the transfer")
    LET_REST = "let_transfer_rest", _("Do not transfer any more")

    @property
    def states(self) -> tuple[TransferState, ...]:
        """The states in which the step is taken; its page and its action read them."""
        return STATES_OF_STEP[self]


STATES_OF_STEP: Mapping[TransferStep, tuple[TransferState, ...]] = {
    TransferStep.ISSUE_LETTER: (TransferState.PROPOSED,),
    TransferStep.CONFIRM_ARRIVAL: (TransferState.ISSUED,),
    TransferStep.RECEIVE: RECEIVABLE,
    TransferStep.RECORD_RECEIPT: RECEIVABLE,
    TransferStep.ADMIT: (TransferState.ISSUED,),
    TransferStep.HAND_ON: (TransferState.ISSUED,),
    TransferStep.PRINT_LETTER: ONCE_ISSUED,
    TransferStep.PRINT_RECEIPT: (TransferState.RECEIVED,),
    TransferStep.REISSUE_LETTER: (TransferState.ISSUED, TransferState.EXPIRED),
    TransferStep.REFUSE: (TransferState.ISSUED,),
    TransferStep.VOID: UNDER_WAY,
    TransferStep.LET_REST: (TransferState.REFUSED,),
}


class Stage(TextChoices):
    """Which transfers a list shows."""

    PROPOSED = "proposed", _("Letter to be issued")
    IN_TRANSIT = "in_transit", _("In transit")
    ARRIVED = "arrived", _("Arrived, to be received")
    RUNNING_OUT = "running_out", _("Running out within ten days")
    EXPIRED = "expired", _("Expired and not settled")
    CAME_BACK = "came_back", _("Refused and not settled")
    WITHOUT_RECEIPT = "without_receipt", _("Without receipt")
    RECEIVED = "received", pgettext_lazy("transfer", "Received")
    REFUSED = "refused", pgettext_lazy("transfer", "Refused")
    VOIDED = "voided", _("Transfer voided")


# Which way a transfer goes, seen from the reader's area.
TRANSFER_DIRECTIONS = ((Direction.OUT, _("From here")), (Direction.IN, _("To here")))
RUNNING_OUT_DAYS = 10
