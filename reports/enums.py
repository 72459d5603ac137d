"""Closed lists of returns."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReturnState(TextChoices):
    """The state of a monthly return."""

    DRAFT = "draft", _("Being filled in")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned for correction")
    ACCEPTED = "accepted", _("Accepted")


OPEN_STATES = (ReturnState.DRAFT, ReturnState.RETURNED)


class CellContent(TextChoices):
    """What a cell of a superior's form is filled with."""

    FIGURE = "figure", _("A number that the system counts")
    PLACE = "place", _("The full name of the place")
    MONTH = "month", _("The month")
    PREPARER = "preparer", _("Who fills it in")
    DAY = "day", _("The day on which it is filled in")
    TEXT = "text", _("A text that is always the same")


class CellPeriod(TextChoices):
    """The time that a number of a superior's form is of."""

    MONTH = "month", _("the month itself")
    LAST_MONTH = "last_month", _("the month before")
    YEAR_AGO = "year_ago", _("the same month a year earlier")
    QUARTER = "quarter", _("the quarter so far, added up")
    YEAR = "year", _("the year so far, added up")


ADDED_UP = (CellPeriod.QUARTER, CellPeriod.YEAR)


class CellOutcome(TextChoices):
    """What came of a cell of a superior's form."""

    FILLED = "filled", _("filled in")
    ZERO = "zero", _("filled in: 0")
    NONE = "none", _("left blank: nothing is recorded")
    NOT_COUNTED = "not_counted", _("left blank: not counted")
    NOT_THERE = "not_there", _("left blank: no such place then")
    WITHHELD = "withheld", _("left blank: not yours to see")
    GONE = "gone", _("left blank: no longer counted")
