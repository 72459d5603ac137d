"""Closed lists of accounts, the audit log and its proof."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProofTrouble(TextChoices):
    """Why somebody has to look after `verify`."""

    BROKEN = "broken", _("verify found something that does not hold")
    OVERDUE = "overdue", _("verify has not run for too long")
