"""Choices of the monthly review of who is away, and of inquiries at former units."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AwayFor(TextChoices):
    """Which mobile members a list shows."""

    SIX_MONTHS = "six_months", _("Away for six months or more")
    PLACEMENT = "placement", _("Awaiting placement for over a year")
    REPORT_DUE = "report_due", _("Report to the branch due")
    BACK = "back", _("Back again")


class ReviewFinding(TextChoices):
    """What the monthly review of a member found (S1-16)."""

    STILL = "still", _("Still away or waiting")
    TRANSFER = "transfer", _("Settled elsewhere, to be transferred")
    OVER = "over", _("Back or placed, to be recorded")
    UNREACHED = "unreached", _("Not reached")


class InquiryAnswer(TextChoices):
    """What a former unit says of a member whom it is said to manage (S2-40)."""

    MANAGED = "managed", _("The unit manages the member")
    NOT_MANAGED = "not_managed", _("The unit does not manage the member")
