"""Choices of the certificates that mobile members carry with them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

MONTHS_OF_SHORT_ABSENCE = 6
"""Up to so many months away count as short (R-18): no office can change them."""


class CertificateGround(TextChoices):
    """Why a member asks for the certificate; only some grounds allow it (R-18)."""

    SHORT = "short", _("Away for up to six months")
    NOT_YET = "not_yet", _("Away for longer, and a transfer is not possible yet")
    BRIEF = "brief", _("Only a meeting, a course or a leave")
    SETTLED = "settled", _("At one fixed place for more than six months")
    RETURNS = "returns", _("Away often, but back again and again")
    TOGETHER = "together", _("Three members or more go to one place together")


GROUNDS_OF_ISSUE = (CertificateGround.SHORT, CertificateGround.NOT_YET)


class CertificateOutcome(TextChoices):
    """What became of a certificate."""

    RETURNED = "returned", _("Handed back")
    REPLACED = "replaced", _("Replaced by a new one")
    LAPSED = "lapsed", _("Ended with the membership here")


class CertificateState(TextChoices):
    """How a certificate stands, as lists filter it."""

    HELD = "held", _("With the member")
    TO_COLLECT = "to_collect", _("To be collected")
    CLOSED = "closed", _("Handed back, replaced or ended")
    VOIDED = "voided", _("Voided as a mistake")
