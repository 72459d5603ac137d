"""Choices of searches for members without contact."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LostState(TextChoices):
    """How far the search for a member without contact has come (R-22, R-24)."""

    SEARCHING = "searching", _("Being searched for")
    ABROAD = "abroad", _("Abroad, to be decided on")
    SUSPENDED = "suspended", _("Membership suspended")
    FOUND = "found", _("In contact again")
    REMOVED = "removed", _("Removed as having left")
    CANCELLED = "cancelled", _("Probationary membership cancelled")
    CLOSED = "closed", _("Closed, the membership ended otherwise")
    VOIDED = "voided", _("Recorded by mistake")


class LostGround(TextChoices):
    """Why it is decided on a member: without contact (R-22), or gone abroad (R-25)."""

    SILENCE = "silence", _("Without contact")
    SETTLED = "settled", _("Settled abroad")
    STUDY = "study", _("Studying abroad and not back")


GROUNDS_ABROAD = (LostGround.SETTLED, LostGround.STUDY)
BEING_SEARCHED = (LostState.SEARCHING, LostState.ABROAD, LostState.SUSPENDED)
MONTHS_UNTIL_SUSPENSION = 6
MONTHS_UNTIL_REMOVAL = 24
"""By the regulations on the management of members (R-22): no office can change them."""
