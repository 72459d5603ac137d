"""Choices of members and their membership."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Sex(TextChoices):
    """GB/T 2261.1."""

    MALE = "1", _("male")
    FEMALE = "2", _("female")


class Standing(TextChoices):
    """Whether a member votes: probationary members vote on nothing (R-45)."""

    FULL = "full", _("Full member")
    PROBATIONARY = "probationary", _("Probationary member")


class Category(TextChoices):
    """How a community cares for a member."""

    RESIDENT = "resident", _("Resident member")
    RETIRED = "retired", _("Retired member")
    IN_SERVICE = "in_service", _("In-service member")
    MOBILE = "mobile", _("Mobile member")
    AWAITING = "awaiting_placement", _("Member awaiting placement")


GUESTS = (Category.IN_SERVICE, Category.MOBILE)
"""The categories of members who may belong to no organization here (R-20, R-28)."""


class Precision(TextChoices):
    """How exactly a date is known; coarser dates are stored as their first day."""

    DAY = "day", _("to the day")
    MONTH = "month", _("to the month")
    YEAR = "year", _("to the year")


PRECISION_OF = {
    "join_date": "join_precision",
    "full_member_date": "full_member_precision",
}
"""The columns of dates, with those that say how exactly the date is known."""


class StartReason(TextChoices):
    """Why a formal affiliation began."""

    DEVELOPED = "developed", _("Newly admitted to the Party")
    TRANSFERRED_IN = "transferred_in", _("Transferred in")
    RECORDED = "recorded", _("Recorded afterwards")
    RESTORED = "restored", _("Membership restored")
    MOVED = "moved", _("Moved between branches of one community")
    CONTINUED = "continued", _("Continued, the end was recorded by mistake")


# Beginnings that only the program records: no gain of a month.
NOT_GAINED = frozenset({StartReason.MOVED, StartReason.CONTINUED})


class EndReason(TextChoices):
    """Why a formal affiliation ended."""

    TRANSFERRED_OUT = "transferred_out", _("Transferred out")
    DIED = "died", _("Deceased")
    STRUCK_OFF = "struck_off", _("Struck off the rolls")
    EXPELLED = "expelled", _("Expelled")
    WITHDRAWN = "withdrawn", _("Recorded by mistake")
    MOVED = "moved", _("Moved between branches of one community")


# The reasons for which somebody whose membership ended may return: after a death only
# voiding that entry as a mistake reopens the record.
REASONS_TO_RETURN: Mapping[EndReason, frozenset[StartReason]] = {
    EndReason.STRUCK_OFF: frozenset({StartReason.RESTORED, StartReason.DEVELOPED}),
    EndReason.EXPELLED: frozenset({StartReason.RESTORED, StartReason.DEVELOPED}),
    EndReason.WITHDRAWN: frozenset({*StartReason} - NOT_GAINED),
}


class LeaveReason(TextChoices):
    """Why a record keeper ended a check-in; members who leave themselves give none."""

    MOVED_AWAY = "moved_away", _("Moved away")
    DIED = "died", _("Deceased")
    OUT_OF_SERVICE = "out_of_service", _("No longer an in-service member")
    MISTAKEN = "mistaken", _("Recorded by mistake")
    MEMBERSHIP_ENDED = "membership_ended", _("Membership ended")


GAINS = (StartReason.RECORDED, StartReason.RESTORED)
ENDING_MEMBERSHIP = (
    EndReason.DIED,
    EndReason.STRUCK_OFF,
    EndReason.EXPELLED,
    EndReason.WITHDRAWN,
)
LOSSES = (EndReason.STRUCK_OFF, EndReason.EXPELLED, EndReason.WITHDRAWN)


class MobileKind(TextChoices):
    """The five kinds of mobile member (S2-38 … S2-42)."""

    WORKING_AWAY = "working_away", _("Working or trading elsewhere")
    MOVED_HOME = "moved_home", _("Moved home without transfer")
    RE_EMPLOYED = "re_employed", _("Employed again after retiring")
    AWAITING = "awaiting", _("Graduate or veteran awaiting placement")
    TALENT = "talent", _("Mobile professional")


class Absence(TextChoices):
    """Which absent members a list shows."""

    AWAY = "away", _("Away without a transfer")
    TRANSFER_DUE = "transfer_due", _("Away so long that a transfer is due")


class Direction(TextChoices):
    """Which way somebody goes, seen from here; worded for mobile members."""

    OUT = "out", _("gone away from here")
    IN = "in", _("come here from elsewhere")


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
    TransferStep.PRINT_LETTER: (TransferState.ISSUED,),
    TransferStep.PRINT_RECEIPT: (TransferState.RECEIVED,),
    TransferStep.REISSUE_LETTER: (TransferState.ISSUED, TransferState.EXPIRED),
    TransferStep.REFUSE: (TransferState.ISSUED,),
    TransferStep.VOID: UNDER_WAY,
}


class Stage(TextChoices):
    """Which transfers a list shows."""

    PROPOSED = "proposed", _("Letter to be issued")
    IN_TRANSIT = "in_transit", _("In transit")
    ARRIVED = "arrived", _("Arrived, to be received")
    RUNNING_OUT = "running_out", _("Running out within ten days")
    EXPIRED = "expired", _("Expired and not settled")
    WITHOUT_RECEIPT = "without_receipt", _("Without receipt")
    RECEIVED = "received", pgettext_lazy("transfer", "Received")
    REFUSED = "refused", pgettext_lazy("transfer", "Refused")
    VOIDED = "voided", _("Transfer voided")


# Which way a transfer goes, seen from the reader's area.
TRANSFER_DIRECTIONS = ((Direction.OUT, _("From here")), (Direction.IN, _("To here")))
RUNNING_OUT_DAYS = 10


class LostState(TextChoices):
    """How far the search for a member without contact has come (R-22, R-24)."""

    SEARCHING = "searching", _("Being searched for")
    SUSPENDED = "suspended", _("Membership suspended")
    FOUND = "found", _("In contact again")
    REMOVED = "removed", _("Removed as having left")
    CANCELLED = "cancelled", _("Probationary membership cancelled")
    CLOSED = "closed", _("Closed, the membership ended otherwise")
    VOIDED = "voided", _("Recorded by mistake")


BEING_SEARCHED = (LostState.SEARCHING, LostState.SUSPENDED)
MONTHS_UNTIL_SUSPENSION = 6
MONTHS_UNTIL_REMOVAL = 24


class Likeness(TextChoices):
    """What two records have in common that may be one person's."""

    NAME = "name", pgettext_lazy("in common", "Name")
    NUMBER = (
        "number",
        _("Identity number but for one digit, or two that changed places"),
    )
    BIRTH = "birth", pgettext_lazy("in common", "Birth date")
    JOINED = "joined", pgettext_lazy("in common", "Day of joining the Party")
    PHONE = "phone", pgettext_lazy("in common", "Mobile phone")


class PairState(TextChoices):
    """What was decided about two records that may be one person's."""

    OPEN = "open", _("To be decided")
    APART = "apart", _("Two people")
    MERGED = "merged", _("One person, merged")
