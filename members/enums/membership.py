"""Choices of members and their membership."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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


GAINS = (StartReason.RECORDED, StartReason.RESTORED)
ENDING_MEMBERSHIP = (
    EndReason.DIED,
    EndReason.STRUCK_OFF,
    EndReason.EXPELLED,
    EndReason.WITHDRAWN,
)
LOSSES = (EndReason.STRUCK_OFF, EndReason.EXPELLED, EndReason.WITHDRAWN)
