"""Choices of check-ins and of mobile members."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LeaveReason(TextChoices):
    """Why a record keeper ended a check-in; members who leave themselves give none."""

    MOVED_AWAY = "moved_away", _("Moved away")
    DIED = "died", _("Deceased")
    OUT_OF_SERVICE = "out_of_service", _("No longer an in-service member")
    UNIT_CHANGED = "unit_changed", _("Works for another unit, checked in anew")
    MISTAKEN = "mistaken", _("Recorded by mistake")
    MEMBERSHIP_ENDED = "membership_ended", _("Membership ended")


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
    DECISION_DUE = "decision_due", _("Lost or abroad so long that can be decided on")


class Direction(TextChoices):
    """Which way somebody goes, seen from here; worded for mobile members."""

    OUT = "out", _("gone away from here")
    IN = "in", _("come here from elsewhere")
